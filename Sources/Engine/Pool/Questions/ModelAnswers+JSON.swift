import NumericCore
import Synthesis
import TableIO

extension ModelAnswers {
  /// The coefficients, with adjusted p-values where they were asked for.
  func coefficients(_ fit: Fit) -> JSONValue {
    .array(
      fit.coefficients.indices.map { j in
        let extra: [(String, JSONValue)] = adjusted.isEmpty ? [] : [("p_adjusted", .orNull(adjusted[j]))]
        return .fields([("term", .string(fit.terms[j]))] + fit.coefficients[j].fields + extra)
      })
  }

  /// The answers as keys beside those of every analysis; nothing for what was not asked.
  func fields(_ fit: Fit, _ back: Display, names: StudyLabels) -> [(String, JSONValue)] {
    var fields: [(String, JSONValue)] = []
    if let contrasts { fields.append(("contrasts", contrasts.json)) }
    if !blocks.isEmpty {
      fields.append(
        (
          "blocks",
          .array(blocks.map { .fields([("coefficients", .texts($0.names))] + $0.test.fields) })
        ))
    }
    if !terms.isEmpty {
      fields.append(
        ("term_tests", .array(terms.map { .fields([("term", .string($0.term))] + $0.test.fields) })))
    }
    if let comparison { fields.append(("comparison", comparison.json)) }
    if !inflation.isEmpty { fields.append(("vif", .array(inflation.map(\.json)))) }
    if !predictions.isEmpty { fields.append(("predictions", .array(predictions.map { $0.json(back) }))) }
    if let residuals { fields.append(("residuals", residuals.json(names))) }
    return fields
  }
}

extension LinearHypothesisTest {
  var json: JSONValue {
    .fields([
      (
        "tests",
        .array(
          hypotheses.indices.map { i in
            .fields(
              [("contrast", .string(hypotheses[i].text)), ("value", .number(hypotheses[i].value))]
                + estimates[i].fields + [("p_adjusted", .orNull(adjustedPValues[i]))])
          })
      ), ("joint", joint?.json ?? .null),
    ])
  }
}

extension ModelComparison {
  var json: JSONValue {
    func model(_ fit: Fit) -> JSONValue {
      .fields([
        ("p", .integer(fit.p)), ("tau2", .orNull(fit.heterogeneity.tauSquared)),
        ("fit", fit.likelihood?.json ?? .null), ("convergence", fit.convergence.json),
      ])
    }
    return .fields([
      ("reduced_formula", .string(formula)), ("method", .string(method)), ("full", model(full)),
      ("reduced", model(reduced)), ("lrt", .number(test.statistic)), ("df", .integer(test.degreesOfFreedom)),
      ("p", .number(test.pValue)), ("bartlett_factor", .orNull(test.bartlettFactor)),
      ("p_bartlett", .orNull(test.correctedPValue)), ("r2", .orNull(test.rSquared.map { 100 * $0 })),
    ])
  }
}

extension VarianceInflation {
  var json: JSONValue {
    .fields([
      ("term", .string(term)), ("coefficients", .integer(coefficientCount)), ("vif", .number(factor)),
      ("se_factor", .number(standardErrorFactor)),
    ])
  }
}

extension SettingPrediction {
  func json(_ back: Display) -> JSONValue {
    let at = setting.values.map { column, value -> (String, JSONValue) in
      switch value {
      case .number(let number): (column, .number(number))
      case .text(let text): (column, .string(text))
      }
    }
    return .fields(
      [("label", .string(setting.label)), ("at", .fields(at))] + prediction.estimate.fields
        + [
          ("pi_lower", .orNull(prediction.prediction?.interval.lower)),
          ("pi_upper", .orNull(prediction.prediction?.interval.upper)),
          ("display", back.json(prediction.estimate, prediction.prediction)),
        ])
  }
}

extension RegressionResiduals {
  func json(_ names: StudyLabels) -> JSONValue {
    .array(
      names.indices.map { i in
        .fields([
          ("study", .string(names[i])), ("fitted", .orNull(fitted[i])), ("residual", .orNull(raw[i])),
          ("se", .orNull(standardErrors[i])), ("standardized", .orNull(standardized[i])),
          ("pearson", .orNull(pearson[i])), ("hat", .orNull(hat[i])),
        ])
      })
  }
}

extension ScaleModel {
  var json: JSONValue {
    .fields([
      ("formula", .string(request.formula)), ("link", .string(request.link.rawValue)),
      (
        "coefficients",
        .array(zip(fit.scaleTerms, fit.scale).map { .fields([("term", .string($0))] + $1.fields) })
      ), ("omnibus", fit.scaleTest?.json ?? .null),
      ("tau2", .array(fit.tauSquared.map { .orNull($0) })),
    ])
  }
}
