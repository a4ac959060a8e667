import TableIO

/// Reads the analyses of a data package of RevMan on the web: a ZIP archive of CSV files.
///
/// Columns are found by their names, since their order and number changed over the versions. The part with the studies'
/// data and the one with the settings must be there; the one with the subgroups' results only where there are subgroups.
struct DataPackageReader {
  private let archive: ZIPArchive

  init(_ bytes: [UInt8]) throws(ReviewFileError) { archive = try ZIPArchive(bytes) }

  func review() throws(ReviewFileError) -> ReviewFile {
    let names = archive.entries.map(\.name)
    if names.contains(where: { $0.hasSuffix("-parameters.csv") }) {
      throw ReviewFileError(
        "the data package is of a review of diagnostic test accuracy, which is not read",
        hint: "give the package of an intervention review")
    }
    let settings = try part("-overall-estimates-and-settings.csv")
    let rows = try part("-data-rows.csv")
    var review = ReviewFile()
    review.software = "RevMan data package"
    review.analyses = try DataPackageAnalyses(settings).all()
    var places: [String: Int] = [:]
    for (place, analysis) in review.analyses.enumerated() {
      guard places.updateValue(place, forKey: analysis.number) == nil else {
        throw ReviewFileError(
          "the settings name analysis \(analysis.number) twice", part: settings.name, line: analysis.line)
      }
    }
    if names.contains(where: { $0.hasSuffix("-subgroup-estimates.csv") }) {
      try addSubgroups(to: &review, places, try part("-subgroup-estimates.csv"))
    }
    try addRows(to: &review, places, rows)
    return review
  }

  /// The one part whose name ends so, as a table.
  private func part(_ ending: String) throws(ReviewFileError) -> DataPackageTable {
    let found = archive.entries.filter { $0.name.hasSuffix(ending) }
    guard let entry = found.first, found.count == 1 else {
      throw ReviewFileError(
        found.isEmpty
          ? "the archive has no part …\(ending), so it is not a data package of RevMan"
          : "the archive has \(found.count) parts …\(ending)",
        hint: "give the package as RevMan or the Cochrane Library made it")
    }
    return try DataPackageTable(entry.name, archive.content(entry))
  }

  private func addSubgroups(
    to review: inout ReviewFile, _ places: [String: Int], _ table: DataPackageTable
  ) throws(ReviewFileError) {
    for row in 0..<table.rowCount {
      let number = try table.analysisNumber(row)
      guard let place = places[number] else { throw table.unknownAnalysis(number, row) }
      let count = review.analyses[place].subgroups.count
      var subgroup = ReviewSubgroup(
        number: Int(table.text(row, "Subgroup number")) ?? count + 1, name: table.text(row, "Subgroup"))
      subgroup.stored = table.result(row, isRandom: review.analyses[place].settings.isRandom)
      review.analyses[place].subgroups.append(subgroup)
    }
  }

  private func addRows(
    to review: inout ReviewFile, _ places: [String: Int], _ table: DataPackageTable
  ) throws(ReviewFileError) {
    for row in 0..<table.rowCount {
      let number = try table.analysisNumber(row)
      guard let place = places[number] else { throw table.unknownAnalysis(number, row) }
      var study = try table.study(row, review.analyses[place].data)
      let name = table.text(row, "Subgroup")
      if !name.isEmpty {
        let known = review.analyses[place].subgroups.firstIndex { $0.name == name }
        study.subgroup = known ?? review.analyses[place].subgroups.count
        if known == nil {
          review.analyses[place].subgroups.append(
            ReviewSubgroup(number: review.analyses[place].subgroups.count + 1, name: name))
        }
      }
      review.analyses[place].rows.append(study)
    }
  }
}
