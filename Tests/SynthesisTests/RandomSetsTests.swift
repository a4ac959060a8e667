import Foundation
import NumericCore
import Synthesis
import Testing

/// Every estimator on random sets, k from 2 to 60 and variances spread over up to twelve orders of magnitude, against slow and safe
/// computations: a grid search of the likelihoods, bisection of monotone equations, closed forms in two passes.
///
/// The suite runs 500 sets an estimator; `make test-random` runs 100 000 (EVIDENCE_RANDOM_SETS says how many).
@Suite("Random sets")
struct RandomSetsTests {
  static let sets = Int(ProcessInfo.processInfo.environment["EVIDENCE_RANDOM_SETS"] ?? "") ?? 500

  /// Q, Σw and the mean at τ², in two passes around the most precise study.
  private struct Slow {
    let yi, vi: [Double]
    private let centre: Double

    init(_ yi: [Double], _ vi: [Double]) {
      self.yi = yi
      self.vi = vi
      centre = yi[vi.indices.min { vi[$0] < vi[$1] } ?? 0]
    }

    var k: Double { Double(yi.count) }

    /// Σa(y − ȳₐ)² with ȳₐ the mean by these weights.
    func spread(_ a: [Double]) -> Double {
      var (sum, shifted) = (0.0, 0.0)
      for i in yi.indices {
        sum += a[i]
        shifted += a[i] * (yi[i] - centre)
      }
      let mean = shifted / sum
      var q = 0.0
      for i in yi.indices {
        let r = yi[i] - centre - mean
        q += a[i] * r * r
      }
      return q
    }

    func weights(_ tau2: Double) -> [Double] { vi.map { 1 / ($0 + tau2) } }

    func q(_ tau2: Double) -> Double { spread(weights(tau2)) }

    /// The moment estimate from Σa(y − ȳₐ)², with the size of what is subtracted.
    func moment(_ a: [Double]) -> (value: Double, size: Double) {
      var (s1, s2, av, aav) = (0.0, 0.0, 0.0, 0.0)
      for i in yi.indices {
        s1 += a[i]
        s2 += a[i] * a[i]
        av += a[i] * vi[i]
        aav += a[i] * a[i] * vi[i]
      }
      let expected = av - aav / s1
      // tr: Σa − Σa²/Σa as Σa(Σ of the other a)/Σa, without cancellation.
      var trace = 0.0
      for i in a.indices {
        var others = 0.0
        for j in a.indices where j != i { others += a[j] }
        trace += a[i] * others / s1
      }
      let spread = spread(a)
      return ((spread - expected) / trace, (spread + av) / trace)
    }

    /// The root of Q(τ²) = target by bisection, 0 when Q(0) is below.
    func root(_ target: Double) -> Double {
      guard q(0) > target else { return 0 }
      var (low, high) = (0.0, 1e-12)
      while q(high) > target { high *= 4 }
      for _ in 0..<300 {
        let middle = 0.5 * (low + high)
        if middle == low || middle == high { break }
        if q(middle) > target { low = middle } else { high = middle }
      }
      return 0.5 * (low + high)
    }
  }

  /// What an estimate must be, with how far it may be off; `nil` when another check is made.
  private func expected(_ code: String, _ slow: Slow, _ weights: [Double]) throws -> (value: Double, tolerance: Double)?
  {
    let df = slow.k - 1
    func closed(_ estimate: (value: Double, size: Double)) -> (value: Double, tolerance: Double) {
      (max(0, estimate.value), 1e-9 * estimate.size)
    }
    func solved(_ root: Double) -> (value: Double, tolerance: Double) {
      (root, 1e-8 * root + 1e-9 * (slow.vi.min() ?? 0))
    }
    let precisions = slow.weights(0)
    switch code {
    case "DL": return closed(slow.moment(precisions))
    case "HE": return closed(slow.moment([Double](repeating: 1, count: slow.yi.count)))
    case "GENQ": return closed(slow.moment(weights))
    case "DL2":
      let first = slow.moment(precisions)
      let second = slow.moment(slow.weights(max(0, first.value)))
      return (max(0, second.value), 1e-7 * (first.size + second.size))
    case "HS", "HSk":
      let total = precisions.reduce(0, +)
      let factor = code == "HS" ? 1 : slow.k / df
      let q = slow.q(0)
      return (max(0, factor * q - slow.k) / total, 1e-9 * (q + slow.k) / total)
    case "SJ":
      let start = slow.spread([Double](repeating: 1, count: slow.yi.count)) / slow.k
      let value = slow.spread(slow.vi.map { 1 / ($0 / start + 1) }) / df
      return (value, 1e-8 * value)
    case "PM", "EB", "DLIT": return solved(slow.root(df))
    case "PMM": return solved(slow.root(try ChiSquared(degreesOfFreedom: df).quantile(0.5)))
    default: return nil
    }
  }

  /// The highest likelihood over a grid from far below the smallest variance to far above every effect.
  private func best(_ slow: Slow, restricted: Bool) -> Double {
    var best = PoolingKernelTests.logLikelihood(slow.yi, slow.vi, 0, restricted: restricted)
    let low = 1e-4 * (slow.vi.min() ?? 1)
    let high = 1e3 * (slow.yi.reduce(0) { $0 + $1 * $1 } + (slow.vi.max() ?? 1))
    for step in 0...120 {
      let t = low * pow(high / low, Double(step) / 120)
      best = max(best, PoolingKernelTests.logLikelihood(slow.yi, slow.vi, t, restricted: restricted))
    }
    return best
  }

  @Test("No NaN, no failure, no wrong root", arguments: TauSquaredEstimator.all.map(\.code))
  func everyEstimator(_ code: String) throws {
    let estimator = try #require(TauSquaredEstimator(code: code))
    let model = PoolingModel(method: .random(estimator), inference: .hartungKnapp)
    // The exact law of Q costs a thousand times the rest.
    let stride = code == "GENQM" ? 50 : 1
    var generator = PoolingKernelTests.Generator(state: 11)
    for index in 0..<Self.sets {
      let (yi, vi) = generator.set()
      guard index % stride == 0 else { continue }
      let weights = vi.map { 1 / $0.squareRoot() }
      let fit = try model.fit(yi: yi, vi: vi, weights: estimator.needsWeights ? weights : nil)
      let tau2 = try #require(fit.heterogeneity.tauSquared)
      let row = fit.coefficients[0]
      let isSound =
        tau2.isFinite && tau2 >= 0 && row.value.isFinite && row.standardError.isFinite && fit.convergence.converged
        && fit.heterogeneity.tauSquaredStandardError?.isFinite ?? false && fit.heterogeneity.iSquared?.isFinite ?? false
      #expect(isSound, "set \(index), k = \(yi.count)")
      let slow = Slow(yi, vi)
      if let (value, tolerance) = try expected(code, slow, weights) {
        #expect(abs(tau2 - value) <= tolerance, "set \(index), k = \(yi.count): got \(tau2), want \(value)")
      } else if code == "REML" || code == "ML" {
        let reached = PoolingKernelTests.logLikelihood(yi, vi, tau2, restricted: code == "REML")
        let best = best(slow, restricted: code == "REML")
        #expect(reached >= best - 1e-9 * (1 + abs(reached)), "set \(index), k = \(yi.count): \(reached), \(best)")
      } else if code == "SJIT", tau2 > 0 {
        let next = slow.spread(vi.map { tau2 / ($0 + tau2) }) / (slow.k - 1)
        #expect(abs(next - tau2) <= 1e-8 * tau2, "set \(index), k = \(yi.count): \(tau2) goes to \(next)")
      }
    }
  }
}
