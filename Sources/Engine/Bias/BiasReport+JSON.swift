import EffectSizes
import Synthesis
public import TableIO

extension BiasAnalysis {
  /// The analysis as JSON (`evidence.bias/1`). What was not asked for is absent.
  public var json: JSONValue {
    var fields: [(String, JSONValue)] = [
      ("schema", .string("evidence.bias/1")), ("measure", .string(studies.measureCode)),
      ("k", .integer(studies.count)), ("excluded", .array(studies.excluded.map(\.json))),
    ]
    if let fit, let pooled = fit.pooled { fields.append(("pooled", pooled.json)) }
    if !tests.isEmpty { fields.append(("tests", .array(tests.map(\.json)))) }
    if let lfkIndex { fields.append(("lfk", json(lfkIndex))) }
    if let trimAndFill { fields.append(("trim_and_fill", json(trimAndFill))) }
    if !failSafe.isEmpty { fields.append(("fail_safe", .array(failSafe.map(\.json)))) }
    if let selection { fields.append(("selection", selection.json)) }
    if let excessSignificance { fields.append(("excess_significance", excessSignificance.json)) }
    if let precisionEffect {
      fields.append(("pet", precisionEffect.pet.json))
      fields.append(("peese", precisionEffect.peese.json))
      fields.append(
        (
          "pet_peese",
          .fields([
            ("chosen", .string(precisionEffect.takesPEESE ? "peese" : "pet")),
            ("estimate", .orNull(precisionEffect.conditional.value)),
          ])
        ))
    }
    if let limit { fields.append(("limit", limit.estimate.json)) }
    fields += sensitivity.jsonFields
    fields.append(("warnings", .texts(warnings)))
    fields.append(("provenance", provenance.json))
    return .fields(fields)
  }

  private func json(_ lfk: LFKIndex) -> JSONValue {
    .fields([
      ("index", .orNull(lfk.value)), ("asymmetry", .string(lfk.asymmetry.rawValue)),
      ("tip", .string(studies.labels[lfk.points[lfk.tip].study])),
      (
        "points",
        .array(
          lfk.points.map {
            .fields([
              ("study", .string(studies.labels[$0.study])), ("yi", .number($0.yi)), ("z", .orNull($0.z)),
            ])
          })
      ),
    ])
  }

  private func json(_ result: TrimAndFill) -> JSONValue {
    .fields([
      ("estimator", .string(result.estimator.rawValue)), ("side", .string(result.side.rawValue)),
      ("k0", .integer(result.missing)), ("k0_se", .orNull(result.standardError)), ("p", .orNull(result.pValue)),
      ("pooled", result.fit.pooled?.pooledJSON(result.fit.prediction) ?? .null),
      ("heterogeneity", result.fit.heterogeneity.json),
      (
        "filled",
        .array(
          result.filled.map {
            .fields([
              ("study", .string("Filled: " + studies.labels[$0.mirrored])), ("yi", .number($0.yi)),
              ("vi", .number($0.vi)),
            ])
          })
      ),
    ])
  }
}

extension Estimate {
  /// Estimate, error, test and interval, without the prediction interval of a pool.
  var json: JSONValue {
    .fields([
      ("estimate", .orNull(value)), ("se", .orNull(standardError)), ("statistic", .orNull(statistic)),
      ("df", .orNull(degreesOfFreedom)), ("p", .orNull(pValue)), ("ci_lower", .orNull(interval.lower)),
      ("ci_upper", .orNull(interval.upper)),
    ])
  }
}

extension SmallStudyResult {
  var json: JSONValue {
    .fields([
      ("name", .string(name)), ("model", .orNull(model)), ("predictor", .orNull(predictor)),
      ("statistic", .orNull(statistic)), ("df", .orNull(degreesOfFreedom)), ("p", .orNull(pValue)),
      ("slope", .orNull(slope?.value)), ("slope_se", .orNull(slope?.standardError)),
      ("limit", .orNull(limit?.value)), ("limit_ci_lower", .orNull(limit?.interval.lower)),
      ("limit_ci_upper", .orNull(limit?.interval.upper)), ("tau", .orNull(tau)), ("k", .integer(k)),
    ])
  }
}

extension FailSafeResult {
  var json: JSONValue {
    .fields([
      ("method", .string(method)), ("n", .integer(count)), ("p", .orNull(pValue)), ("target", .orNull(target)),
    ])
  }
}

extension ExcessSignificance {
  var json: JSONValue {
    .fields([
      ("observed", .integer(observed)), ("expected", .orNull(expected)), ("ratio", .orNull(ratio)),
      ("statistic", .orNull(statistic)), ("p", .orNull(pValue)), ("theta", .orNull(theta)),
      ("power", .array(power.map { .orNull($0) })),
    ])
  }
}

extension SelectionModel {
  var json: JSONValue {
    var steps = JSONValue.null
    switch form {
    case .steps(let values): steps = .array(values.map { .number($0) })
    case .smooth(let function): steps = function.truncation.map { .array($0.map { .number($0) }) } ?? .null
    }
    return .fields([
      ("type", .string(form.name)), ("steps", steps), ("alternative", .string(alternative.rawValue)),
      ("pooled", pooled.json), ("tau2", .orNull(tauSquared)), ("delta", .array(weights.map(\.json))),
      ("loglik", .orNull(logLikelihood)),
      (
        "lrt",
        .fields([("statistic", .orNull(statistic)), ("df", .integer(degreesOfFreedom)), ("p", .orNull(pValue))])
      ),
      ("convergence", convergence.json),
    ])
  }
}

extension SelectionModel.Weight {
  var json: JSONValue {
    .fields([
      ("estimate", .orNull(estimate)), ("se", .orNull(standardError)), ("p", .orNull(pValue)),
      ("ci_lower", .orNull(lower)), ("ci_upper", .orNull(upper)),
    ])
  }
}
