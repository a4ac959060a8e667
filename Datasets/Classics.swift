extension Dataset {
  /// Well-known sets of the methods' literature.
  static let classics: [Dataset] = [
    Dataset(
      "bcg", "BCG vaccine against tuberculosis, 13 trials (2×2)",
      source: "Colditz et al. (1994), JAMA 271:698–702", measure: "RR",
      map: ["ai": "tpos", "bi": "tneg", "ci": "cpos", "di": "cneg"], event: .bad, bytes: PackageResources.bcg_csv),
    Dataset(
      "normand1999", "Length of stay in specialist stroke care, 9 trials (means)",
      source: "Normand (1999), Statistics in Medicine 18:321–359, table II", measure: "MD", studyColumn: "source",
      bytes: PackageResources.normand1999_csv),
    Dataset(
      "hine1989", "Lidocaine after myocardial infarction and death, 6 trials (2×2)",
      source: "Hine et al. (1989), in Normand (1999), Statistics in Medicine 18:321–359, table I", measure: "RD",
      studyColumn: "source", event: .bad, bytes: PackageResources.hine1989_csv),
    Dataset(
      "yusuf1985", "Beta blockers in the long term and death, 22 trials (2×2)",
      source: "Yusuf et al. (1985), Progress in Cardiovascular Diseases 27:335–371, table 6", measure: "PETO",
      event: .bad, bytes: PackageResources.yusuf1985_csv),
    Dataset(
      "raudenbush1985", "Teacher expectancy and pupil IQ, 19 experiments (yi, vi)",
      source: "Raudenbush & Bryk (1985), Journal of Educational Statistics 10:75–98, table 1", measure: "GEN",
      studyColumn: "author", bytes: PackageResources.raudenbush1985_csv),
    Dataset(
      "pritz1997", "Operative management of vertebral aneurysms, 14 series (one proportion)",
      source: "Zhou, Brizendine & Pritz (1999), Statistics in Medicine 18:557–566, table I", measure: "PLO",
      studyColumn: "authors", bytes: PackageResources.pritz1997_csv),
    Dataset(
      "nielweise2008", "Anti-infective catheters and bloodstream infection, 9 trials (person-time)",
      source: "Niel-Weise, Stijnen & van den Broek (2008), Journal of Hospital Infection 69:114–123", measure: "IRR",
      studyColumn: "authors", event: .bad, bytes: PackageResources.nielweise2008_csv),
    Dataset(
      "molloy2014", "Conscientiousness and medication adherence, 16 studies (correlations)",
      source: "Molloy, O'Carroll & Ferguson (2014), Annals of Behavioral Medicine 47:92–101", measure: "ZCOR",
      bytes: PackageResources.molloy2014_csv),
  ]
}
