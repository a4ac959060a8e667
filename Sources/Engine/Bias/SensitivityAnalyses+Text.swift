import Synthesis
import TableIO

/// The sensitivity analyses as text for people.
struct SensitivityText {
  let analyses: SensitivityAnalyses
  let labels: StudyLabels
  let format: TextFormat
  let back: Display

  /// Lines of all that were run, each under a heading.
  var lines: [String] {
    copas + pUniform + pCurve + zCurve + worstCase + eValue + fragility + outcomeReporting + missing
  }

  private func effect(_ estimate: Estimate) -> String {
    let ends = (back.function(estimate.interval.lower), back.function(estimate.interval.upper))
    return "\(format.number(back.function(estimate.value))) \(format.interval(ends.0, ends.1))"
      + (estimate.pValue == nil ? "" : ", \(format.p(estimate.pValue))")
  }

  private var copas: [String] {
    guard let model = analyses.copas, let adjusted = model.adjusted else { return [] }
    var table = TextTable(
      ["P(largest SE seen)", "Effect", "P", "P (residual)", "unseen"], [.right, .right, .right, .right, .right])
    for (i, fit) in model.path.enumerated() where i <= (model.chosen ?? 0) + 2 {
      let ends = (back.function(fit.pooled.interval.lower), back.function(fit.pooled.interval.upper))
      table.row([
        format.number(fit.publicationProbability),
        "\(format.number(back.function(fit.pooled.value))) \(format.interval(ends.0, ends.1))",
        fit.pooled.pValue.map { NumberText.plain.pValue($0) } ?? "—", NumberText.plain.pValue(fit.residualP),
        format.number(fit.unpublished) + (i == model.chosen ? " *" : ""),
      ])
    }
    return ["", "Copas selection model (studies missing on the \(model.side.rawValue))"] + table.lines
      + ["  * adjusted: \(effect(adjusted.pooled))"]
  }

  private var pUniform: [String] {
    guard let result = analyses.pUniform else { return [] }
    return [
      "", "p-uniform*", "  adjusted: \(effect(result.pooled)); τ² = \(format.number(result.tauSquared))",
      "  no effect: chi²(1) = \(format.number(result.statistic)), \(format.p(result.pValue)); "
        + "\(result.significant) significant in the direction tested",
    ]
  }

  private var pCurve: [String] {
    guard let curve = analyses.pCurve else { return [] }
    func test(_ test: PCurve.Test) -> String {
      "z = \(format.number(test.statistic)), \(format.p(test.pValue)) (\(test.count))"
    }
    return [
      "", "p-curve of \(curve.full.count) significant results",
      "  right skew: full \(test(curve.full)); half \(test(curve.half))",
      "  flatter than with a power of 33%: full \(test(curve.flatFull)); half \(test(curve.flatHalf))",
      "  power behind them \(format.percent(curve.power.map { 100 * $0 })); "
        + (curve.isEvidential ? "the curve speaks for an effect" : "the curve does not speak for an effect"),
    ]
  }

  private var zCurve: [String] {
    guard let curve = analyses.zCurve else { return [] }
    func rate(_ rate: ZCurve.Rate) -> String {
      "\(format.percent(100 * rate.value)) (\(format.percent(100 * rate.interval.lower)) to "
        + "\(format.percent(100 * rate.interval.upper)))"
    }
    return [
      "", "z-curve of \(curve.significant) significant results (\(curve.extreme) with |z| above 6)",
      "  expected replication rate \(rate(curve.replication))",
      "  expected discovery rate \(rate(curve.discovery)); observed \(format.percent(100 * curve.observedDiscovery))",
      "  false discoveries at most \(rate(curve.falseDiscovery)), by Sorić",
    ]
  }

  private var worstCase: [String] {
    guard let result = analyses.worstCase else { return [] }
    let count = result.affirmative.filter { $0 }.count
    func ratio(_ value: Double?) -> String { value.map { format.number($0) } ?? "no ratio suffices" }
    var table = TextTable(["Affirmative results seen", "Effect"], [.right, .left])
    for row in result.rows {
      let times = row.ratio.isInfinite ? "always, others never" : "\(row.ratio.shortText) times as often"
      table.row([times, effect(row.estimate)])
    }
    return [
      "", "Worst case (\(count) affirmative, \(result.affirmative.count - count) other studies)",
    ] + table.lines + [
      "  to explain the effect away: \(ratio(result.estimateRatio)); its interval: \(ratio(result.limitRatio))"
    ]
  }

  private var eValue: [String] {
    guard let value = analyses.eValue else { return [] }
    var lines = [
      "", "E-value",
      "  estimate \(format.number(value.estimateValue)), interval \(format.number(value.limitValue)) "
        + "(risk ratio \(format.number(value.riskRatio)), \(value.scale.rawValue))",
    ]
    if let confounding = value.confounding {
      lines.append(
        "  confounding of \(format.number(confounding)) in every study would leave fewer than "
          + "\(format.percent(100 * value.share)) with a true risk ratio beyond 1.1 (or 1/1.1)")
    }
    return lines
  }

  private var fragility: [String] {
    guard let result = analyses.fragility else { return [] }
    var byStudy: [(study: Int, count: Int)] = []
    for change in result.changes {
      if let place = byStudy.firstIndex(where: { $0.study == change.study }) {
        byStudy[place].count += 1
      } else {
        byStudy.append((change.study, 1))
      }
    }
    let trials = byStudy.map { "\(labels[$0.study]) (\($0.count))" }.joined(separator: ", ")
    let became = result.wasSignificant ? "no longer excludes" : "comes to exclude"
    return [
      "", "Fragility index", "  \(result.count): the interval \(became) no effect when outcomes change in \(trials)",
      "  then \(effect(result.estimate))",
    ]
  }

  private var outcomeReporting: [String] {
    guard let bound = analyses.outcomeReporting else { return [] }
    var lines = ["", "Outcome-reporting bias at most (results missing on the \(bound.side.rawValue))"]
    for row in bound.rows {
      lines.append("  \(row.unreported) unreported: \(effect(row.estimate)), bias \(format.number(row.bias))")
    }
    if let toNull = bound.toNull {
      lines.append("  \(toNull) unreported studies could make the interval hold no effect")
    }
    return lines
  }

  private var missing: [String] {
    guard !analyses.missing.isEmpty else { return [] }
    return ["", "Missing outcomes"]
      + analyses.missing.map { item in
        "  \(SensitivityText.words(item.assumption)): \(item.fit.pooled.map(effect) ?? "—")"
      }
  }

  private static func words(_ assumption: MissingOutcomes.Assumption) -> String {
    switch assumption {
    case .completeCases: "those observed only"
    case .noEvents: "ICA-0, no events"
    case .allEvents: "ICA-1, all events"
    case .controlRisk: "ICA-pc, risk of the control group"
    case .experimentalRisk: "ICA-pe, risk of the experimental group"
    case .ownRisk: "ICA-p, risk of their group"
    case .best: "ICA-b, best case for group 1"
    case .worst: "ICA-w, worst case for group 1"
    case .imor(let first, let second): "IMOR \(first.shortText) and \(second.shortText)"
    }
  }
}
