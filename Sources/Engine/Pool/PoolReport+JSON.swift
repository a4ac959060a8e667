import EffectSizes
import Synthesis
public import TableIO

extension PoolAnalysis {
  /// The analysis as JSON (`evidence.pool/1`). What does not exist is null or absent.
  public var json: JSONValue {
    var fields: [(String, JSONValue)] = [
      ("schema", .string("evidence.pool/1")), ("measure", .string(studies.measureCode)),
      ("scale", .string(studies.measure.scale.rawValue)), ("k", .integer(fit.k)),
      ("excluded", .array(studies.excluded.map(\.json))), ("warnings", .texts(warnings)), ("model", modelJSON),
    ]
    let back = Display(studies)
    if let pooled = fit.pooled {
      fields.append(("pooled", pooled.pooledJSON(fit.prediction)))
      fields.append(("display", back.json(pooled, fit.prediction)))
    }
    fields.append(("coefficients", answers.coefficients(fit)))
    if let omnibus = fit.omnibus { fields.append(("omnibus", omnibus.json)) }
    fields.append(("heterogeneity", fit.heterogeneity.json))
    if let likelihood = fit.likelihood { fields.append(("fit", likelihood.json)) }
    fields.append(("convergence", fit.convergence.json))
    if let scale { fields.append(("scale_model", scale.json)) }
    fields += answers.fields(fit, back, names: studies.labels)
    if let beyond { fields.append(("threshold", beyond.json)) }
    if let rounding { fields.append(("rounding", rounding.json)) }
    if let countTests { fields.append(("tests", countTests.json)) }
    if let permutationNote { fields.append(("permutation", .string(permutationNote))) }
    if !subgroups.isEmpty { fields += subgroupFields(back) }
    fields.append(("studies", studiesJSON))
    fields.append(("provenance", provenance.json))
    return .fields(fields)
  }

  private var modelJSON: JSONValue {
    .fields([
      ("effects", .string(fit.effects)), ("method", .string(fit.method)), ("inference", .string(fit.inference)),
      ("level", .number(fit.level)), ("p", .integer(fit.p)), ("i2_method", .string(fit.heterogeneity.iSquaredMethod)),
      ("prediction_method", .orNull(fit.prediction?.method)),
      ("prediction_df", .orNull(fit.prediction?.degreesOfFreedom)),
      ("conventions", request.conventions.isEmpty ? .null : .texts(request.conventions)),
    ])
  }

  private func subgroupFields(_ back: Display) -> [(String, JSONValue)] {
    let list = subgroups.map { group in
      JSONValue.fields([
        ("name", .string(group.name)), ("k", .integer(group.fit.k)),
        ("pooled", group.fit.pooled?.pooledJSON(group.fit.prediction) ?? .null),
        (
          "display",
          group.fit.pooled.map { Display(studies.selecting(group.rows)).json($0, group.fit.prediction) } ?? .null
        ),
        ("heterogeneity", group.fit.heterogeneity.json), ("fit", group.fit.likelihood?.json ?? .null),
        ("convergence", group.fit.convergence.json),
        (
          "studies",
          .array(
            zip(group.rows, group.fit.weights).map { row, weight in
              .fields([("study", .string(studies.labels[row])), ("weight", .orNull(weight))])
            })
        ), ("warnings", .texts(group.fit.notes.map(\.message))),
      ])
    }
    var fields: [(String, JSONValue)] = [("subgroups", .array(list))]
    if let test = subgroupTest {
      fields.append(
        (
          "subgroup_test",
          .fields([
            ("q", .orNull(test.q)), ("df", .integer(test.degreesOfFreedom)), ("p", .orNull(test.pValue)),
          ])
        ))
    }
    return fields
  }

  private var studiesJSON: JSONValue {
    let z = studyCriticalValue
    return .list(
      JSONList(count: studies.count) { i in
        let study = StudyEstimate(studies, i, criticalValue: z)
        return .object(
          study.members(
            before: [.init("study", .string(studies.labels[i]))],
            after: [.init("weight", .orNull(weight(i))), .init("display", study.display)]))
      })
  }
}

extension Estimate {
  /// estimate, se, statistic, df, p, ci_lower, ci_upper.
  var fields: [(String, JSONValue)] {
    let fields: [(String, JSONValue)] = [
      ("estimate", .orNull(value)), ("se", .orNull(standardError)), ("statistic", .orNull(statistic)),
      ("df", .orNull(degreesOfFreedom)), ("p", .orNull(pValue)), ("ci_lower", .orNull(interval.lower)),
      ("ci_upper", .orNull(interval.upper)),
    ]
    return fields + LogP.fields(pValue, logPValue)
  }

