import NumericCore
import Synthesis
import TableIO

extension ModelAnswers {
  /// The answers as text, a block a question; empty when nothing was asked.
  func lines(_ fit: Fit, _ format: TextFormat, _ back: Display, names: StudyLabels) -> [String] {
    var blocks: [[String]] = []
    if terms.contains(where: { $0.test.degreesOfFreedom > 1 }) {
      blocks.append(["Tests of the terms"] + terms.map { "  \($0.term): \(format.test($0.test))" })
    }
    if let contrasts { blocks.append(contrastLines(contrasts, format, level: fit.level)) }
    if !adjusted.isEmpty {
      blocks.append(
        ["Adjusted for the number of moderators"]
          + fit.terms.indices.filter { adjusted[$0] != nil }.map { "  \(fit.terms[$0]): \(format.p(adjusted[$0]))" })
    }
    for block in self.blocks {
      blocks.append(["Test of \(block.names.joined(separator: ", ")) together: \(format.test(block.test))"])
    }
    if let comparison { blocks.append(comparison.lines(format)) }
    if !inflation.isEmpty { blocks.append(inflationLines(format)) }
    if !predictions.isEmpty { blocks.append(predictionLines(format, back, level: fit.level)) }
    if let residuals { blocks.append(residualLines(residuals, format, names)) }
    return blocks.flatMap { [""] + $0 }
  }

  private func contrastLines(_ test: LinearHypothesisTest, _ format: TextFormat, level: Double) -> [String] {
    let isAdjusted = zip(test.adjustedPValues, test.estimates).contains { $0 != $1.pValue }
    let letter = test.estimates.first?.degreesOfFreedom == nil ? "z" : "t"
    var head = ["Contrast", "Estimate", "SE", letter, "P"]
    if isAdjusted { head.append("P adjusted") }
    head.append("\(NumberText.plain.fixed(100 * level, decimals: 0))% CI")
    var table = TextTable(head, [.left] + [TextTable.Alignment](repeating: .right, count: head.count - 1))
    for (i, estimate) in test.estimates.enumerated() {
      var cells = [
        test.hypotheses[i].text, format.number(estimate.value), format.number(estimate.standardError),
        format.number(estimate.statistic), estimate.pValue.map { NumberText.plain.pValue($0) } ?? "—",
      ]
      if isAdjusted { cells.append(NumberText.plain.pValue(test.adjustedPValues[i])) }
      table.row(cells + [format.interval(estimate.interval.lower, estimate.interval.upper)])
    }
    guard test.hypotheses.count > 1 else { return table.lines }
    return table.lines + [test.joint.map { "  All together: \(format.test($0))" } ?? "  One follows from the others."]
  }

  private func inflationLines(_ format: TextFormat) -> [String] {
    var table = TextTable(["Term", "Coefficients", "VIF", "SE factor"], [.left, .right, .right, .right])
    for row in inflation {
      table.row([
        row.term, "\(row.coefficientCount)", format.number(row.factor), format.number(row.standardErrorFactor),
      ])
    }
    return ["Variance inflation"] + table.lines
  }

  private func predictionLines(_ format: TextFormat, _ back: Display, level: Double) -> [String] {
    let percent = NumberText.plain.fixed(100 * level, decimals: 0)
    var table = TextTable(
      ["Predicted for", "Estimate", "\(percent)% CI", "\(percent)% prediction"], [.left, .right, .right, .right])
    for row in predictions {
      let estimate = row.prediction.estimate
      let limits = row.prediction.prediction?.interval
      table.row([
        row.setting.label, format.number(back.function(estimate.value)),
        format.interval(back.function(estimate.interval.lower), back.function(estimate.interval.upper)),
        limits.map { format.interval(back.function($0.lower), back.function($0.upper)) } ?? "—",
      ])
    }
    let method = predictions.compactMap(\.prediction.prediction?.method).first
    return table.lines + (method.map { ["  Prediction limits: \($0)"] } ?? [])
  }

  private func residualLines(_ residuals: RegressionResiduals, _ format: TextFormat, _ names: StudyLabels) -> [String] {
    var table = TextTable(
      ["Study", "Fitted", "Residual", "SE", "Standardised", "Hat"], [.left, .right, .right, .right, .right, .right])
    for i in names.indices {
      table.row([
        names[i], format.number(residuals.fitted[i]), format.number(residuals.raw[i]),
        format.number(residuals.standardErrors[i]), format.number(residuals.standardized[i]),
        format.number(residuals.hat[i]),
      ])
    }
    return ["Residuals"] + table.lines
  }
}

extension ModelComparison {
  /// For people.
  func lines(_ format: TextFormat) -> [String] {
    var table = TextTable(
      ["Model (\(method))", "p", "log-likelihood", "AIC", "AICc", "BIC", "tau²"],
      [.left, .right, .right, .right, .right, .right, .right])
    for (name, fit) in [("as fitted", full), (formula, reduced)] {
      table.row([
        name, "\(fit.p)", format.number(fit.likelihood?.logLikelihood), format.number(fit.likelihood?.aic),
        format.number(fit.likelihood?.aicc), format.number(fit.likelihood?.bic),
        format.number(fit.heterogeneity.tauSquared),
      ])
    }
    let share = test.rSquared.map { ", R² = \(format.percent(100 * $0))" } ?? ""
    return table.lines + [
      "Likelihood-ratio test: χ²(\(test.degreesOfFreedom)) = \(format.number(test.statistic)), "
        + format.p(test.pValue) + (test.correctedPValue.map { ", with Bartlett's correction " + format.p($0) } ?? "")
        + share
    ]
  }
}

extension ScaleModel {
  /// The scale's coefficients for people.
  func lines(_ format: TextFormat) -> [String] {
    let what = request.link == .log ? "log tau²" : "tau²"
    var table = TextTable(
      ["Coefficient of \(what)", "Estimate", "SE", fit.scale.first?.degreesOfFreedom == nil ? "z" : "t", "P", "CI"],
      [.left, .right, .right, .right, .right, .right])
    for (term, estimate) in zip(fit.scaleTerms, fit.scale) {
      table.row([
        term, format.number(estimate.value), format.number(estimate.standardError), format.number(estimate.statistic),
        estimate.pValue.map { NumberText.plain.pValue($0) } ?? "—",
        format.interval(estimate.interval.lower, estimate.interval.upper),
      ])
    }
    var lines = table.lines
    if let test = fit.scaleTest { lines.append("Test of the scale's moderators: \(format.test(test))") }
    if let least = fit.tauSquared.min(), let most = fit.tauSquared.max() {
      lines.append("tau² from \(format.number(least)) to \(format.number(most)) over the studies")
    }
    return lines
  }
}

extension TextFormat {
  /// `χ²(2) = 5.1, P = 0.07` or the same with F.
  func test(_ test: OmnibusTest) -> String {
    let name =
      test.denominatorDegreesOfFreedom.map { "F(\(test.degreesOfFreedom), \(degrees($0)))" }
      ?? "χ²(\(test.degreesOfFreedom))"
    return "\(name) = \(number(test.statistic)), \(p(test.pValue))" + LogP.remark(test.pValue, test.logPValue)
  }
}
