import EffectSizes
import Foundation
import NumericCore
import Synthesis
import Testing

/// Tables of papers on methods, number by number, to half a unit of the last digit.
///
/// The papers themselves were not at hand. The values are those that metafor's own checks of these analyses compare with the
/// pages named here (the files `test_analysis_example_…` of its repository, and the pages `analyses:…` of
/// metafor-project.org); only the numbers were taken. Veroniki et al. (2016) print no such table in any text at hand.
@Suite("Tables of papers on methods")
struct PublishedTablesTests {
  private func expectPrinted(
    _ got: Double?, _ printed: Double, digits: Int, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let unit = pow(10, -Double(digits))
    #expect(
      got.map { abs($0 - printed) <= 0.5 * unit * (1 + 1e-9) } ?? false,
      "\(what): got \(got.map { "\($0)" } ?? "nothing"), printed \(printed)", sourceLocation: sourceLocation)
  }

  private func model(_ code: String) throws -> PoolingModel {
    PoolingModel(method: try #require(PoolingMethod(code: code)))
  }

  /// Rows of τ², I² and H² by estimator.
  private func expectHeterogeneity(
    yi: [Double], vi: [Double], _ rows: [(code: String, tau2: Double, i2: Double, h2: Double)]
  ) throws {
    for row in rows {
      let h = try model(row.code).fit(yi: yi, vi: vi).heterogeneity
      expectPrinted(h.tauSquared, row.tau2, digits: 3, "τ² by \(row.code)")
      expectPrinted(h.iSquared.map { 100 * $0 }, row.i2, digits: 2, "I² by \(row.code)")
      expectPrinted(h.hSquared, row.h2, digits: 2, "H² by \(row.code)")
    }
  }

  @Test("Viechtbauer 2005, Journal of Educational and Behavioral Statistics 30, page 271: first example")
  func viechtbauer2005First() throws {
    try expectHeterogeneity(
      yi: [-0.581, 0.530, 0.771, 1.031, 0.553, 0.295, 0.078, 0.573, -0.176, -0.232],
      vi: [0.023, 0.052, 0.060, 0.115, 0.095, 0.203, 0.200, 0.211, 0.051, 0.040],
      [
        ("HS", 0.228, 77.23, 4.39), ("HE", 0.148, 68.80, 3.21), ("DL", 0.277, 80.44, 5.11), ("ML", 0.197, 74.51, 3.92),
        ("REML", 0.223, 76.84, 4.32), ("EB", 0.192, 74.05, 3.85), ("SJ", 0.199, 74.75, 3.96),
      ])
  }

  @Test("Viechtbauer 2005, page 272: second example")
  func viechtbauer2005Second() throws {
    try expectHeterogeneity(
      yi: [
        0.100, -0.162, -0.090, -0.049, -0.046, -0.010, -0.431, -0.261, 0.134, 0.019, 0.175, 0.056, 0.045, 0.103, 0.121,
        -0.482, 0.290, 0.342,
      ],
      vi: [
        0.016, 0.015, 0.050, 0.050, 0.032, 0.052, 0.036, 0.024, 0.034, 0.033, 0.031, 0.034, 0.039, 0.167, 0.134, 0.096,
        0.016, 0.035,
      ],
      [
        ("HS", 0.010, 22.93, 1.30), ("HE", 0.000, 0.00, 1.00), ("DL", 0.013, 27.53, 1.38), ("ML", 0.013, 28.45, 1.40),
        ("REML", 0.016, 32.02, 1.47), ("EB", 0.010, 23.72, 1.31), ("SJ", 0.025, 42.67, 1.74),
      ])
  }

  /// Diuretics against pre-eclampsia (Collins, Yusuf and Peto 1985): events and sizes.
  private static let preEclampsia: [(a: Double, n1: Double, c: Double, n2: Double)] = [
    (14, 131, 14, 136), (21, 385, 17, 134), (14, 57, 24, 48), (6, 38, 18, 40), (12, 1011, 35, 760),
    (138, 1370, 175, 1336), (15, 506, 20, 524), (6, 108, 2, 103), (65, 153, 40, 102),
  ]

  private func logOddsRatios(
    _ rows: [(a: Double, n1: Double, c: Double, n2: Double)]
  ) -> (yi: [Double], vi: [Double]) {
    var (yi, vi): ([Double], [Double]) = ([], [])
    for row in rows {
      let (b, d) = (row.n1 - row.a, row.n2 - row.c)
      yi.append(log(row.a * d / (b * row.c)))
      vi.append(1 / row.a + 1 / b + 1 / row.c + 1 / d)
    }
    return (yi, vi)
  }

  @Test("Viechtbauer 2007, Statistics in Medicine 26, table II, page 44: estimates and intervals of τ²")
  func viechtbauer2007() throws {
    let (yi, vi) = logOddsRatios(Self.preEclampsia)
    for (code, tau2) in [("DL", 0.230), ("ML", 0.239), ("REML", 0.301), ("SJ", 0.456)] {
      expectPrinted(try model(code).fit(yi: yi, vi: vi).heterogeneity.tauSquared, tau2, digits: 3, "τ² by \(code)")
    }
    let intervals: [(String, TauSquaredIntervalMethod, Double, Double)] = [
      ("DL", .qProfile, 0.072, 2.203), ("ML", .profileLikelihood, 0.027, 1.131),
      ("REML", .profileLikelihood, 0.043, 1.475),
      // The Wald intervals of the paper begin below 0, where ours are cut.
      ("ML", .wald, 0, 0.578), ("REML", .wald, 0, 0.732),
    ]
    for (code, method, lower, upper) in intervals {
      var model = try model(code)
      model.tauSquaredInterval = method
      let interval = try model.fit(yi: yi, vi: vi).heterogeneity.tauSquaredInterval
      expectPrinted(interval?.lower, lower, digits: 3, "\(method.word) by \(code), lower")
      expectPrinted(interval?.upper, upper, digits: 3, "\(method.word) by \(code), upper")
    }
    // The parametric bootstrap with 1 000 samples gave 0 to 0.717: its ends are random, by about 0.05.
    var bootstrap = try model("DL")
    bootstrap.tauSquaredInterval = .bootstrapParametric(replicates: 4000, seed: 1)
    let interval = try #require(try bootstrap.fit(yi: yi, vi: vi).heterogeneity.tauSquaredInterval)
    #expect(interval.lower == 0)
    #expect(abs(interval.upper - 0.717) < 0.06, "\(interval.upper)")
  }

  @Test("DerSimonian and Kacker 2007, Contemporary Clinical Trials 28, tables 3 and 4: the CLASP trials")
  func derSimonianKacker() throws {
    let (yi, vi) = logOddsRatios([
      (5, 156, 8, 74), (5, 303, 17, 303), (12, 565, 9, 477), (69, 1570, 94, 1565), (9, 103, 11, 105),
      (313, 4659, 352, 4650),
    ])
    // ML, whose τ was printed as 0.0023, is at the flat edge of its likelihood: ours is the maximum, see below.
    let rows: [(code: String, tau: Double, mu: Double, se: Double)] = [
      ("PM", 0.3681, -0.3811, 0.2060), ("HE", 0.4410, -0.4035, 0.2327), ("DL", 0.2323, -0.3240, 0.1540),
      ("DL2", 0.3254, -0.3655, 0.1901), ("EB", 0.3681, -0.3811, 0.2060), ("REML", 0.1843, -0.2980, 0.1343),
      ("HS", 0.1330, -0.2666, 0.1125), ("SJ", 0.4572, -0.4079, 0.2386),
    ]
    for row in rows {
      let fit = try model(row.code).fit(yi: yi, vi: vi)
      // REML of the source stopped at 1e-5 of τ², here 3e-5 of τ.
      let digits = row.code == "REML" ? 3 : 4
      expectPrinted(fit.heterogeneity.tauSquared?.squareRoot(), row.tau, digits: digits, "τ by \(row.code)")
      expectPrinted(fit.pooled?.value, row.mu, digits: digits, "μ by \(row.code)")
      expectPrinted(fit.pooled?.standardError, row.se, digits: digits, "se by \(row.code)")
    }
    // Two steps from the Cochran (Hedges) estimate: the generalised Q with weights 1/(vᵢ + τ²).
    let first = try #require(try model("HE").fit(yi: yi, vi: vi).heterogeneity.tauSquared)
    let second = try model("GENQ").fit(yi: yi, vi: vi, weights: vi.map { 1 / ($0 + first) })
    let tau2 = try #require(second.heterogeneity.tauSquared)
    expectPrinted(tau2.squareRoot(), 0.3831, digits: 4, "τ in two steps")
    let fixed = try PoolingModel(fixedTauSquared: tau2).fit(yi: yi, vi: vi).pooled
    expectPrinted(fixed?.value, -0.3861, digits: 4, "μ in two steps")
    expectPrinted(fixed?.standardError, 0.2115, digits: 4, "se in two steps")
    let likely = try model("ML").fit(yi: yi, vi: vi)
    #expect((likely.heterogeneity.tauSquared ?? 1) < 1e-5)
    expectPrinted(likely.pooled?.value, -0.1974, digits: 3, "μ by ML")
    expectPrinted(likely.pooled?.standardError, 0.0694, digits: 3, "se by ML")
  }

  @Test("Berkey, Hoaglin, Mosteller and Colditz 1995, Statistics in Medicine 14, page 408: smoothed variances")
  func berkey() throws {
    let cells = PublishedData.bcgCells
    let yi = PublishedData.bcgLogRiskRatios.yi
    var (treated, controls) = (0.0, 0.0)
    for cell in cells {
      treated += cell.1 / cell.0
      controls += cell.3 / cell.2
    }
    let vi = cells.map { treated / (13 * ($0.0 + $0.1)) + controls / (13 * ($0.2 + $0.3)) }
    let random = try model("EB").fit(yi: yi, vi: vi)
    expectPrinted(random.pooled?.value, -0.5429, digits: 4, "mean")
    expectPrinted(random.pooled?.standardError, 0.1842, digits: 4, "se")
    expectPrinted(random.heterogeneity.tauSquared, 0.268, digits: 3, "τ²")
    let latitude = PublishedData.bcgLatitude.map { $0 - 33.46 }
    let design = Matrix(rows: 13, columns: 2, storage: [Double](repeating: 1, count: 13) + latitude)
    let mixed = try model("EB").fit(yi: yi, vi: vi, design: design, terms: ["intercept", "latitude"])
    // The paper prints −0.6304, −0.5950 and 0.0039 where the exact values round to −0.6303, −0.5949 and 0.0040.
    expectPrinted(mixed.coefficients[0].value, -0.6303, digits: 4, "intercept")
    expectPrinted(mixed.coefficients[1].value, -0.0268, digits: 4, "slope")
    expectPrinted(mixed.coefficients[0].standardError, 0.1591, digits: 4, "se of the intercept")
    expectPrinted(mixed.coefficients[1].standardError, 0.0110, digits: 4, "se of the slope")
    expectPrinted(mixed.heterogeneity.tauSquared, 0.157, digits: 3, "τ² given latitude")
    expectPrinted(mixed.heterogeneity.rSquared.map { 100 * $0 }, 41, digits: 0, "R²")
    let fixed = try model("FE").fit(yi: yi, vi: vi, design: design, terms: ["intercept", "latitude"])
    expectPrinted(fixed.coefficients[0].value, -0.5949, digits: 4, "fixed-effects intercept")
    expectPrinted(fixed.coefficients[1].value, -0.0282, digits: 4, "fixed-effects slope")
    expectPrinted(fixed.coefficients[0].standardError, 0.0696, digits: 4, "se of the fixed-effects intercept")
    let rows = Matrix(rows: 2, columns: 2, storage: [1, 1, 0, 42 - 33.46])
    for (fit, ratios) in [(mixed, [0.53, 0.42]), (fixed, [0.55, 0.43])] {
      for (prediction, ratio) in zip(try fit.predict(rows), ratios) {
        expectPrinted(exp(prediction.estimate.value), ratio, digits: 2, "predicted risk ratio")
      }
    }
  }

  @Test("van Houwelingen, Arends and Stijnen 2002, pages 596, 597 and 608: BCG log odds ratios")
  func vanHouwelingen() throws {
    let (yi, vi) = PublishedData.bcgLogOddsRatios
    let fixed = try #require(try model("EE").fit(yi: yi, vi: vi).pooled)
    expectPrinted(exp(fixed.value), 0.647, digits: 3, "odds ratio")
    expectPrinted(exp(fixed.interval.lower), 0.595, digits: 3, "lower")
    let random = try model("ML").fit(yi: yi, vi: vi)
    let pooled = try #require(random.pooled)
    expectPrinted(exp(pooled.value), 0.476, digits: 3, "odds ratio")
    expectPrinted(exp(pooled.interval.lower), 0.336, digits: 3, "lower")
    expectPrinted(exp(pooled.interval.upper), 0.675, digits: 3, "upper")
    let design = Matrix(
      rows: 13, columns: 2, storage: [Double](repeating: 1, count: 13) + PublishedData.bcgLatitude)
    let mixed = try model("ML").fit(yi: yi, vi: vi, design: design, terms: ["intercept", "latitude"])
    expectPrinted(mixed.coefficients[0].value, 0.371, digits: 3, "intercept")
    expectPrinted(mixed.coefficients[1].value, -0.033, digits: 3, "slope")
    expectPrinted(mixed.coefficients[0].standardError, 0.106, digits: 3, "se of the intercept")
    expectPrinted(mixed.coefficients[1].standardError, 0.003, digits: 3, "se of the slope")
    expectPrinted(mixed.heterogeneity.tauSquared, 0.004, digits: 3, "τ² given latitude")
  }

  @Test("Yusuf, Peto, Lewis, Collins and Sleight 1985, page 107: beta blockers, short-term trials of table 6")
  func yusuf() throws {
    let rows: [(a: Double, n1: Double, c: Double, n2: Double)] = [
      (14, 56, 15, 58), (18, 66, 19, 64), (15, 100, 12, 95), (10, 52, 12, 47), (21, 226, 24, 228), (3, 38, 6, 31),
      (2, 20, 3, 20), (19, 76, 15, 67), (15, 106, 9, 114), (5, 62, 4, 57), (0, 9, 0, 8), (8, 133, 11, 127),
      (3, 48, 3, 49), (0, 16, 0, 13), (1, 42, 1, 46), (0, 25, 3, 25), (14, 221, 15, 228), (0, 11, 0, 11),
      (8, 259, 7, 129), (6, 157, 4, 158), (3, 177, 2, 136),
    ]
    let table = TwoByTwoColumns(
      events1: rows.map(\.a), total1: rows.map(\.n1), events2: rows.map(\.c), total2: rows.map(\.n2))
    let none = EffectColumns(
      yi: [Double](repeating: .nan, count: rows.count), vi: [Double](repeating: .nan, count: rows.count))
    let pooled = try #require(try Peto().fit(table, rows: none).pooled)
    expectPrinted(exp(pooled.value), 0.93, digits: 2, "odds ratio")
    expectPrinted(exp(pooled.interval.lower), 0.74, digits: 2, "lower")
    expectPrinted(exp(pooled.interval.upper), 1.18, digits: 2, "upper")
  }
}
