import EffectSizes

/// `--wald`: estimates with sampling variances from intervals, z and p.
struct WaldConversion: Conversion {
  /// `.log` when the printed numbers are ratios.
  let scale: Scale
  /// Level of the printed intervals.
  let level: Double

  let word = "wald"
  var title: String {
    "Estimates and sampling variances from printed intervals, z and p"
      + (scale == .log ? "; ratios, yi and vi on the log scale" : "")
  }
  var facts: [(String, String)] { [("scale", scale.rawValue)] }
  var words: [ReportedWord] { [.estimate, .lower, .upper, .zStatistic, .pValue] }

  func convert(_ table: inout ConversionTable) throws(EvidenceError) -> ConversionOutcome {
    guard table.binding[.estimate] != nil else { throw table.needs("--wald", [.estimate]) }
    let critical = try NormalInterval.criticalValue(level: level)
    var outcome = ConversionOutcome()
    for row in 0..<table.count {
      do throws(ConversionProblem) {
        try ReportedCheck.require(words, of: table.columns, row)
        if scale == .log { try ReportedCheck.requireRatio([.estimate, .lower, .upper], of: table.columns, row) }
        let printed = PrintedEstimate(table.columns, row, scale: scale)
        let found = try WaldRoute.recover(printed, critical: critical)
        let estimate = ConvertedEstimate(yi: found.yi, vi: found.vi, assumptions: [found.route.assumption])
        outcome.rows.append(
          ConvertedRow(
            position: row, route: found.route.name, estimate: estimate, critical: critical,
            transform: scale == .log ? .exp : .none))
      } catch {
        outcome.excluded.append(table.excluded(row, try table.reason(error, row)))
      }
    }
    outcome.warnings = table.symmetryWarnings(of: .estimate, scale: scale, rows: outcome.rows.map(\.position))
    return outcome
  }
}
