extension Dataset {
  /// Every data set: one file in `data` and one entry here.
  public static let all: [Dataset] = [
    Dataset(
      "bcg", "BCG vaccine against tuberculosis, 13 trials",
      source: "Colditz et al. (1994), JAMA 271:698–702, table 1", measure: "RR",
      map: ["ai": "tpos", "bi": "tneg", "ci": "cpos", "di": "cneg"], bytes: PackageResources.bcg_csv)
  ]
}
