import EffectSizes

/// `--group-sd`: standard deviation, standard error and interval of a group's mean from any one of them and the size.
struct GroupDeviationConversion: Conversion {
  /// Level of the printed intervals and of those returned.
  let level: Double

  let word = "group-sd"
  let title = "Standard deviations, standard errors and intervals of means"
  let facts: [(String, String)] = []
  var words: [ReportedWord] { [.mi, .sdi, .sei].map { ReportedWord($0) } + [.lower, .upper, ReportedWord(.ni)] }

  func convert(_ table: inout ConversionTable) throws(EvidenceError) -> ConversionOutcome {
    let size = ReportedWord(.ni)
    guard table.binding[size] != nil else { throw table.needs("--group-sd", [size]) }
    guard !table.bound([ReportedWord(.sdi), ReportedWord(.sei), .lower]).isEmpty else {
      throw table.needs("--group-sd", [ReportedWord(.sdi), ReportedWord(.sei), .lower, .upper])
    }
    var outcome = ConversionOutcome()
    for row in 0..<table.count {
      do throws(ConversionProblem) {
        try ReportedCheck.require(words, of: table.columns, row)
        let (route, group, assumption) = try summary(table.columns, row)
        let limits = group.mean.isNaN ? nil : group.meanInterval(level: level)
        outcome.rows.append(
          ConvertedRow(
            position: row, words: [("route", route)],
            numbers: [
              ("mean", group.mean), ("sd", group.deviation), ("sei", group.deviation / group.size.squareRoot()),
              ("ci_lower", limits?.lower ?? .nan), ("ci_upper", limits?.upper ?? .nan),
            ], assumptions: assumption.map { [$0] } ?? []))
      } catch {
        outcome.excluded.append(table.excluded(row, try table.reason(error, row)))
      }
    }
    return outcome
  }

  /// The group by the first way that the row allows: standard deviation, standard error, interval.
  private func summary(
    _ columns: ReportedColumns, _ row: Int
  ) throws(ConversionProblem) -> (route: String, group: GroupSummary, assumption: String?) {
    let value = { (role: Role) in columns.value(ReportedWord(role), row) }
    let (mean, n) = (value(.mi), value(.ni))
    guard !n.isNaN else { throw .missing([ReportedWord(.ni)]) }
    if !value(.sdi).isNaN {
      return ("standard deviation", GroupSummary(mean: mean, deviation: value(.sdi), size: n), nil)
    }
    if !value(.sei).isNaN {
      return ("standard error", GroupSummary(mean: mean, standardError: value(.sei), size: n), nil)
    }
    guard columns.fills([.lower, .upper], row) else {
      throw .missing([ReportedWord(.sdi), ReportedWord(.sei), .lower, .upper])
    }
    guard
      let group = GroupSummary(
        lower: columns.value(.lower, row), upper: columns.value(.upper, row), mean: mean, size: n, level: level)
    else { throw .notEstimable("an interval of a mean says nothing of fewer than two subjects") }
    return (
      "confidence interval", group, "the interval is a t interval of the level given, with n - 1 degrees of freedom"
    )
  }
}
