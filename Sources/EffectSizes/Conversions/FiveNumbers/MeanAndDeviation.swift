/// A mean and a standard deviation told from order statistics.
public struct MeanAndDeviation: Sendable {
  /// The mean.
  public let mean: Double
  /// The standard deviation.
  public let deviation: Double
  /// Names of the formulas: author and year.
  public let meanMethod, deviationMethod: String
  /// Skewness that speaks against the method's assumption, in words; `nil` when there is no sign of it.
  public var skewness: String?
}

/// A method that tells a mean and a standard deviation from order statistics.
public struct MeanDeviationMethod: Sendable {
  /// The word users type.
  public let word: String
  /// What it is.
  public let name: String
  /// The shapes it covers.
  public let shapes: [FiveNumberSummary.Shape]
  /// What it takes for granted.
  public let assumption: String
  /// The formulas.
  public let formula: String
  /// Where they are published.
  public let source: String
  let recover: @Sendable (FiveNumberSummary) throws(ConversionProblem) -> MeanAndDeviation

  /// Every method, the default first.
  public static let all: [MeanDeviationMethod] = [luoWanShi, hozo, bland, walter, logNormal, boxCox]

  /// The method of a word in any case.
  public static func named(_ word: String) -> MeanDeviationMethod? {
    let wanted = word.lowercased()
    return all.first { $0.word == wanted }
  }

  /// The mean and standard deviation of a row, under the words of one group's order statistics.
  /// - Throws: what is missing or cannot be; `.notEstimable` for a shape the method does not cover.
  public func callAsFunction(
    _ columns: ReportedColumns, _ row: Int, words: [ReportedWord] = FiveNumberSummary.words,
    size: ReportedWord = ReportedWord(.ni)
  ) throws(ConversionProblem) -> MeanAndDeviation {
    let summary = try FiveNumberSummary(columns, row, words: words, size: size)
    guard shapes.contains(summary.shape) else {
      let covered = shapes.map(\.rawValue).joined(separator: " or ")
      throw .notEstimable("the method \(word) is for \(covered), and the row has \(summary.shape.rawValue)")
    }
    return try recover(summary)
  }
}
