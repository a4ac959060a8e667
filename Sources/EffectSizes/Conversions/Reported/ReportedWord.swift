/// The word for a quantity that a paper prints: a role of the raw data, or one of the words for what is only printed.
///
/// Words are names of columns, so two uses of one name (`di` a count and `di` a given d) are one word here.
public struct ReportedWord: Hashable, Sendable, CustomStringConvertible {
  /// The name, in lower case.
  public let name: String

  /// The word of a role.
  public init(_ role: Role) { name = role.rawValue }

  private init(_ name: String) { self.name = name }

  /// The name.
  public var description: String { name }

  /// The role of the same name, if there is one.
  public var role: Role? { Role(rawValue: name) }

  /// An estimate as printed.
  public static let estimate = ReportedWord("estimate")
  /// Lower limit of its interval.
  public static let lower = ReportedWord("ci_lower")
  /// Upper limit of its interval.
  public static let upper = ReportedWord("ci_upper")
  /// Its z.
  public static let zStatistic = ReportedWord("zi")
  /// Its two-sided p, which is also the role `pi`.
  public static let pValue = ReportedWord(.pi)
  /// An odds ratio as printed.
  public static let oddsRatio = ReportedWord("or")
  /// A risk ratio as printed.
  public static let riskRatio = ReportedWord("rr")
  /// A hazard ratio as printed.
  public static let hazardRatio = ReportedWord("hr")
  /// A rate ratio as printed.
  public static let rateRatio = ReportedWord("irr")
  /// Observed less expected events of a log-rank test.
  public static let observedLessExpected = ReportedWord("o_e")
  /// Variance of observed less expected events.
  public static let logRankVariance = ReportedWord("v")
  /// The odds ratio that a 2×2 table is rebuilt from.
  public static let givenOddsRatio = ReportedWord("ori")
  /// The signed χ² with Yates's correction that a 2×2 table is rebuilt from.
  public static let chiSquared = ReportedWord("x2i")
  /// Smallest value.
  public static let minimum = ReportedWord("mini")
  /// First quartile.
  public static let firstQuartile = ReportedWord("q1i")
  /// Median.
  public static let median = ReportedWord("mediani")
  /// Third quartile.
  public static let thirdQuartile = ReportedWord("q3i")
  /// Largest value.
  public static let maximum = ReportedWord("maxi")

  /// A mean difference as printed.
  public static let meanDifference = ReportedWord("md")
  /// A standardised mean difference as printed.
  public static let standardizedDifference = ReportedWord("smd")
  /// A risk difference as printed.
  public static let riskDifference = ReportedWord("rd")

  /// What is printed of the values of one group: its mean's interval, its order statistics.
  public struct Group: Sendable {
    /// 1 or 2, as the words end.
    public let number: Int
    /// Mean, standard deviation and size of the group.
    public let mean, deviation, size: ReportedWord
    /// Standard error of the group's mean.
    public let error: ReportedWord
    /// Limits of the confidence interval of the group's mean.
    public let lower, upper: ReportedWord
    /// Smallest value, quartiles and largest value of the group.
    public let minimum, firstQuartile, median, thirdQuartile, maximum: ReportedWord

    /// Group 1, the experimental one.
    public static let first = Group(1, mean: .m1i, deviation: .sd1i, size: .n1i)
    /// Group 2.
    public static let second = Group(2, mean: .m2i, deviation: .sd2i, size: .n2i)

    private init(_ number: Int, mean: Role, deviation: Role, size: Role) {
      self.number = number
      self.mean = ReportedWord(mean)
      self.deviation = ReportedWord(deviation)
      self.size = ReportedWord(size)
      error = ReportedWord("se\(number)i")
      lower = ReportedWord("ci\(number)_lower")
      upper = ReportedWord("ci\(number)_upper")
      minimum = ReportedWord("min\(number)i")
      firstQuartile = ReportedWord("q1\(number)i")
      median = ReportedWord("median\(number)i")
      thirdQuartile = ReportedWord("q3\(number)i")
      maximum = ReportedWord("max\(number)i")
    }

    /// The order statistics, in increasing order of their values.
    public var orderStatistics: [ReportedWord] { [minimum, firstQuartile, median, thirdQuartile, maximum] }

    /// The words that are not roles.
    fileprivate var printed: [ReportedWord] { [error, lower, upper] + orderStatistics }
  }

  /// The words that are not roles.
  public static let printed: [ReportedWord] =
    [
      estimate, lower, upper, zStatistic, oddsRatio, riskRatio, hazardRatio, rateRatio, meanDifference,
      standardizedDifference, riskDifference, observedLessExpected, logRankVariance, givenOddsRatio, chiSquared,
      minimum,
      firstQuartile, median, thirdQuartile, maximum,
    ] + Group.first.printed + Group.second.printed

  /// Every word.
  public static let all: [ReportedWord] = Role.allCases.map { ReportedWord($0) } + printed

  /// The word of a name in any case, `nil` when there is none.
  public static func named(_ name: String) -> ReportedWord? {
    let wanted = name.lowercased()
    return all.first { $0.name == wanted }
  }
}
