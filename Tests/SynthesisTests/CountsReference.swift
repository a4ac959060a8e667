import EffectSizes
import Foundation
import Synthesis
import Testing

/// The reference cases of the count models: data, options, expected values, and what computed them.
struct CountCase: Decodable, Sendable, CustomTestStringConvertible {
  let id, method, measure, oracle: String
  let model: String?
  let level, rtol, atol: Double
  let columns: [String: [Double?]]
  let expect: [String: Double]
  let yi, vi: [Double?]?

  var testDescription: String { id }

  func column(_ name: String) -> [Double] { (columns[name] ?? []).map { $0 ?? .nan } }

  var rows: EffectColumns {
    EffectColumns(yi: (yi ?? []).map { $0 ?? .nan }, vi: (vi ?? []).map { $0 ?? .nan })
  }

  var table: TwoByTwoColumns { TwoByTwoColumns(a: column("a"), b: column("b"), c: column("c"), d: column("d")) }

  var personTime: PersonTimeColumns {
    PersonTimeColumns(
      events1: column("events1"), time1: column("time1"), events2: column("events2"), time2: column("time2"))
  }

  /// Expected value and the fit's own, by the names of the fixture.
  func values(of fit: Fit) -> [String: Double?] {
    let (pooled, heterogeneity) = (fit.pooled, fit.heterogeneity)
    return [
      "k": Double(fit.k), "estimate": pooled?.value, "se": pooled?.standardError, "statistic": pooled?.statistic,
      "p": pooled?.pValue, "ci_lower": pooled?.interval.lower, "ci_upper": pooled?.interval.upper,
      "tau2": heterogeneity.tauSquared, "q": heterogeneity.q,
      "q_df": heterogeneity.qDegreesOfFreedom.map { Double($0) },
      "q_p": heterogeneity.qPValue, "i2": heterogeneity.iSquared.map { 100 * $0 }, "h2": heterogeneity.hSquared,
      "weight0": fit.weights.first, "weight1": fit.weights.dropFirst().first,
    ]
  }

  /// The cases that a condition picks.
  static func load(where picked: (CountCase) -> Bool) throws -> [CountCase] {
    struct File: Decodable { let cases: [CountCase] }
    let url = try #require(Bundle.module.url(forResource: "Fixtures/counts-reference", withExtension: "json"))
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases.filter(picked)
  }
}
