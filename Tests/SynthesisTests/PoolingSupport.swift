import Foundation
import NumericCore
import Synthesis
import Testing

/// A data set of the pooling fixture: estimates, variances, two moderators and weights.
struct PoolingSet: Decodable, Sendable {
  let yi, vi, x1, x2, w: [Double]

  /// The columns of a design by its name in the fixture, with the intercept; `nil` without moderators.
  func design(_ name: String) -> (matrix: Matrix, terms: [String])? {
    let ones = [Double](repeating: 1, count: yi.count)
    switch name {
    case "one": return (Matrix(rows: yi.count, columns: 2, storage: ones + x1), ["intercept", "x1"])
    case "two": return (Matrix(rows: yi.count, columns: 3, storage: ones + x1 + x2), ["intercept", "x1", "x2"])
    default: return nil
    }
  }
}

/// A fit of the pooling fixture.
struct PoolingCase: Decodable, Sendable, CustomTestStringConvertible {
  let id, set, method, inference, design: String
  let weighted: Bool
  let level: Double
  let expect: [String: Double]
  var testDescription: String { id }
}

/// An interval for τ² of the pooling fixture.
struct PoolingIntervalCase: Decodable, Sendable, CustomTestStringConvertible {
  let id, set, method, type: String
  let lower, upper: Double
  let i2_lower, i2_upper: Double
  var testDescription: String { id }
}

/// The fixture that Tests/Reference/pooling.R writes.
struct PoolingFixture: Decodable, Sendable {
  let passport: String
  let sets: [String: PoolingSet]
  let cases: [PoolingCase]
  let intervals: [PoolingIntervalCase]

  static let shared: PoolingFixture = {
    guard let url = Bundle.module.url(forResource: "Fixtures/pooling-reference", withExtension: "json"),
      let data = try? Data(contentsOf: url), let fixture = try? JSONDecoder().decode(PoolingFixture.self, from: data)
    else { return PoolingFixture(passport: "", sets: [:], cases: [], intervals: []) }
    return fixture
  }()
}

extension Fit {
  /// The numbers of a fit by the names of the fixture.
  var numbersByName: [String: Double] {
    var all: [String: Double?] = [
      "q": heterogeneity.q, "q_p": heterogeneity.qPValue, "i2": heterogeneity.iSquared, "h2": heterogeneity.hSquared,
      "tau2": heterogeneity.tauSquared, "tau2_se": heterogeneity.tauSquaredStandardError, "r2": heterogeneity.rSquared,
      "loglik": likelihood?.logLikelihood, "deviance": likelihood?.deviance, "aic": likelihood?.aic,
      "bic": likelihood?.bic, "aicc": likelihood?.aicc, "omnibus": omnibus?.statistic, "omnibus_p": omnibus?.pValue,
      "pi_lower": prediction?.interval.lower, "pi_upper": prediction?.interval.upper, "weight0": weights.first,
      "weight1": weights.dropFirst().first,
    ]
    for (j, row) in coefficients.enumerated() {
      all["estimate\(j)"] = row.value
      all["se\(j)"] = row.standardError
      all["statistic\(j)"] = row.statistic
      all["p\(j)"] = row.pValue
      all["ci_lower\(j)"] = row.interval.lower
      all["ci_upper\(j)"] = row.interval.upper
    }
    return all.compactMapValues { $0 }
  }
}

/// Data sets with published results.
enum PublishedData {
  /// BCG vaccine trials (Colditz et al. 1994): log odds ratios with 1/a + 1/b + 1/c + 1/d.
  static let bcgCells: [(Double, Double, Double, Double)] = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
  ]
  static let bcgLatitude: [Double] = [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33]

  static var bcgLogOddsRatios: (yi: [Double], vi: [Double]) {
    (
      bcgCells.map { log($0.0 * $0.3 / ($0.1 * $0.2)) },
      bcgCells.map { 1 / $0.0 + 1 / $0.1 + 1 / $0.2 + 1 / $0.3 }
    )
  }

  static var bcgLogRiskRatios: (yi: [Double], vi: [Double]) {
    (
      bcgCells.map { log($0.0 / ($0.0 + $0.1)) - log($0.2 / ($0.2 + $0.3)) },
      bcgCells.map { 1 / $0.0 - 1 / ($0.0 + $0.1) + 1 / $0.2 - 1 / ($0.2 + $0.3) }
    )
  }

  /// Teacher expectancy (Raudenbush and Bryk 1985, table 1), with the weeks of prior contact, 3 standing for more.
  static let expectancy: (yi: [Double], vi: [Double], weeks: [Double]) = (
    [
      0.03, 0.12, -0.14, 1.18, 0.26, -0.06, -0.02, -0.32, 0.27, 0.80, 0.54, 0.18, -0.02, 0.23, -0.18, -0.06, 0.30, 0.07,
      -0.07,
    ],
    [
      0.0156, 0.0216, 0.0279, 0.1391, 0.1362, 0.0106, 0.0106, 0.0484, 0.0269, 0.0630, 0.0912, 0.0497, 0.0835, 0.0841,
      0.0253, 0.0279, 0.0193, 0.0088, 0.0303,
    ],
    [2, 3, 3, 0, 0, 3, 3, 3, 0, 1, 0, 0, 1, 2, 3, 3, 1, 2, 3]
  )

  /// Length of stay under specialist and routine care (Normand 1999, table II): sizes, means, standard deviations.
  static let stay: [(n1: Double, m1: Double, s1: Double, n2: Double, m2: Double, s2: Double)] = [
    (155, 55, 47, 156, 75, 64), (31, 27, 7, 32, 29, 4), (75, 64, 17, 71, 119, 29), (18, 66, 20, 18, 137, 48),
    (8, 14, 8, 13, 18, 11), (57, 19, 7, 52, 18, 4), (34, 52, 45, 33, 41, 34), (110, 21, 16, 183, 31, 27),
    (60, 30, 27, 52, 23, 20),
  ]
}
