/// A way in which papers print the values of one group, and how its mean and standard deviation follow.
struct GroupSource: Sendable {
  /// What is printed, in words.
  let name: String
  /// What a row must fill for a group, its size aside.
  let words: @Sendable (ReportedWord.Group) -> [ReportedWord]
  /// Words that are read when they are there.
  let optional: @Sendable (ReportedWord.Group) -> [ReportedWord]
  /// What it takes for granted; `nil` for nothing.
  let assumption: String?
  /// Where it is published.
  let source: String
  let summary:
    @Sendable (ReportedColumns, Int, ReportedWord.Group, _ level: Double) throws(ConversionProblem) -> GroupSummary

  /// Every source, the best first.
  static let all = [deviation, error, interval, orderStatistics]

  /// Mean and standard deviation, as printed.
  static let deviation = GroupSource(
    name: "standard deviations", words: { [$0.mean, $0.deviation] }, optional: { _ in [] }, assumption: nil,
    source: "Cochrane Handbook for Systematic Reviews of Interventions, 6.5.2"
  ) { columns, row, group, _ throws(ConversionProblem) in
    GroupSummary(
      mean: columns.value(group.mean, row), deviation: columns.value(group.deviation, row),
      size: columns.value(group.size, row))
  }

  /// Mean and its standard error: SD = se √n.
  static let error = GroupSource(
    name: "standard errors", words: { [$0.mean, $0.error] }, optional: { _ in [] },
    assumption: "se1i and se2i are standard errors of the groups' means (SD = se sqrt(n))",
    source: "Cochrane Handbook for Systematic Reviews of Interventions, 6.5.2.2"
  ) { columns, row, group, _ throws(ConversionProblem) in
    GroupSummary(
      mean: columns.value(group.mean, row), standardError: columns.value(group.error, row),
      size: columns.value(group.size, row))
  }

  /// Interval of the mean, and the mean where it is printed: SD = √n (u − l)/(2 t).
  static let interval = GroupSource(
    name: "intervals of the means", words: { [$0.lower, $0.upper] }, optional: { [$0.mean] },
    assumption:
      "the intervals of the groups' means are t intervals of the level given (SD = sqrt(n) (u - l)/(2 t), n - 1 df)",
    source: "Cochrane Handbook for Systematic Reviews of Interventions, 6.5.2.2"
  ) { columns, row, group, level throws(ConversionProblem) in
    let (lower, upper) = (columns.value(group.lower, row), columns.value(group.upper, row))
    guard lower <= upper else {
      throw .impossible(
        group.lower, value: lower, expected: "a lower limit that is not above the upper one, \(plain(upper))")
    }
    guard
      let group = GroupSummary(
        lower: lower, upper: upper, mean: columns.value(group.mean, row), size: columns.value(group.size, row),
        level: level)
    else { throw .notEstimable("an interval of a mean says nothing of fewer than two subjects") }
    return group
  }

  /// Median with quartiles, range or both: mean and SD by Luo, Wan and Shi.
  static let orderStatistics = GroupSource(
    name: "medians with quartiles or range", words: { [$0.median] },
    optional: { [$0.minimum, $0.firstQuartile, $0.thirdQuartile, $0.maximum] },
    assumption: "\(MeanDeviationMethod.luoWanShi.assumption), where a median is given",
    source: MeanDeviationMethod.luoWanShi.source
  ) { columns, row, group, _ throws(ConversionProblem) in
    let result = try MeanDeviationMethod.luoWanShi(columns, row, words: group.orderStatistics, size: group.size)
    return GroupSummary(mean: result.mean, deviation: result.deviation, size: columns.value(group.size, row))
  }
}
