import EffectSizes
import Synthesis
import TableIO

extension PoolAnalysis {
  /// The analysis as text for people: studies, pooled estimate, heterogeneity, and which convention each number follows.
  public func text(digits: Int) -> String {
    let format = TextFormat(digits: digits)
    let back = Display(studies)
    var lines = [title, ""]
    lines += studyTable(format)
    lines.append("")
    if let pooled = fit.pooled {
      lines += pooledLines(pooled, fit.prediction, format, back)
      if let beyond { lines.append(beyond.line(format)) }
    } else {
      lines += coefficientTable(format)
    }
    lines += answers.lines(fit, format, back, names: studies.labels)
    if let scale {
      lines += [""] + scale.lines(format)
    } else {
      lines += ["", "Heterogeneity"] + heterogeneityLines(fit.heterogeneity, format).map { "  " + $0 }
    }
    if let countTests { lines += countTests.lines(format).map { "  " + $0 } }
    if let rounding { lines += [""] + rounding.lines(format, measure: studies.measure.code) }
    if !subgroups.isEmpty { lines += [""] + subgroupLines(format) }
    lines += ["", "Method"] + methodLines.map { "  " + $0 }
    if !warnings.isEmpty { lines += ["", "Notes"] + warnings.map { "  - " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  private var title: String {
    let effects = [
      "random": "Random-effects", "equal": "Equal-effects", "fixed": "Fixed-effects", "mixed": "Mixed-effects",
    ]
    let kind = effects[fit.effects] ?? fit.effects
    let what = fit.pooled == nil ? "meta-regression" : "meta-analysis"
    return
      "\(kind) \(what) of \(fit.k) \(fit.k == 1 ? "study" : "studies"): \(studies.measure.displayName)\(scaleRemark)"
  }

  private var scaleRemark: String {
    let back = Display(studies)
    return back.name == "none" ? "" : ", analysed on the \(studies.measure.scale.rawValue) scale"
  }

  private func studyTable(_ format: TextFormat) -> [String] {
    let level = NumberText.plain.fixed(100 * fit.level, decimals: 0)
    var table = TextTable(
      ["Study", studies.measure.code, "\(level)% CI", "Weight"], [.left, .right, .right, .right])
    let shown = studies.count <= 60 ? Array(0..<studies.count) : Array(0..<50)
    for i in shown {
      let study = StudyEstimate(studies, i, criticalValue: studyCriticalValue)
      let back = study.displayed
      table.row([
        studies.labels[i], study.yi.isNaN ? "not estimable" : format.number(back.estimate),
        study.yi.isNaN ? "" : format.interval(back.lower, back.upper),
        weight(i).isFinite ? format.percent(weight(i)) : "",
      ])
    }
    let rest = studies.count - shown.count
    return table.lines + (rest > 0 ? ["  … and \(rest) more (--format json or csv has them all)"] : [])
  }

  private func pooledLines(
    _ pooled: Estimate, _ prediction: Prediction?, _ format: TextFormat, _ back: Display
  ) -> [String] {
    let level = NumberText.plain.fixed(100 * fit.level, decimals: 0)
    let name = studies.measure.code
    let interval = format.interval(back.function(pooled.interval.lower), back.function(pooled.interval.upper))
    var lines = ["Pooled \(name) \(format.number(back.function(pooled.value)))  \(level)% CI \(interval)"]
    var test = [String]()
    if back.name != "none" {
      test.append(
        "\(studies.measure.scale.rawValue) scale \(format.number(pooled.value)), SE \(format.number(pooled.standardError))"
      )
    } else {
      test.append("SE \(format.number(pooled.standardError))")
    }
    if let statistic = pooled.statistic {
      let letter = pooled.degreesOfFreedom.map { "t(\(format.degrees($0)))" } ?? "z"
      test.append("\(letter) = \(format.number(statistic))")
    }
    if pooled.pValue != nil { test.append(format.p(pooled.pValue) + LogP.remark(pooled.pValue, pooled.logPValue)) }
    lines.append("  " + test.joined(separator: ", "))
    if let prediction {
      let ends = format.interval(back.function(prediction.interval.lower), back.function(prediction.interval.upper))
      lines.append("\(level)% prediction interval \(ends)  (\(prediction.method))")
    }
    return lines
  }

  private func coefficientTable(_ format: TextFormat) -> [String] {
    let level = NumberText.plain.fixed(100 * fit.level, decimals: 0)
    let letter = fit.coefficients.first?.degreesOfFreedom == nil ? "z" : "t"
    var table = TextTable(
      ["Coefficient", "Estimate", "SE", letter, "P", "\(level)% CI"], [.left, .right, .right, .right, .right, .right])
    for (term, estimate) in zip(fit.terms, fit.coefficients) {
      table.row([
        term, format.number(estimate.value), format.number(estimate.standardError), format.number(estimate.statistic),
        estimate.pValue.map { NumberText.plain.pValue($0) } ?? "—",
        format.interval(estimate.interval.lower, estimate.interval.upper),
      ])
    }
    var lines = table.lines
    if let omnibus = fit.omnibus { lines += ["", "Test of the moderators: " + format.test(omnibus)] }
    return lines
  }

  func heterogeneityLines(_ h: Heterogeneity, _ format: TextFormat) -> [String] {
    var lines = [String]()
    let level = NumberText.plain.fixed(100 * fit.level, decimals: 0)
    if let tau2 = h.tauSquared {
      var line = "tau² = \(format.number(tau2)) (\(fit.method)"
      if let se = h.tauSquaredStandardError { line += ", SE \(format.number(se))" }
      line += "), tau = \(format.number(tau2.squareRoot()))"
      if let ci = h.tauSquaredInterval { line += "; \(level)% CI of tau² \(format.interval(ci.lower, ci.upper))" }
      lines.append(line)
    }
    if let i2 = h.iSquared {
      let definition = h.iSquaredMethod == "q" ? "from Q" : "from tau² and the typical sampling variance"
      var line = "I² = \(format.percent(100 * i2)) (\(definition))"
      if let ci = h.iSquaredInterval {
        line += ", \(level)% CI [\(format.percent(100 * ci.lower)), \(format.percent(100 * ci.upper))]"
      }
      if let h2 = h.hSquared { line += "; H² = \(format.number(h2))" }
      lines.append(line)
    }
    if let r2 = h.rSquared { lines.append("R² = \(format.percent(100 * r2)) of tau² accounted for by the moderators") }
    if let q = h.q, let df = h.qDegreesOfFreedom {
      lines.append("Q(\(df)) = \(format.number(q)), \(format.p(h.qPValue))" + LogP.remark(h.qPValue, h.logQPValue))
    }
    if !lines.isEmpty { return lines }
    return [fit.k == 1 ? "none can be estimated from one study" : "not a part of this model"]
  }

  private func subgroupLines(_ format: TextFormat) -> [String] {
    let level = NumberText.plain.fixed(100 * fit.level, decimals: 0)
    let hasPrediction = subgroups.contains { $0.fit.prediction != nil }
    let hasInterval = subgroups.contains { $0.fit.heterogeneity.tauSquaredInterval != nil }
    var head = ["Subgroup", "k", studies.measure.code, "\(level)% CI", "P", "tau²"]
    if hasInterval { head.append("\(level)% CI of tau²") }
    head.append("I²")
    if hasPrediction { head.append("\(level)% prediction") }
    var table = TextTable(head, [.left] + [TextTable.Alignment](repeating: .right, count: head.count - 1))
    for group in subgroups {
      let back = Display(studies.selecting(group.rows)).function
      let pooled = group.fit.pooled
      let h = group.fit.heterogeneity
      var cells = [
        group.name, "\(group.fit.k)", format.number((pooled?.value).map(back)),
        format.interval((pooled?.interval.lower).map(back), (pooled?.interval.upper).map(back)),
        (pooled?.pValue).map { NumberText.plain.pValue($0) } ?? "—", format.number(h.tauSquared),
      ]
      if hasInterval {
        cells.append(h.tauSquaredInterval.map { format.interval($0.lower, $0.upper) } ?? "—")
      }
      cells.append(format.percent(h.iSquared.map { 100 * $0 }))
      if hasPrediction {
        let limits = group.fit.prediction?.interval
        cells.append(limits.map { format.interval(back($0.lower), back($0.upper)) } ?? "—")
      }
      table.row(cells)
    }
    var lines = table.lines
    if let test = subgroupTest {
      lines.append(
        "Test of subgroup differences: χ²(\(test.degreesOfFreedom)) = \(format.number(test.q)), \(format.p(test.pValue))"
      )
    }
    return lines
  }

  private var methodLines: [String] {
    var lines = ["\(methodName); \(fit.inference) inference, level \(fit.level.shortText)"]
    if fit.convergence.iterations > 0 {
      let end = fit.convergence.converged ? "converged" : "did NOT converge"
      let residual = NumberText.plain.significant(fit.convergence.residual, digits: 2)
      lines.append(
        "\(fit.convergence.method): \(end) in \(fit.convergence.iterations) iterations, residual \(residual)")
    }
    if let permutationNote { lines.append(permutationNote) }
    lines += request.conventions
    if !studies.excluded.isEmpty {
      lines.append("\(studies.excluded.count) of \(studies.rowsRead) rows left out: " + exclusionSummary)
    }
    return lines
  }

  private var methodName: String {
    switch request.method {
    case .inverseVariance(let method): "inverse-variance weights, \(method.name) (\(method.code))"
    case .mantelHaenszel: "Mantel–Haenszel"
    case .peto: "Peto, one step"
    case .glmm: "generalised linear mixed model"
    case .penalisedLogistic: "logistic regression with Firth's penalty (LRP)"
    case .betaBinomial: "beta-binomial regression (BB)"
    }
  }

  private var exclusionSummary: String {
    let shown = studies.excluded.prefix(5).map { "row \($0.row) (\($0.study)): \($0.reason)" }.joined(separator: "; ")
    return studies.excluded.count > 5 ? shown + "; …" : shown
  }
}

extension CountTests {
  /// The tests as lines for people.
  func lines(_ format: TextFormat) -> [String] {
    let tests: [(String, CountTest?)] = [
      ("Cochran–Mantel–Haenszel test", cochranMantelHaenszel),
      ("  with continuity correction", cochranMantelHaenszelCorrected),
      ("Breslow–Day test of equal odds ratios", breslowDay), ("  with Tarone's correction", tarone),
    ]
    return tests.compactMap { name, test in
      test.map { "\(name): χ²(\($0.degreesOfFreedom)) = \(format.number($0.statistic)), \(format.p($0.pValue))" }
    }
  }
}
