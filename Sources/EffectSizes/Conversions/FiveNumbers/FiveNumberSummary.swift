/// The order statistics that a paper prints of one group, and the group's size.
public struct FiveNumberSummary: Sendable {
  /// Smallest value, quartiles, largest value; `NaN` where not printed.
  public let minimum, firstQuartile, median, thirdQuartile, maximum: Double
  /// Subjects.
  public let size: Double
  /// Which of the values are there.
  public let shape: Shape

  /// The sets of values from which a mean and a standard deviation can be told.
  public enum Shape: String, Sendable, CaseIterable {
    case range = "minimum, median, maximum"
    case quartiles = "quartiles and median"
    case five = "all five numbers"
  }

  /// The words, in increasing order of their values, without the size.
  public static let words: [ReportedWord] = [.minimum, .firstQuartile, .median, .thirdQuartile, .maximum]

  /// Fewest subjects: the formulas are fitted for 5 and more.
  static let smallestSize = 5.0

  /// The summary of a row, under the words given, which stand in the order of `FiveNumberSummary.words`.
  /// - Throws: values out of order or no size that can be; what is missing; `.notEstimable` for fewer than 5 subjects.
  public init(
    _ columns: ReportedColumns, _ row: Int, words: [ReportedWord] = words,
    size sizeWord: ReportedWord = ReportedWord(.ni)
  ) throws(ConversionProblem) {
    let values = words.map { columns.value($0, row) }
    try FiveNumberSummary.requireOrder(values, words)
    size = columns.value(sizeWord, row)
    minimum = values[0]
    firstQuartile = values[1]
    median = values[2]
    thirdQuartile = values[3]
    maximum = values[4]
    let lacking = columns.lacking([words[2], sizeWord], row)
    guard lacking.isEmpty else { throw .missing(lacking) }
    guard size >= FiveNumberSummary.smallestSize else {
      throw .notEstimable("fewer than \(plain(FiveNumberSummary.smallestSize)) subjects")
    }
    let hasRange = columns.fills([words[0], words[4]], row)
    let hasQuartiles = columns.fills([words[1], words[3]], row)
    guard hasRange || hasQuartiles else {
      throw .notEstimable("neither both quartiles nor both ends of the range are given")
    }
    shape = hasRange && hasQuartiles ? .five : hasRange ? .range : .quartiles
  }

  private init(_ values: [Double], size: Double, shape: Shape) {
    minimum = values[0]
    firstQuartile = values[1]
    median = values[2]
    thirdQuartile = values[3]
    maximum = values[4]
    self.size = size
    self.shape = shape
  }

  private static func requireOrder(_ values: [Double], _ words: [ReportedWord]) throws(ConversionProblem) {
    let present = values.indices.filter { !values[$0].isNaN }
    for (low, high) in zip(present, present.dropFirst()) where values[low] > values[high] {
      throw .impossible(
        words[high], value: values[high], expected: "a value not below \(words[low]), \(plain(values[low]))")
    }
  }

  /// The summary with every printed value changed in the same increasing way.
  func mapped(_ change: (Double) -> Double) -> FiveNumberSummary {
    FiveNumberSummary(
      [minimum, firstQuartile, median, thirdQuartile, maximum].map { $0.isNaN ? .nan : change($0) }, size: size,
      shape: shape)
  }

  /// Throws `.impossible` for a value that is not positive.
  func requirePositive(_ expected: String) throws(ConversionProblem) {
    let values = [minimum, firstQuartile, median, thirdQuartile, maximum]
    for (word, value) in zip(FiveNumberSummary.words, values) where value <= 0 {
      throw .impossible(word, value: value, expected: expected)
    }
  }
}
