import Foundation
import NumericCore
import TestSupport
import Testing

@Suite struct RandomTests {
  /// Known answers published with the generator (Salmon et al. 2011, Random123, kat_vectors: philox4x32 10).
  @Test func knownAnswers() {
    #expect(
      Philox.block(position: 0, stream: 0, seed: 0) == (0xe169_c58d_6627_e8d5, 0x9b00_dbd8_bc57_ac4c))
    #expect(
      Philox.block(position: .max, stream: .max, seed: .max) == (0x41c8_3b0e_408f_276d, 0x6d54_51fd_a20b_c7c6))
    #expect(
      Philox.block(position: 0x85a3_08d3_243f_6a88, stream: 0x0370_7344_1319_8a2e, seed: 0x299f_31d0_a409_3822)
        == (0x94fd_cceb_d16c_fe09, 0x2412_6ea1_5001_e420))
  }

  @Test func sameSeedAndStreamSameNumbers() {
    var (a, b, c) = (Philox(seed: 7), Philox(seed: 7), Philox(seed: 7, stream: 1))
    let first = (0..<100).map { _ in a.next() }
    #expect(first == (0..<100).map { _ in b.next() })
    #expect(Set(first).isDisjoint(with: (0..<100).map { _ in c.next() }))
  }

  /// Kolmogorov's distance between a sample and its distribution, against the 1e-6 point of its limit.
  private func expectFits(_ sample: [Double], _ what: String, _ cdf: (Double) -> Double) {
    let n = Double(sample.count)
    var distance = 0.0
    for (i, x) in sample.sorted().enumerated() {
      let p = cdf(x)
      distance = max(distance, abs(p - Double(i) / n), abs(p - Double(i + 1) / n))
    }
    // P(√n D > c) ≈ 2 exp(−2c²).
    #expect(distance * n.squareRoot() < 2.69, "\(what): √n D = \(distance * n.squareRoot())")
  }

  @Test func samplesFollowTheirDistributions() throws {
    var random = Philox(seed: 20_240_601)
    let n = 8_000
    expectFits((0..<n).map { _ in random.uniform() }, "uniform") { $0 }
    expectFits((0..<n).map { _ in random.normal() }, "normal") { Normal.cdf($0) }
    for shape in [0.3, 1, 4.5, 200] {
      let gamma = try Gamma(shape: shape)
      expectFits((0..<n).map { _ in random.gamma(shape: shape) }, "gamma \(shape)") { gamma.cdf($0) }
    }
    let chi = try ChiSquared(degreesOfFreedom: 3)
    expectFits((0..<n).map { _ in random.chiSquared(degreesOfFreedom: 3) }, "chi-squared") { chi.cdf($0) }
    let beta = try Beta(a: 0.7, b: 2)
    expectFits((0..<n).map { _ in random.beta(a: 0.7, b: 2) }, "beta") { beta.cdf($0) }
  }

  @Test(arguments: [(1, 0.3), (20, 0.1), (21, 0.5), (100, 0.02), (5000, 0.7)])
  func binomialSamples(_ trials: Int, _ p: Double) throws {
    var random = Philox(seed: 11, stream: UInt64(trials))
    let distribution = try Binomial(trials: Double(trials), probability: p)
    let n = 8_000
    // A uniform number within each step of the distribution function makes the sample continuous.
    let sample = (0..<n).map { _ in
      let k = Double(random.binomial(trials: trials, probability: p))
      return distribution.cdf(k) - random.uniform() * distribution.probability(k)
    }
    expectFits(sample, "binomial \(trials) \(p)") { $0 }
    #expect(random.binomial(trials: 50, probability: 0) == 0 && random.binomial(trials: 50, probability: 1) == 50)
  }

  @Test func shufflesAreFair() {
    var random = Philox(seed: 3)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      var items = [0, 1, 2, 3]
      random.shuffle(&items)
      counts[items, default: 0] += 1
    }
    #expect(counts.count == 24)
    let chi = counts.values.map { Double(($0 - 1000) * ($0 - 1000)) / 1000 }.reduce(0, +)
    // The 1e-6 point of χ² with 23 degrees of freedom is 73.
    #expect(chi < 73)
    var numbers: [Int] = []
    random.shuffle(&numbers)
    #expect(numbers.isEmpty)
  }

  /// Draws are part of results that are printed: they must not change between versions or platforms.
  @Test func drawsAreFixed() {
    var random = Philox(seed: 1, stream: 2)
    let draws = [random.uniform(), random.normal(), random.gamma(shape: 0.5), random.gamma(shape: 7)]
    let count = random.binomial(trials: 1000, probability: 0.25)
    let whole = random.whole(below: 1_000_000)
    #expect(draws == [0.5505031244603772, -0.4838664592187601, 0.15113658958771223, 6.112843514515062])
    #expect(count == 240 && whole == 16471)
  }
}
