import EffectSizes
import Synthesis
import TableIO

extension DiagnoseText {
  /// The page of `--all`: what all studies say, a line per study, what stands out.
  var overview: [[String]] { [pooled, perStudy, findings, leaveOut, gosh, quantiles] }

  private var pooled: [String] {
    guard let estimate = report.fit.pooled else { return [] }
    let h = report.fit.heterogeneity
    return [
      "All studies: \(report.studies.measure.code) \(format.number(back.function(estimate.value)))  \(level)% CI "
        + format.interval(back.function(estimate.interval.lower), back.function(estimate.interval.upper))
        + "; tau² \(format.number(h.tauSquared)), I² \(format.percent(h.iSquared.map { 100 * $0 }))"
    ]
  }

  /// Without it: estimate, interval, τ², I²; its residual, Cook's distance, leverage, share of Q, marks.
  private var perStudy: [String] {
    let code = report.studies.measure.code
    return table(
      ["Without", code, "\(level)% CI", "tau²", "I²", "rstudent", "Cook", "weight", "share of Q", ""], labels.count
    ) { i in
      let refit = report.leaveOneOut?[i]
      let influence = report.influence?[i]
      return [
        labels[i], format.number((refit?.estimate).map(back.function)),
        format.interval((refit?.lower).map(back.function), (refit?.upper).map(back.function)),
        format.number(refit?.tauSquared ?? influence?.tauSquaredDeleted),
        format.percent(refit?.iSquared.map { 100 * $0 }), format.number(influence?.rstudent),
        format.number(influence?.cooksDistance),
        format.percent(report.fit.weights.indices.contains(i) ? report.fit.weights[i] : nil),
        format.percent((report.contributions?[i]?.share).map { 100 * $0 }),
        (influence?.isInfluential == true ? "*" : "") + (report.outliers?[i].hasLargeResidual == true ? "o" : ""),
      ]
    } + (report.influence == nil ? [] : ["  * influential, o outlier by its residual"])
  }

  private var findings: [String] {
    var lines = [marked, leaveOneOutFinding, cumulativeFinding].compactMap { $0 }
    if let points = report.baujat, let top = points.indices.max(by: { value(points[$0]) < value(points[$1]) }) {
      lines.append("Baujat plot: \(labels[top]) stands farthest out")
    }
    if report.profile != nil { lines.append(profileLine) }
    return lines
  }

  private func value(_ point: BaujatPoint) -> Double {
    let size = point.contribution * point.influence
    return size.isNaN ? -1 : size
  }

  private var marked: String? {
    guard let rows = report.influence else { return nil }
    let names = rows.indices.filter { rows[$0].isInfluential }.map { labels[$0] }
    return "Influential: " + (names.isEmpty ? "none" : names.joined(separator: ", "))
  }

  /// Whether 0 on the analysis scale means no effect, as it does for comparisons but not for one group's value.
  private var hasNull: Bool { report.studies.measure.hasNullEffect }

  /// The range of the estimates without one study, and whether the conclusion hangs on one.
  private var leaveOneOutFinding: String? {
    guard let rows = report.leaveOneOut, let pooled = report.fit.pooled else { return nil }
    let known = rows.indices.filter { rows[$0].estimate.isFinite }
    guard let low = known.map({ rows[$0].estimate }).min(), let high = known.map({ rows[$0].estimate }).max() else {
      return nil
    }
    let ends = [low, high].map { format.number(back.function($0)) }
    let range = "Leaving one study out, the estimate goes from \(ends[0]) to \(ends[1])"
    guard hasNull else { return range }
    let excludes = pooled.interval.lower > 0 || pooled.interval.upper < 0
    let turning = known.filter { (rows[$0].lower > 0 || rows[$0].upper < 0) != excludes }.map { labels[$0] }
    if turning.isEmpty { return range + "; no study decides whether the interval excludes no effect" }
    return range + "; whether the interval excludes no effect hangs on " + turning.joined(separator: ", ")
  }

  /// From which study on the cumulative interval stays on one side of no effect.
  private var cumulativeFinding: String? {
    guard hasNull, let rows = report.cumulative, let last = rows.last, last.lower > 0 || last.upper < 0 else {
      return nil
    }
    var from = rows.count - 1
    while from > 0, last.lower > 0 ? rows[from - 1].lower > 0 : rows[from - 1].upper < 0 { from -= 1 }
    return
      "Accumulating, the interval excludes no effect for good from study \(rows[from].k) on (\(labels[report.order[from]]))"
  }
}
