import NumericCore
import Synthesis
import TestSupport
import Testing

/// Meta-regressions, subgroup analyses and permutation tests held against metafor 5.1-12, number by number.
@Suite("Reference cases of regression")
struct RegressionReferenceTests {
  private struct File: Decodable {
    var cases: [Case]
  }

  private struct Case: Decodable {
    var id: String
    var mods, subgroup, weights, permute: String?
    var common: Bool
    var method, inference: String
    var level: Double
    var tau2: Double?
    var yi, vi: [Double?]
    var columns: [String: FixtureColumn]
    var expect: [String: Value]
    var rtol, atol: Double

    var model: PoolingModel {
      get throws {
        PoolingModel(
          method: try #require(PoolingMethod(code: method)), inference: try #require(Inference(word: inference)),
          level: level, fixedTauSquared: tau2, originWithoutIntercept: .centred)
      }
    }
  }

  private enum Value: Decodable {
    case none
    case number(Double)
    case other(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .none
      } else if let truth = try? container.decode(Bool.self) {
        self = .other("\(truth)")
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .other(try container.decode(String.self))
      }
    }
  }

  @Test("Every number of every case")
  func everyNumber() throws {
    let file = try RegressionFixture.decode(File.self, "reference.json")
    #expect(file.cases.count > 90)
    for reference in file.cases {
      let got = try results(reference)
      for (path, want) in reference.expect.sorted(by: { $0.key < $1.key }) {
        let name = "\(reference.id) \(path)"
        switch want {
        case .none: #expect(got[path]?.number == nil, "\(name)")
        case .other(let text): #expect(got[path]?.text == text, "\(name)")
        case .number(let number):
          guard let value = got[path]?.number else {
            Issue.record("\(name): nothing, want \(number)")
            continue
          }
          expectClose(value, number, relative: reference.rtol, absolute: reference.atol, name)
        }
      }
    }
  }

  private struct Results {
    var values: [String: (number: Double?, text: String?)] = [:]
    subscript(path: String) -> (number: Double?, text: String?)? { values[path] }
    mutating func set(_ path: String, _ number: Double?) { values[path] = (number, nil) }
    mutating func set(_ path: String, text: String) { values[path] = (nil, text) }
  }

  private func results(_ reference: Case) throws -> Results {
    let usable = reference.yi.indices.filter { reference.yi[$0] != nil && reference.vi[$0] != nil }
    var columns = DesignColumns(count: usable.count)
    for (name, column) in reference.columns.sorted(by: { $0.key < $1.key }) {
      switch column.moderator {
      case .numbers(let values): columns[name] = .numbers(usable.map { values[$0] })
      case .text(let values): columns[name] = .text(usable.map { values[$0] })
      }
    }
    let grouping = try reference.subgroup.map { try Formula("~ factor(`\($0)`)") }
    let formula = try grouping ?? reference.mods.map { try Formula($0) } ?? .intercept
    let design = try Design(formula, columns: columns)
    let rows = design.rows.map { usable[$0] }
    let yi = rows.compactMap { reference.yi[$0] }
    let vi = rows.compactMap { reference.vi[$0] }
    var weights: [Double]?
    if let name = reference.weights { weights = design.rows.map { (try? columns.numbers(name)[$0]) ?? .nan } }
    var results = Results()
    let model = try reference.model
    if let name = reference.subgroup {
      let labels = try labels(of: try #require(columns[name]), rows: design.rows)
      describe(try model.fit(yi: yi, vi: vi), into: &results)
      let analysis = try model.fitSubgroups(
        yi: yi, vi: vi, groups: labels, weights: weights, commonTauSquared: reference.common)
      for subgroup in analysis.subgroups { describe(subgroup.fit, into: &results, "subgroups[name=\(subgroup.name)].") }
      results.set("subgroup_test.q", analysis.test?.q)
      results.set("subgroup_test.df", analysis.test.map { Double($0.degreesOfFreedom) })
      results.set("subgroup_test.p", analysis.test?.pValue)
      return results
    }
    var fit = try model.fit(yi: yi, vi: vi, design: design.matrix, terms: design.names, weights: weights)
    if reference.permute != nil {
      let test = try PermutationTest(
        model: model,
        studies: PermutationStudies(yi: yi, vi: vi, design: design.matrix, terms: design.names, weights: weights),
        scheme: .exact)
      fit = fit.replacingPValues(by: try test.result(test.tally(0..<test.arrangementCount)))
    }
    describe(fit, into: &results)
    results.set("excluded.#", Double(reference.yi.count - rows.count))
    return results
  }

  private func labels(of column: ModeratorColumn, rows: [Int]) throws -> [String] {
    switch column {
    case .numbers(let values): rows.map { "\(Int(values[$0]))" }
    case .text(let values): rows.map { values[$0] ?? "" }
    }
  }

  private func describe(_ fit: Fit, into results: inout Results, _ prefix: String = "") {
    results.set(prefix + "k", Double(fit.k))
    results.set(prefix + "model.p", Double(fit.p))
    for (j, estimate) in fit.coefficients.enumerated() {
      let names = ["\(prefix)coefficients[\(j)]."] + (fit.pooled == nil ? [] : [prefix + "pooled."])
      for name in names {
        results.set(name + "estimate", estimate.value)
        results.set(name + "se", estimate.standardError)
        results.set(name + "statistic", estimate.statistic)
        results.set(name + "df", estimate.degreesOfFreedom)
        results.set(name + "p", estimate.pValue)
        results.set(name + "ci_lower", estimate.interval.lower)
        results.set(name + "ci_upper", estimate.interval.upper)
      }
    }
    if let omnibus = fit.omnibus {
      results.set("omnibus.kind", text: omnibus.denominatorDegreesOfFreedom == nil ? "chi2" : "F")
      results.set("omnibus.statistic", omnibus.statistic)
      results.set("omnibus.df1", Double(omnibus.degreesOfFreedom))
      results.set("omnibus.df2", omnibus.denominatorDegreesOfFreedom)
      results.set("omnibus.p", omnibus.pValue)
    }
    let h = fit.heterogeneity
    let name = prefix + "heterogeneity."
    results.set(name + "tau2", h.tauSquared)
    results.set(name + "tau2_se", h.tauSquaredStandardError)
    results.set(name + "tau", h.tauSquared?.squareRoot())
    results.set(name + "i2", h.iSquared.map { 100 * $0 })
    results.set(name + "h2", h.hSquared)
    results.set(name + "r2", h.rSquared.map { 100 * $0 })
    results.set(name + "q", h.q)
    results.set(name + "q_df", h.qDegreesOfFreedom.map { Double($0) })
    results.set(name + "q_p", h.qPValue)
    guard let likelihood = fit.likelihood else { return }
    results.set("fit.loglik", likelihood.logLikelihood)
    results.set("fit.deviance", likelihood.deviance)
    results.set("fit.aic", likelihood.aic)
    results.set("fit.bic", likelihood.bic)
    results.set("fit.aicc", likelihood.aicc)
    results.set("fit.restricted", text: "\(likelihood.restricted)")
  }
}
