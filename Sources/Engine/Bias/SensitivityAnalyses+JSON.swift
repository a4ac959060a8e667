import EffectSizes
import Synthesis
import TableIO

extension SensitivityAnalyses {
  /// The analyses that were run, under their keys.
  var jsonFields: [(String, JSONValue)] {
    var fields: [(String, JSONValue)] = []
    if let copas { fields.append(("copas", copas.json)) }
    if let pUniform { fields.append(("p_uniform", pUniform.json)) }
    if let pCurve { fields.append(("p_curve", pCurve.json)) }
    if let zCurve { fields.append(("z_curve", zCurve.json)) }
    if let worstCase { fields.append(("worst_case", worstCase.json)) }
    if let eValue { fields.append(("e_value", eValue.json)) }
    if let fragility { fields.append(("fragility", fragility.json)) }
    if let outcomeReporting { fields.append(("outcome_reporting", outcomeReporting.json)) }
    if !missing.isEmpty {
      fields.append(
        (
          "missing_outcomes",
          .array(
            missing.map {
              .fields([("assumption", .string($0.assumption.word)), ("pooled", $0.fit.pooled?.json ?? .null)])
            })
        ))
    }
    return fields
  }
}

extension CopasModel {
  var json: JSONValue {
    func numbers(_ values: [Double]) -> JSONValue { .array(values.map { .orNull($0) }) }
    var fields = members(adjusted?.pooled)
    fields += [
      ("side", .string(side.rawValue)), ("gamma0", .orNull(adjusted?.gamma0)), ("gamma1", .orNull(adjusted?.gamma1)),
      ("rho", .orNull(adjusted?.correlation)), ("tau2", .orNull(adjusted?.tauSquared)),
      ("publication_probability", .orNull(adjusted?.publicationProbability)),
      ("residual_p", .orNull(adjusted?.residualP)), ("unpublished", .orNull(adjusted?.unpublished)),
      ("path", .array(path.map(\.json))),
      (
        "contours",
        .fields([
          ("gamma0", numbers(gamma0)), ("gamma1", numbers(gamma1)), ("estimate", .array(surface.map(numbers))),
        ])
      ),
    ]
    return .fields(fields)
  }

  private func members(_ estimate: Estimate?) -> [(String, JSONValue)] {
    [
      ("estimate", .orNull(estimate?.value)), ("se", .orNull(estimate?.standardError)),
      ("statistic", .orNull(estimate?.statistic)), ("p", .orNull(estimate?.pValue)),
      ("ci_lower", .orNull(estimate?.interval.lower)), ("ci_upper", .orNull(estimate?.interval.upper)),
    ]
  }
}

extension CopasFit {
  var json: JSONValue {
    .fields([
      ("publication_probability", .orNull(publicationProbability)), ("estimate", .orNull(pooled.value)),
      ("se", .orNull(pooled.standardError)), ("ci_lower", .orNull(pooled.interval.lower)),
      ("ci_upper", .orNull(pooled.interval.upper)), ("p", .orNull(pooled.pValue)), ("residual_p", .orNull(residualP)),
      ("unpublished", .orNull(unpublished)), ("gamma0", .orNull(gamma0)), ("gamma1", .orNull(gamma1)),
      ("rho", .orNull(correlation)), ("tau2", .orNull(tauSquared)),
    ])
  }
}

extension PUniformStar {
  var json: JSONValue {
    .fields([
      ("pooled", pooled.json), ("tau2", .orNull(tauSquared)), ("significant", .integer(significant)),
      ("lrt", .fields([("statistic", .orNull(statistic)), ("df", .integer(1)), ("p", .orNull(pValue))])),
      ("loglik", .orNull(logLikelihood)),
    ])
  }
}

extension PCurve {
  var json: JSONValue {
    .fields([
      ("full", full.json), ("half", half.json), ("flat_full", flatFull.json), ("flat_half", flatHalf.json),
      ("bins", .array(bins.map { .number(100 * $0) })), ("power", .orNull(power)), ("evidential", .bool(isEvidential)),
    ])
  }
}

extension PCurve.Test {
  var json: JSONValue {
    .fields([("k", .integer(count)), ("statistic", .orNull(statistic)), ("p", .orNull(pValue))])
  }
}

extension ZCurve {
  var json: JSONValue {
    .fields([
      ("significant", .integer(significant)), ("beyond_6", .integer(extreme)),
      ("observed_discovery_rate", .orNull(observedDiscovery)), ("err", replication.json), ("edr", discovery.json),
      ("soric_fdr", falseDiscovery.json),
      (
        "weights",
        .array(zip(means, weights).map { .fields([("mean", .number($0)), ("weight", .orNull($1))]) })
      ),
      ("loglik", .orNull(logLikelihood)), ("replicates", .integer(replicates)),
    ])
  }
}

extension ZCurve.Rate {
  var json: JSONValue {
    .fields([
      ("estimate", .orNull(value)), ("ci_lower", .orNull(interval.lower)), ("ci_upper", .orNull(interval.upper)),
    ])
  }
}

extension WorstCase {
  var json: JSONValue {
    .fields([
      ("affirmative", .integer(affirmative.filter { $0 }.count)),
      ("nonaffirmative", .integer(affirmative.filter { !$0 }.count)), ("pooled", nonaffirmative.pooled?.json ?? .null),
      ("s_value", .orNull(estimateRatio)), ("s_value_ci", .orNull(limitRatio)),
      (
        "rows",
        .array(
          rows.map { row in
            .fields([
              ("ratio", .orNull(row.ratio)), ("estimate", .orNull(row.estimate.value)),
              ("se", .orNull(row.estimate.standardError)), ("df", .orNull(row.estimate.degreesOfFreedom)),
              ("ci_lower", .orNull(row.estimate.interval.lower)), ("ci_upper", .orNull(row.estimate.interval.upper)),
              ("p", .orNull(row.estimate.pValue)),
            ])
          })
      ),
    ])
  }
}

extension EValue {
  var json: JSONValue {
    .fields([
      ("risk_ratio", .orNull(riskRatio)), ("limit", .orNull(limit)), ("transform", .string(scale.rawValue)),
      ("e_value", .orNull(estimateValue)), ("e_value_ci", .orNull(limitValue)),
      (
        "true_effects",
        .fields([
          ("share", .number(share)), ("threshold", .number(threshold)), ("bias_factor", .orNull(biasFactor)),
          ("confounding", .orNull(confounding)),
        ])
      ),
    ])
  }
}

extension FragilityIndex {
  var json: JSONValue {
    .fields([
      ("index", .integer(count)), ("significant", .bool(wasSignificant)), ("pooled", estimate.json),
      (
        "changes",
        .array(
          changes.map {
            .fields([
              ("study", .integer($0.study + 1)), ("group", .integer($0.group)),
              ("change", .string($0.addsEvent ? "event added" : "event removed")),
            ])
          })
      ),
    ])
  }
}

extension OutcomeReportingBound {
  var json: JSONValue {
    .fields([
      ("side", .string(side.rawValue)), ("unreported_to_null", .orNull(toNull)),
      (
        "rows",
        .array(
          rows.map { row in
            .fields([
              ("unreported", .integer(row.unreported)), ("bias", .orNull(row.bias)), ("pooled", row.estimate.json),
            ])
          })
      ),
    ])
  }
}
