extension Dataset {
  /// Trials of mentalization-based treatment (MBT) and the numbers printed about them.
  ///
  /// Every number keeps its standing: `found` (in a source that was read), `derived` (counts worked out from it),
  /// `summary` (as a review text prints it), `recalled` (from memory; left out of the usual analyses). `parent_trial`
  /// names the trial that a follow-up or sub-sample belongs to; the two are never pooled together.
  static let mbt: [Dataset] = [
    Dataset(
      "mbt/suicide-attempts", "MBT against control: people with a suicide attempt, 3 trials",
      source: "Rows b01, b10, b27 of mbt/binary; the trials behind the estimate of Storebø et al. (2020)",
      measure: "RR", map: binaryColumns, event: .bad, bytes: PackageResources.suicide_attempts_csv),
    Dataset(
      "mbt/suicide-attempts-4", "The same with the trial of Carlyle et al. (2020), 4 trials",
      source: "Rows b01, b10, b27, b29 of mbt/binary", measure: "RR", map: binaryColumns, event: .bad,
      bytes: PackageResources.suicide_attempts_4_csv),
    Dataset(
      "mbt/scm-primary", "MBT against structured clinical management: free of suicidal behaviour, self-harm, admission",
      source: "Row b09 of mbt/binary; Bateman & Fonagy (2009)", measure: "RD", map: binaryColumns, event: .good,
      bytes: PackageResources.scm_primary_csv),
    Dataset(
      "mbt/eight-year", "MBT against treatment as usual, eight years after entry: outcomes of one trial",
      source: "Rows b06–b08 of mbt/binary; Bateman & Fonagy (2008). Outcomes of the same people: not to be pooled",
      measure: "RD", map: binaryColumns, condition: "standing != \"recalled\"",
      bytes: PackageResources.eight_year_csv),
    Dataset(
      "mbt/dropout", "MBT against control: people lost to the study, 4 rows of 3 trials",
      source: "Rows b11, b13, b14, b28 of mbt/binary; early dropout and attrition are different constructs",
      measure: "RR", map: binaryColumns, condition: "outcome != \"early dropout\"", event: .bad,
      bytes: PackageResources.dropout_csv),
    Dataset(
      "mbt/aggression", "MBT against probation as usual: aggression at 12 months, 1 trial",
      source: "Row c07 of mbt/continuous; Fonagy et al. (2025)", measure: "SMD", map: meanColumns,
      bytes: PackageResources.aggression_csv),
    Dataset(
      "mbt/bpd-severity",
      "MBT against control: severity of borderline personality disorder, 2 trials and 1 recalled row",
      source: "Rows c03, c05, c19 of mbt/continuous", measure: "SMD", map: meanColumns,
      condition: "standing != \"recalled\"", bytes: PackageResources.bpd_severity_csv),
    Dataset(
      "mbt/trials", "The MBT trials: design, arms, sizes, where each number comes from",
      source: "Compiled from the publications named in it", bytes: PackageResources.trials_csv),
    Dataset(
      "mbt/binary", "Every binary result of the MBT trials", source: "Named row by row", measure: "RR",
      map: binaryColumns, condition: "standing_events != \"recalled\" and standing_n != \"recalled\"",
      bytes: PackageResources.binary_csv),
    Dataset(
      "mbt/continuous", "Every continuous result of the MBT trials", source: "Named row by row", measure: "SMD",
      map: meanColumns, condition: "standing_values != \"recalled\" and standing_n != \"recalled\"",
      bytes: PackageResources.continuous_csv),
    Dataset(
      "mbt/claims", "Numbers that texts about MBT print, to be reproduced", source: "Named row by row",
      bytes: PackageResources.claims_csv),
    Dataset(
      "mbt/study-level", "71 study rows with their printed effect sizes, for reproduction",
      source: "Metapsy data sets borderline-psyctr (2023-11-22) and suicide-psyctr (2023-10-02)",
      bytes: PackageResources.study_level_csv),
  ]

  private static let binaryColumns = [
    "ai": "events_mbt", "n1i": "n_mbt", "ci": "events_control", "n2i": "n_control",
  ]
  private static let meanColumns = [
    "m1i": "mean_mbt", "sd1i": "sd_mbt", "n1i": "n_mbt", "m2i": "mean_control", "sd2i": "sd_control",
    "n2i": "n_control",
  ]
}
