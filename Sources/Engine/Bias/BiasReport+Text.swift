import EffectSizes
import Synthesis
import TableIO

extension BiasAnalysis {
  /// The analysis as text for people.
  public func text(digits: Int) -> String {
    let format = TextFormat(digits: digits)
    let back = Display(studies)
    let what = "\(studies.count) \(studies.count == 1 ? "study" : "studies")"
    var lines = ["Publication bias and small-study effects in \(what): \(studies.measure.displayName)"]
    if let pooled = fit?.pooled, let fit {
      lines.append("  \(fit.method) without adjustment: \(effect(pooled, format, back))")
    }
    if !tests.isEmpty { lines += ["", "Tests for small-study effects"] + testLines(format, back) }
    if let lfkIndex { lines += ["", "Doi plot"] + lfkLines(lfkIndex, format, back) }
    if let trimAndFill { lines += ["", "Trim and fill"] + trimAndFillLines(trimAndFill, format, back) }
    lines += adjustedLines(format, back)
    if let selection { lines += ["", "Selection model"] + selectionLines(selection, format, back) }
    lines += SensitivityText(analyses: sensitivity, labels: studies.labels, format: format, back: back).lines
    if let excessSignificance {
      lines += ["", "Excess of significant results"] + excessLines(excessSignificance, format)
    }
    if !failSafe.isEmpty { lines += ["", "Fail-safe N"] + failSafeLines(format, back) }
    if !warnings.isEmpty { lines += ["", "Notes"] + warnings.map { "  - " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// An effect and its interval as people read them.
  func effect(_ estimate: Estimate, _ format: TextFormat, _ back: Display) -> String {
    let (low, high) = (back.function(estimate.interval.lower), back.function(estimate.interval.upper))
    return "\(format.number(back.function(estimate.value))) \(format.interval(low, high))"
      + (estimate.pValue == nil ? "" : ", \(format.p(estimate.pValue))")
  }

  private func testLines(_ format: TextFormat, _ back: Display) -> [String] {
    var table = TextTable(
      ["Test", "On", "Statistic", "P", "Effect in a study without error"], [.left, .left, .left, .left, .right])
    for result in tests {
      var statistic = "τ = \(format.number(result.tau))"
      if let value = result.statistic {
        statistic = result.degreesOfFreedom.map { "t(\(format.degrees($0)))" } ?? "z"
        statistic += " = \(format.number(value))"
      }
      let model = result.model.map { "\(result.predictor ?? "") (\($0))" } ?? "ranks"
      let p = format.p(result.pValue) + (result.isExact ? " (exact)" : "")
      table.row([result.name, model, statistic, p, result.limit.map { limitText($0, format, back) } ?? ""])
    }
    return table.lines
  }

  private func limitText(_ limit: Estimate, _ format: TextFormat, _ back: Display) -> String {
    let (low, high) = (back.function(limit.interval.lower), back.function(limit.interval.upper))
    return "\(format.number(back.function(limit.value))) \(format.interval(low, high))"
  }

  /// The index, and the points but in the one-page report.
  private func lfkLines(_ lfk: LFKIndex, _ format: TextFormat, _ back: Display) -> [String] {
    let verdict = lfk.asymmetry == .none ? "no asymmetry" : "\(lfk.asymmetry.rawValue) asymmetry"
    let line = "  LFK index \(format.number(lfk.value)): \(verdict) (none up to ±1, minor up to ±2, major beyond)"
    if request.isReport { return [line] }
    var table = TextTable(["Study", "Effect", "|z|"], [.left, .right, .right])
    for (place, point) in lfk.points.enumerated() {
      table.row([
        studies.labels[point.study], format.number(back.function(point.yi)),
        format.number(abs(point.z)) + (place == lfk.tip ? " *" : ""),
      ])
    }
    return [line] + table.lines + ["  * tip of the plot"]
  }

  private func trimAndFillLines(_ result: TrimAndFill, _ format: TextFormat, _ back: Display) -> [String] {
    let found = result.sideWasFound ? " (side found from the slope on the standard error)" : ""
    let number = "\(result.missing) missing on the \(result.side.rawValue)"
    var lines = [
      "  \(result.estimator.rawValue): \(number), SE \(format.number(result.standardError))\(found)"
    ]
    if result.pValue != nil { lines.append("  none missing: \(format.p(result.pValue))") }
    if let pooled = result.fit.pooled {
      lines.append("  with \(result.missing) studies filled: \(effect(pooled, format, back))")
    }
    return lines
  }

  private func adjustedLines(_ format: TextFormat, _ back: Display) -> [String] {
    var rows: [(String, Estimate)] = []
    if let precisionEffect {
      let chosen = precisionEffect.takesPEESE
      rows.append(("PET" + (chosen ? "" : " (taken)"), precisionEffect.pet))
      rows.append(("PEESE" + (chosen ? " (taken)" : ""), precisionEffect.peese))
    }
    if let limit { rows.append(("Limit meta-analysis", limit.estimate)) }
    guard !rows.isEmpty else { return [] }
    return ["", "Adjusted effects"] + rows.map { "  \($0.0): \(effect($0.1, format, back))" }
  }

  private func selectionLines(_ model: SelectionModel, _ format: TextFormat, _ back: Display) -> [String] {
    var what = model.form.name
    switch model.form {
    case .steps(let steps): what += " at p = \(steps.map { "\($0)" }.joined(separator: ", "))"
    case .smooth(let function):
      what += ", w = \(function.formula)"
      if let ends = function.truncation { what += ", truncated at p = \(ends[0]) and \(ends[1])" }
    }
    let weights = model.weights.map { weight in
      let number = format.number(weight.estimate)
      return weight.standardError.map { "\(number) (SE \(format.number($0)))" } ?? number
    }
    return [
      "  \(what), alternative \(model.alternative.rawValue)",
      "  adjusted: \(effect(model.pooled, format, back)); τ² = \(format.number(model.tauSquared))",
      "  δ: \(weights.joined(separator: ", "))",
      "  against no selection: chi²(\(model.degreesOfFreedom)) = \(format.number(model.statistic)), "
        + format.p(model.pValue),
    ]
  }

  private func excessLines(_ result: ExcessSignificance, _ format: TextFormat) -> [String] {
    let test = result.statistic.map { "chi² = \(format.number($0))" } ?? "exact"
    return [
      "  \(result.observed) significant at 0.05, \(format.number(result.expected)) expected "
        + "(ratio \(format.number(result.ratio))): \(test), \(format.p(result.pValue)) one-sided"
    ]
  }

  private func failSafeLines(_ format: TextFormat, _ back: Display) -> [String] {
    failSafe.map { result in
      let title = FailSafe(word: result.method)?.title ?? ""
      var line = "  \(result.method): \(result.count) (\(title))"
      if let target = result.target { line += ", to \(format.number(back.function(target)))" }
      if result.pValue != nil { line += "; observed \(format.p(result.pValue))" }
      return line
    }
  }
}