  func pooledJSON(_ prediction: Prediction?) -> JSONValue {
    .fields(
      fields + [("pi_lower", .orNull(prediction?.interval.lower)), ("pi_upper", .orNull(prediction?.interval.upper))])
  }
}

extension OmnibusTest {
  var json: JSONValue {
    .fields(fields)
  }

  var fields: [(String, JSONValue)] {
    [
      ("kind", .string(denominatorDegreesOfFreedom == nil ? "chi2" : "F")), ("statistic", .orNull(statistic)),
      ("df1", .integer(degreesOfFreedom)), ("df2", .orNull(denominatorDegreesOfFreedom)), ("p", .orNull(pValue)),
    ] + LogP.fields(pValue, logPValue)
  }
}

extension Heterogeneity {
  /// τ², Q and the percentages, with their intervals.
  var json: JSONValue {
    let percent = { (x: Double?) in JSONValue.orNull(x.map { 100 * $0 }) }
    return .fields(
      [
        ("tau2", .orNull(tauSquared)), ("tau2_se", .orNull(tauSquaredStandardError)),
        ("tau", .orNull(tauSquared?.squareRoot())), ("i2", percent(iSquared)), ("h2", .orNull(hSquared)),
        ("r2", percent(rSquared)), ("q", .orNull(q)), ("q_df", .orNull(qDegreesOfFreedom)), ("q_p", .orNull(qPValue)),
        ("i2_method", .string(iSquaredMethod)), ("tau2_ci_lower", .orNull(tauSquaredInterval?.lower)),
        ("tau2_ci_upper", .orNull(tauSquaredInterval?.upper)), ("i2_ci_lower", percent(iSquaredInterval?.lower)),
        ("i2_ci_upper", percent(iSquaredInterval?.upper)), ("h2_ci_lower", .orNull(hSquaredInterval?.lower)),
        ("h2_ci_upper", .orNull(hSquaredInterval?.upper)),
      ] + LogP.fields(qPValue, logQPValue, name: "q_log_p"))
  }
}

extension LikelihoodStatistics {
  var json: JSONValue {
    .fields([
      ("loglik", .orNull(logLikelihood)), ("deviance", .orNull(deviance)), ("aic", .orNull(aic)), ("bic", .orNull(bic)),
      ("aicc", .orNull(aicc)), ("restricted", .bool(restricted)),
    ])
  }
}

extension Convergence {
  var json: JSONValue {
    .fields([
      ("method", .string(method)), ("iterations", .integer(iterations)), ("converged", .bool(converged)),
      ("residual", .orNull(residual)),
    ])
  }
}

extension CountTests {
  var json: JSONValue {
    let tests: [(String, CountTest?)] = [
      ("cmh", cochranMantelHaenszel), ("cmh_corrected", cochranMantelHaenszelCorrected), ("breslow_day", breslowDay),
      ("tarone", tarone),
    ]
    return .fields(
      tests.compactMap { name, test in
        test.map {
          (
            name,
            .fields([
              ("statistic", .orNull($0.statistic)), ("df", .integer($0.degreesOfFreedom)), ("p", .orNull($0.pValue)),
            ])
          )
        }
      })
  }
}

extension PoolAnalysis {
  /// The studies as CSV: study, yi, vi, sei, ci_lower, ci_upper, weight; then the pooled row.
  public func csv() -> [UInt8] {
    var writer = CSVWriter()
    writer.row(["study", "yi", "vi", "sei", "ci_lower", "ci_upper", "weight"])
    for i in 0..<studies.count {
      let study = StudyEstimate(studies, i, criticalValue: studyCriticalValue)
      writer.cell(studies.labels[i])
      for value in [study.yi, study.vi, study.sei, study.lower, study.upper, weight(i)] { writer.cell(value) }
      writer.endRow()
    }
    for (term, estimate) in zip(fit.terms, fit.coefficients) {
      writer.cell(fit.pooled == nil ? term : "pooled (\(fit.method))")
      let se = estimate.standardError
      for value in [estimate.value, se * se, se, estimate.interval.lower, estimate.interval.upper] {
        writer.cell(value)
      }
      writer.emptyCell()
      writer.endRow()
    }
    return writer.bytes
  }
}
