import TableIO

/// Guards against counting the same people twice: a trial and its own follow-up or sub-sample in one pool.
///
/// Where a table says which trial a row belongs to (`trial`) and which trial that is a part of (`parent_trial`), two rows
/// of one family are refused.
enum TrialFamilies {
  /// - Throws: 65 that names the two rows.
  static func check(_ studies: StudySet) throws(EvidenceError) {
    let table = studies.source.table
    guard let trial = table.columnIndex(named: "trial"), let parent = table.columnIndex(named: "parent_trial") else {
      return
    }
    var first: [String: Int] = [:]
    for i in 0..<studies.count {
      let row = studies.tableRows[i]
      let family = table.text(row: row, column: table.isMissing(row: row, column: parent) ? trial : parent)
      guard let other = first[family] else {
        first[family] = i
        continue
      }
      throw EvidenceError(
        .badData,
        "\"\(studies.labels[other])\" and \"\(studies.labels[i])\" are results of the same people (trial family \(family)): "
          + "pooling them would count these people twice",
        file: studies.source.document.name, line: table.line(ofRow: row), column: "trial",
        hint: "choose one row of each trial with --where, or use effects or nnt, which take each row for itself")
    }
  }
}
