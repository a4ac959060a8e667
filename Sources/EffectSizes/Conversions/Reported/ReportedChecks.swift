/// What the values of a word must be, whatever they are used for.
public struct ReportedCheck: Sendable {
  /// The words it holds for.
  let words: [ReportedWord]
  /// What is expected, in words.
  let expected: String
  let holds: @Sendable (Double) -> Bool

  private init(_ words: [ReportedWord], _ expected: String, _ holds: @escaping @Sendable (Double) -> Bool) {
    self.words = words
    self.expected = expected
    self.holds = holds
  }

  static let all: [ReportedCheck] = [
    ReportedCheck([.oddsRatio, .riskRatio, .hazardRatio, .rateRatio, .givenOddsRatio], "a ratio above 0") { $0 > 0 },
    ReportedCheck([ReportedWord(.ri)], "a correlation between -1 and 1") { abs($0) <= 1 },
    ReportedCheck([.pValue], "a p-value of at most 1, negative only for a negative effect") { abs($0) <= 1 },
    ReportedCheck([ReportedWord(.fi)], "an F of at least 0") { $0 >= 0 },
    ReportedCheck([.logRankVariance], "a variance above 0") { $0 > 0 },
    ReportedCheck([.sd1i, .sd2i, .sdi].map { ReportedWord($0) }, "a standard deviation of at least 0") { $0 >= 0 },
    ReportedCheck([.n1i, .ni].map { ReportedWord($0) }, "a size above 0") { $0 > 0 },
    ReportedCheck([.ai, .bi, .ci].map { ReportedWord($0) }, "a count of at least 0") { $0 >= 0 },
    ReportedCheck([ReportedWord.Group.first.error, ReportedWord.Group.second.error], "a standard error of at least 0") {
      $0 >= 0
    },
    ReportedCheck([.riskDifference], "a risk difference between -1 and 1") { abs($0) <= 1 },
    ReportedCheck([.vi, .sei].map { ReportedWord($0) }, "a variance or standard error of at least 0") { $0 >= 0 },
  ]

  /// Throws when one of the row's values for these words cannot be, or its limits stand in the wrong order.
  public static func require(
    _ words: [ReportedWord], of columns: ReportedColumns, _ row: Int
  ) throws(ConversionProblem) {
    for word in words {
      let value = columns.value(word, row)
      guard !value.isNaN else { continue }
      guard value.isFinite else { throw .impossible(word, value: value, expected: "a finite number") }
      for check in all where check.words.contains(word) && !check.holds(value) {
        throw .impossible(word, value: value, expected: check.expected)
      }
    }
    guard words.contains(.lower), words.contains(.upper) else { return }
    let lower = columns.value(.lower, row)
    let upper = columns.value(.upper, row)
    if lower > upper {
      throw .impossible(
        .lower, value: lower, expected: "a lower limit that is not above the upper one, \(plain(upper))")
    }
  }

  /// The first row in which a value of these words cannot be, or limits stand in the wrong order.
  public static func firstImpossible(_ words: [ReportedWord], of columns: ReportedColumns) -> Int? {
    var first: Int?
    for word in words {
      guard let column = columns[word] else { continue }
      let checks = all.filter { $0.words.contains(word) }
      let row = column.indices.first { row in
        let value = column[row]
        return !value.isNaN && !(value.isFinite && checks.allSatisfy { $0.holds(value) })
      }
      if let row { first = min(first ?? row, row) }
    }
    guard words.contains(.lower), words.contains(.upper), let lower = columns[.lower], let upper = columns[.upper]
    else {
      return first
    }
    let reversed = lower.indices.first { lower[$0] > upper[$0] }
    return [first, reversed].compactMap { $0 }.min()
  }

  /// Throws when an estimate or a limit on the ratio scale is not positive.
  public static func requireRatio(_ words: [ReportedWord], of columns: ReportedColumns, _ row: Int)
    throws(ConversionProblem)
  {
    for word in words {
      let value = columns.value(word, row)
      if value <= 0 { throw .impossible(word, value: value, expected: "a value above 0 on the ratio scale") }
    }
  }
}
