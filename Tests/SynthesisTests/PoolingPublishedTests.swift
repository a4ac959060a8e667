import Foundation
import NumericCore
import Synthesis
import Testing

/// Published results, to half a unit of the last printed digit.
@Suite("Pooling against published tables")
struct PoolingPublishedTests {
  private func expectPrinted(
    _ got: Double?, _ printed: Double, digits: Int, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let got else {
      Issue.record("\(what) is missing", sourceLocation: sourceLocation)
      return
    }
    let unit = pow(10, -Double(digits))
    #expect(
      abs(got - printed) <= 0.5 * unit * (1 + 1e-9), "\(what): got \(got), printed \(printed)",
      sourceLocation: sourceLocation)
  }

  @Test("van Houwelingen, Arends and Stijnen 2002, section 3: BCG log odds ratios")
  func vanHouwelingen() throws {
    let (yi, vi) = PublishedData.bcgLogOddsRatios
    let fixed = try #require(PoolingModel(method: .equalEffects).fit(yi: yi, vi: vi).pooled)
    expectPrinted(fixed.value, -0.436, digits: 3, "fixed mean")
    expectPrinted(fixed.standardError, 0.042, digits: 3, "fixed se")
    let random = try PoolingModel(method: .random(.maximumLikelihood), tauSquaredInterval: .qProfile)
      .fit(yi: yi, vi: vi)
    expectPrinted(random.pooled?.value, -0.742, digits: 3, "ML mean")
    expectPrinted(random.pooled?.standardError, 0.178, digits: 3, "ML se")
    expectPrinted(random.heterogeneity.tauSquared, 0.302, digits: 3, "ML τ²")
    // The metafor project's page on this paper gives the Q-profile interval, 0.1302 to 1.1812; its root search stops at 1e-4.
    expectPrinted(random.heterogeneity.tauSquaredInterval?.lower, 0.130, digits: 3, "Q-profile lower")
    expectPrinted(random.heterogeneity.tauSquaredInterval?.upper, 1.181, digits: 3, "Q-profile upper")
  }

  @Test("metafor's documentation of confint: BCG log risk ratios")
  func bcgRiskRatios() throws {
    let (yi, vi) = PublishedData.bcgLogRiskRatios
    let fit = try PoolingModel(tauSquaredInterval: .qProfile).fit(yi: yi, vi: vi)
    expectPrinted(fit.pooled?.value, -0.7145, digits: 4, "mean")
    expectPrinted(fit.pooled?.standardError, 0.1798, digits: 4, "se")
    let h = fit.heterogeneity
    expectPrinted(h.tauSquared, 0.3132, digits: 4, "τ²")
    expectPrinted(h.tauSquaredStandardError, 0.1664, digits: 4, "se of τ²")
    expectPrinted(h.tauSquaredInterval?.lower, 0.1197, digits: 4, "τ² lower")
    expectPrinted(h.tauSquaredInterval?.upper, 1.1115, digits: 4, "τ² upper")
    expectPrinted(h.iSquared.map { 100 * $0 }, 92.22, digits: 2, "I²")
    expectPrinted(h.iSquaredInterval.map { 100 * $0.lower }, 81.92, digits: 2, "I² lower")
    expectPrinted(h.iSquaredInterval.map { 100 * $0.upper }, 97.68, digits: 2, "I² upper")
    expectPrinted(h.q, 152.2330, digits: 4, "Q")
  }

  @Test("Raudenbush and Bryk 1985; 2002, tables 7.2 and 7.3: teacher expectancy")
  func teacherExpectancy() throws {
    let data = PublishedData.expectancy
    let plain = try PoolingModel().fit(yi: data.yi, vi: data.vi)
    expectPrinted(plain.pooled?.value, 0.084, digits: 3, "mean")
    expectPrinted(plain.pooled?.standardError, 0.052, digits: 3, "se")
    expectPrinted(plain.heterogeneity.tauSquared, 0.019, digits: 3, "τ²")
    expectPrinted(plain.heterogeneity.q, 35.83, digits: 2, "Q")
    let ones = [Double](repeating: 1, count: data.yi.count)
    let design = Matrix(rows: ones.count, columns: 2, storage: ones + data.weeks)
    let fit = try PoolingModel().fit(yi: data.yi, vi: data.vi, design: design, terms: ["intercept", "weeks"])
    expectPrinted(fit.coefficients[0].value, 0.407, digits: 3, "intercept")
    expectPrinted(fit.coefficients[0].standardError, 0.087, digits: 3, "se of the intercept")
    expectPrinted(fit.coefficients[1].value, -0.157, digits: 3, "slope")
    expectPrinted(fit.coefficients[1].standardError, 0.036, digits: 3, "se of the slope")
    expectPrinted(fit.heterogeneity.tauSquared, 0, digits: 3, "τ² given weeks")
    expectPrinted(fit.heterogeneity.q, 16.57, digits: 2, "Q_E given weeks")
  }

  @Test("Normand 1999, section 4.3 and table V: length of stay, pooled standard deviations")
  func lengthOfStay() throws {
    let yi = PublishedData.stay.map { $0.m1 - $0.m2 }
    let vi = PublishedData.stay.map { s in
      ((s.n1 - 1) * s.s1 * s.s1 + (s.n2 - 1) * s.s2 * s.s2) / (s.n1 + s.n2 - 2) * (1 / s.n1 + 1 / s.n2)
    }
    let fixed = try PoolingModel(method: .equalEffects).fit(yi: yi, vi: vi)
    expectPrinted(fixed.pooled?.value, -3.49, digits: 2, "fixed mean")
    expectPrinted(fixed.heterogeneity.q, 241.06, digits: 2, "Q")
    let dl = try PoolingModel(method: .random(.derSimonianLaird)).fit(yi: yi, vi: vi)
    expectPrinted(dl.heterogeneity.tauSquared, 218.72, digits: 2, "DL τ²")
    expectPrinted(dl.pooled?.value, -14.10, digits: 2, "DL mean")
  }

  @Test("Normand 1999, table IV: lidocaine, risk differences")
  func lidocaine() throws {
    let cells: [(a: Double, n1: Double, c: Double, n2: Double)] = [
      (2, 39, 1, 43), (4, 44, 4, 44), (6, 107, 4, 110), (7, 103, 5, 100), (7, 110, 3, 106), (11, 154, 4, 146),
    ]
    let yi = cells.map { $0.a / $0.n1 - $0.c / $0.n2 }
    let vi = cells.map { $0.a * ($0.n1 - $0.a) / pow($0.n1, 3) + $0.c * ($0.n2 - $0.c) / pow($0.n2, 3) }
    let fit = try #require(PoolingModel(method: .equalEffects).fit(yi: yi, vi: vi).pooled)
    expectPrinted(fit.value, 0.029, digits: 3, "risk difference")
    expectPrinted(fit.standardError, 0.013, digits: 3, "se")
  }
}
