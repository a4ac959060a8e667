import Foundation
import NumericCore
import Synthesis
import Testing

/// Bartlett's correction of likelihood-ratio tests.
@Suite("Bartlett's correction")
struct BartlettTests {
  /// With equal variances W = k log(1 + t²/(k − 1)) and E W = k [ψ(k/2) − ψ((k − 1)/2)], which is 1 + 3/2k + O(k⁻²): the corrected
  /// statistic of a mean is W/(1 + 3/2k), exactly.
  @Test(arguments: [6, 12, 40])
  func equalVariances(k: Int) throws {
    var yi = [Double](repeating: -3, count: k)
    for i in 0..<k { yi[i] += Double((i * 7) % 11) + 0.1 * Double(i) }
    let vi = [Double](repeating: 0.02, count: k)
    let plain = try PoolingModel(method: .random(.maximumLikelihood), inference: .profileLikelihood).fit(yi: yi, vi: vi)
    let corrected = try PoolingModel(method: .random(.maximumLikelihood), inference: .profileLikelihoodBartlett)
      .fit(yi: yi, vi: vi)
    let (w, b) = (try #require(plain.pooled?.statistic), try #require(corrected.pooled?.statistic))
    let factor: Double = w * w / (b * b)
    #expect(abs(factor - 1 - 1.5 / Double(k)) < 1e-9)
    let mean = yi.reduce(0, +) / Double(k)
    var squares = 0.0
    for y in yi { squares += (y - mean) * (y - mean) }
    let s2 = squares / Double(k - 1)
    let t2 = mean * mean * Double(k) / s2
    let exact: Double = Double(k) * log(1 + t2 / Double(k - 1))
    #expect(abs(w * w - exact) < 1e-8)
  }

  /// Digamma by its recurrence and asymptotic series.
  private func digamma(_ x: Double) -> Double {
    var (x, sum) = (x, 0.0)
    while x < 10 {
      sum -= 1 / x
      x += 1
    }
    let square = 1 / (x * x)
    let series: Double = square * (1 / 12.0 - square * (1 / 120.0 - square / 252.0))
    return sum + log(x) - 0.5 / x - series
  }

  @Test func theExpansionIsThatOfTheExactExpectation() {
    for k in [20.0, 100, 1000] {
      let exact: Double = k * (digamma(k / 2) - digamma((k - 1) / 2))
      let expansion: Double = 1 + 1.5 / k
      #expect(abs(exact - expansion) < 3 / (k * k))
    }
  }

  /// 6 000 simulated sets with very unequal variances: the mean of W is near its expansion and W over the factor near 1.
  @Test func unequalVariancesBySimulation() throws {
    let vi: [Double] = (0..<14).map { i in 0.02 * pow(1.5, Double(i % 7)) }
    let tau2 = 0.5
    var generator = Philox(seed: 11, stream: 3)
    let plain = PoolingModel(method: .random(.maximumLikelihood), inference: .profileLikelihood, prediction: .none)
    let corrected = PoolingModel(
      method: .random(.maximumLikelihood), inference: .profileLikelihoodBartlett, prediction: .none)
    var (sumW, sumB) = (0.0, 0.0)
    let draws = 6_000
    for _ in 0..<draws {
      let yi = vi.map { generator.normal() * ($0 + tau2).squareRoot() }
      let w = try #require(plain.fit(yi: yi, vi: vi).pooled?.statistic)
      let b = try #require(corrected.fit(yi: yi, vi: vi).pooled?.statistic)
      sumW += w * w
      sumB += b * b
    }
    let (meanW, meanB) = (sumW / Double(draws), sumB / Double(draws))
    // The standard error of these means is 0.02.
    #expect(meanW > 1.07 && meanW < 1.24, "\(meanW)")
    #expect(abs(meanB - 1) < 0.06, "\(meanB)")
  }

  /// A slope's test in 4 000 simulated regressions.
  @Test func regressionsBySimulation() throws {
    let k = 16
    let vi: [Double] = (0..<k).map { i in 0.05 * pow(1.3, Double(i % 5)) }
    let x: [Double] = (0..<k).map { i in Double(i * i % 13) }
    let ones = [Double](repeating: 1, count: k)
    let design = Matrix(rows: k, columns: 2, storage: ones + x)
    let intercept = Matrix(rows: k, columns: 1, storage: ones)
    let model = PoolingModel(method: .random(.maximumLikelihood), prediction: .none)
    var generator = Philox(seed: 5, stream: 9)
    var (plain, corrected) = (0.0, 0.0)
    let draws = 4_000
    for _ in 0..<draws {
      let yi = vi.map { generator.normal() * ($0 + 0.6).squareRoot() }
      let full = try model.fit(yi: yi, vi: vi, design: design, terms: ["intercept", "x"])
      let reduced = try model.fit(yi: yi, vi: vi)
      let test = try LikelihoodRatioTest(full: full, reduced: reduced)
        .corrected(vi: vi, full: design, reduced: intercept, reducedFit: reduced)
      plain += test.statistic
      corrected += test.statistic / (try #require(test.bartlettFactor))
    }
    // The standard error of these means is 0.025; the second-order term left out is about 3/k².
    #expect(plain / Double(draws) > 1.1, "\(plain / Double(draws))")
    #expect(abs(corrected / Double(draws) - 1) < 0.08, "\(corrected / Double(draws))")
  }
}
