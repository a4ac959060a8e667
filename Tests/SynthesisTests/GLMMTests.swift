import EffectSizes
import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite struct GLMMTests {
  static func fit(_ c: CountCase) throws -> Fit {
    switch c.measure {
    case "PLO":
      return try OneGroupGLMM(level: c.level).fit(
        ProportionColumns(events: c.column("events"), total: c.column("total")))
    case "IRLN":
      return try OneGroupGLMM(level: c.level).fit(RateColumns(events: c.column("events"), time: c.column("time")))
    case "IRR":
      return try GLMM(model: try #require(GLMM.Model(rawValue: c.model ?? "")), level: c.level).fit(c.personTime)
    default:
      return try GLMM(model: try #require(GLMM.Model(rawValue: c.model ?? "")), level: c.level).fit(c.table)
    }
  }

  @Test(arguments: try CountCase.load { $0.method == "GLMM" }) func agreesWithReference(_ c: CountCase) throws {
    let fit = try Self.fit(c)
    #expect(fit.convergence.converged)
    let got = c.values(of: fit)
    for (name, want) in c.expect {
      let value = try #require(got[name] ?? nil, "\(name) is missing")
      expectClose(value, want, relative: c.rtol, absolute: c.atol, "\(c.id) \(name)")
    }
  }
}

@Suite struct GLMMPropertyTests {
  static let models = GLMM.Model.allCases

  @Test(arguments: models) func swappingAndPermuting(_ model: GLMM.Model) throws {
    var random = TestRandom(state: 21)
    for _ in 0..<12 {
      let table = random.tables(7, size: 40, baseline: -1.5, effect: 0.5, tau: 0.6)
      let order = (0..<7).shuffled(using: &random)
      let fit = try GLMM(model: model).fit(table)
      let other = try GLMM(model: model).fit(table.permuted(order).swapped)
      try expectOpposite(fit, other, model.rawValue)
      if let tau2 = fit.heterogeneity.tauSquared {
        expectClose(try #require(other.heterogeneity.tauSquared), tau2, relative: 1e-8, absolute: 1e-12)
      }
    }
  }

  /// Ten studies of 50 a group with risks 0.10 and 0.15, where other software stops without a result.
  @Test(arguments: models) func sparseSimulationsAllConverge(_ model: GLMM.Model) throws {
    var random = TestRandom(state: 45)
    for _ in 0..<15 {
      let table = TwoByTwoColumns(
        (0..<10).map { _ in
          let (a, c) = (random.binomial(50, 0.10), random.binomial(50, 0.15))
          return [a, 50 - a, c, 50 - c]
        })
      let fit = try GLMM(model: model).fit(table)
      #expect(fit.convergence.converged && !fit.notes.contains { $0.code == "fallback" })
      let pooled = try #require(fit.pooled)
      #expect(abs(pooled.value) < 2 && pooled.standardError > 0.1 && pooled.standardError < 1)
    }
  }

  /// log Σ over a fine grid of u of P(a | θ = μ + τu) φ(u), by the definition of the non-central hypergeometric.
  static func slowLikelihood(_ table: TwoByTwoColumns, _ mu: Double, _ tau: Double) -> Double {
    var total = 0.0
    for i in 0..<table.count {
      let (n1, n2, events) = (table.a[i] + table.b[i], table.c[i] + table.d[i], table.a[i] + table.c[i])
      let support = stride(from: max(0, events - n2), through: min(n1, events), by: 1)
      let logWeights = support.map { logChoose(n1, $0) + logChoose(n2, events - $0) }
      var integral = 0.0
      for u in stride(from: -8.0, through: 8, by: 0.1) {
        let theta = mu + tau * u
        var sum = 0.0
        for (x, w) in zip(support, logWeights) { sum += exp(w + theta * x) }
        let observed = logChoose(n1, table.a[i]) + logChoose(n2, table.c[i]) + theta * table.a[i]
        integral += exp(observed - u * u / 2) / sum * 0.1
      }
      total += log(integral / (2 * Double.pi).squareRoot())
    }
    return total
  }

  static func logChoose(_ n: Double, _ x: Double) -> Double { lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1) }

  @Test func exactLikelihoodIsRightAndGloballyMaximal() throws {
    var random = TestRandom(state: 31)
    for _ in 0..<3 {
      let table = random.tables(5, size: 12, baseline: -1, effect: 0.5, tau: 1)
      let fit = try GLMM(model: .conditionalExact).fit(table)
      guard let tau2 = fit.heterogeneity.tauSquared, let best = fit.likelihood?.logLikelihood else { continue }
      let mu = fit.coefficients[0].value
      expectClose(best, Self.slowLikelihood(table, mu, tau2.squareRoot()), relative: 1e-9)
      for tau in [0.0, 0.2, 0.5, 1, 1.6, 2.4] {
        for step in [-1.5, -0.7, -0.2, 0, 0.2, 0.7, 1.5] {
          #expect(Self.slowLikelihood(table, mu + step, tau) < best + 1e-9)
        }
      }
    }
  }

  /// Equal tables have no heterogeneity: τ² = 0, and the conditional estimate of one table repeated.
  @Test(arguments: models) func equalTables(_ model: GLMM.Model) throws {
    let table = TwoByTwoColumns(Array(repeating: [12, 88, 20, 80], count: 6))
    let fit = try GLMM(model: model).fit(table)
    #expect(fit.heterogeneity.tauSquared == 0)
    #expect(fit.notes.contains { $0.code == "tau2-zero" })
    if model == .fixedStudies {
      expectClose(fit.coefficients[0].value, log(12 * 80 / (88.0 * 20)), relative: 1e-10)
      let variance = (1 / 12.0 + 1 / 88.0 + 1 / 20.0 + 1 / 80.0) / 6
      expectClose(fit.covariance[0, 0], variance, relative: 1e-9)
    }
  }

  @Test(arguments: models) func separationFallsBack(_ model: GLMM.Model) throws {
    let fit = try GLMM(model: model).fit(TwoByTwoColumns([[0, 20, 4, 18], [0, 33, 2, 35], [0, 40, 6, 30]]))
    let pooled = try #require(fit.pooled)
    #expect(fit.notes.contains { $0.code == "fallback" })
    #expect(fit.heterogeneity.tauSquared == nil && pooled.value < -1 && pooled.value > -6)
    #expect(pooled.standardError.isFinite && fit.convergence.converged)
  }

  /// Studies without events in one group, half of them in each: τ² grows without bound.
  @Test func unboundedHeterogeneityFallsBack() throws {
    let table = TwoByTwoColumns([[0, 20, 9, 11], [9, 11, 0, 20], [0, 30, 8, 22], [8, 22, 0, 30]])
    let fit = try GLMM(model: .conditionalExact).fit(table)
    #expect(fit.notes.contains { $0.code == "fallback" })
    expectClose(try #require(fit.pooled).value, 0, absolute: 1e-9)
  }

  @Test func uninformativeTablesAreLeftOut() throws {
    let table = TwoByTwoColumns([[3, 20, 4, 18], [0, 33, 0, 35], [5, 0, 6, 0], [.nan, 1, 1, 1], [6, 40, 2, 38]])
    for model in GLMM.Model.allCases {
      let fit = try GLMM(model: model).fit(table)
      let without = try GLMM(model: model).fit(table.permuted([0, 4]))
      #expect(fit.k == 2 && fit.coefficients[0].value == without.coefficients[0].value)
      #expect(fit.notes.contains { $0.code == "uninformative-studies" })
    }
    #expect(throws: FitError.self) { try GLMM().fit(table.permuted([1, 2])) }
    #expect(throws: FitError.noStudies) { try GLMM().fit(table.permuted([3])) }
  }

  @Test func badInput() throws {
    #expect(throws: FitError.self) { try GLMM(model: .conditionalExact).fit(TwoByTwoColumns([[1.5, 2, 3, 4]])) }
    #expect(throws: FitError.self) { try OneGroupGLMM().fit(ProportionColumns(events: [5], total: [4])) }
    #expect(throws: FitError.noStudies) { try OneGroupGLMM().fit(RateColumns(events: [.nan], time: [4])) }
    let rates = PersonTimeColumns(events1: [1, 2], time1: [10, 20], events2: [3, 4], time2: [10, 20])
    #expect(throws: FitError.self) { try GLMM(model: .conditionalApproximate).fit(rates) }
  }

  /// One study: its own logit and standard error, without heterogeneity.
  @Test func oneStudy() throws {
    let fit = try OneGroupGLMM().fit(ProportionColumns(events: [7], total: [20]))
    expectClose(fit.coefficients[0].value, log(7 / 13.0), relative: 1e-12)
    expectClose(fit.covariance[0, 0], 1 / 7.0 + 1 / 13.0, relative: 1e-10)
    #expect(fit.heterogeneity.tauSquared == nil && fit.heterogeneity.q == nil)
  }

  /// Q is the likelihood-ratio test against the saturated model: metafor 3.8-1, rma.glmm()$QE.LRT.
  @Test func heterogeneityTest() throws {
    let wanted = [
      "glmm-or-um.fs-bcg": 176.9544, "glmm-or-cm.al-egger2001": 54.42532, "glmm-irr-cm.el-nielweise2008": 11.60177,
      "glmm-irr-um.fs-nielweise2008": 11.60177, "glmm-plo-um.fs-pritz1997": 42.2324, "glmm-irln-um.fs-rates1": 37.79712,
    ]
    for c in try CountCase.load(where: { wanted[$0.id] != nil }) {
      let q = try #require(try GLMMTests.fit(c).heterogeneity.q)
      expectClose(q, try #require(wanted[c.id]), relative: 1e-6, c.id)
    }
  }
}
