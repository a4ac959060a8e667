import TableIO

/// One CSV part of a data package, its columns by name.
struct DataPackageTable {
  let name: String
  let table: Table

  init(_ name: String, _ bytes: [UInt8]) throws(ReviewFileError) {
    self.name = name
    do { table = try CSVReader.read(bytes) } catch {
      throw ReviewFileError(error.message, part: name, line: error.line, column: error.column, hint: error.hint)
    }
  }

  var rowCount: Int { table.rowCount }

  /// A cell's text; empty when it or the column is missing.
  func text(_ row: Int, _ column: String) -> String {
    guard let index = table.columnIndex(named: column), !table.isMissing(row: row, column: index) else { return "" }
    return table.text(row: row, column: index)
  }

  /// A cell as a number; `nil` when it or the column is missing.
  /// - Throws: for a text that is no number.
  func number(_ row: Int, _ column: String) throws(ReviewFileError) -> StoredNumber? {
    let text = text(row, column)
    if text.isEmpty { return nil }
    if let number = StoredNumber(text) { return number }
    throw ReviewFileError("\"\(text)\" is not a number", part: name, line: table.line(ofRow: row), column: column)
  }

  /// The number of the row's analysis, such as `1.2`.
  func analysisNumber(_ row: Int) throws(ReviewFileError) -> String {
    let parts = ["Analysis group", "Analysis number"].map { text(row, $0) }
    guard !parts.contains("") else {
      throw ReviewFileError(
        "the row does not say which analysis it is of", part: name, line: table.line(ofRow: row),
        column: parts[0].isEmpty ? "Analysis group" : "Analysis number")
    }
    return parts.joined(separator: ".")
  }

  func unknownAnalysis(_ number: String, _ row: Int) -> ReviewFileError {
    ReviewFileError(
      "the row is of analysis \(number), which the settings do not have", part: name, line: table.line(ofRow: row))
  }

  private static let figures: [(StoredFigure, String)] = [
    (.estimate, "Mean"), (.lower, "CI start"), (.upper, "CI end"), (.predictionLower, "PI start"),
    (.predictionUpper, "PI end"), (.statistic, "Effect Z"), (.statistic, "Effect T"), (.p, "Effect P"),
    (.tauSquared, "Heterogeneity Tau²"), (.tauSquaredLower, "Tau² CI start"), (.tauSquaredUpper, "Tau² CI end"),
    (.q, "Heterogeneity Chi²"), (.qDegreesOfFreedom, "Heterogeneity df"), (.qP, "Heterogeneity P"),
    (.iSquared, "Heterogeneity I²"), (.subgroupQ, "Subgroup Chi²"), (.subgroupDegreesOfFreedom, "Subgroup df"),
    (.subgroupP, "Subgroup P"), (.subgroupISquared, "Subgroup I²"), (.weight, "Weight"),
    (.events1, "Experimental cases"), (.total1, "Experimental N"), (.events2, "Control cases"),
    (.total2, "Control N"),
  ]

  /// The result that a row stores.
  func result(_ row: Int, isRandom: Bool) -> StoredResult {
    var result = StoredResult()
    let isSingle = text(row, "Heterogeneity df") == "0"
    let absent: Set<StoredFigure> = isSingle ? [.q, .qDegreesOfFreedom, .qP, .iSquared, .tauSquared] : []
    for (figure, column) in Self.figures where result.figures[figure] == nil && !absent.contains(figure) {
      if figure == .tauSquared, !isRandom { continue }
      if let number = StoredNumber(text(row, column)) { result.figures[figure] = number }
    }
    return result
  }

  private static let cells: [(ReviewCell, String)] = [
    (.events1, "Experimental cases"), (.total1, "Experimental N"), (.events2, "Control cases"),
    (.total2, "Control N"), (.mean1, "Experimental mean"), (.sd1, "Experimental SD"), (.mean2, "Control mean"),
    (.sd2, "Control SD"), (.estimate, "GIV Mean"), (.standardError, "GIV SE"), (.observedMinusExpected, "O-E"),
    (.variance, "Variance"),
  ]

  /// The study of a row: the cells that its kind of data has; the others hold zeros.
  func study(_ row: Int, _ kind: ReviewAnalysis.DataKind) throws(ReviewFileError) -> ReviewRow {
    var study = ReviewRow(study: text(row, "Study"), line: table.line(ofRow: row))
    study.year = text(row, "Study year")
    let wanted = Set(kind.cells)
    for (cell, column) in Self.cells where wanted.contains(cell) { study.cells[cell] = try number(row, column) }
    let use = text(row, "Applicability").uppercased()
    if !use.isEmpty {
      study.inTotal = use.contains("OVERALL")
      study.inSubgroup = use.contains("SUBGROUP")
    }
    for (figure, column) in [(.weight, "Weight"), (.estimate, "Mean"), (.lower, "CI start"), (.upper, "CI end")]
      as [(StoredFigure, String)]
    {
      study.stored.figures[figure] = try number(row, column)
    }
    return study
  }
}

extension ReviewAnalysis.DataKind {
  /// The cells that a study of this kind fills.
  var cells: [ReviewCell] {
    switch self {
    case .dichotomous: [.events1, .total1, .events2, .total2]
    case .continuous: [.mean1, .sd1, .total1, .mean2, .sd2, .total2]
    case .inverseVariance: [.estimate, .standardError, .total1, .total2]
    case .observedExpected: [.events1, .total1, .events2, .total2, .observedMinusExpected, .variance]
    case .other: []
    }
  }

  /// The kind that a data package names in words.
  init(words: String) {
    let word = words.lowercased()
    if word.hasPrefix("dich") {
      self = .dichotomous
    } else if word.hasPrefix("cont") && !word.hasPrefix("contrast") {
      self = .continuous
    } else if word.contains("inverse") || word.hasPrefix("giv") || word.hasPrefix("contrast") {
      self = .inverseVariance
    } else if word.hasPrefix("o-e") || word.contains("individual") || word.contains("observed") {
      self = .observedExpected
    } else {
      self = .other(words)
    }
  }
}
