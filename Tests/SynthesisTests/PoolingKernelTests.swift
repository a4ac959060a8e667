import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite("Pooling: the batch kernel and hard data")
struct PoolingKernelTests {
  /// A small generator of data sets: k from 2 to 60, variances from alike to spread over twelve orders of magnitude.
  struct Generator {
    var state: UInt64

    mutating func uniform() -> Double {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      z ^= z >> 31
      return (Double(z >> 12) + 0.5) * 0x1p-52
    }

    mutating func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * Double.pi * uniform()) }

    mutating func set() -> (yi: [Double], vi: [Double]) {
      let k = 2 + Int(uniform() * 59)
      let spread = uniform() < 0.3 ? 27.6 : 6 * uniform()
      let scale = exp(6 * (uniform() - 0.5))
      let tau = uniform() < 0.2 ? 0 : exp(10 * (uniform() - 0.7))
      let outliers = uniform() < 0.3
      var yi: [Double] = []
      var vi: [Double] = []
      for _ in 0..<k {
        vi.append(scale * exp(spread * (uniform() - 0.5)))
        let far = outliers && uniform() < 0.15 ? 20 * normal() : 0
        yi.append(far + tau * normal() + (vi.last ?? 0).squareRoot() * normal())
      }
      return (yi, vi)
    }
  }

  /// The likelihood by the plainest stable formula: differences from the most precise study, two passes.
  static func logLikelihood(_ yi: [Double], _ vi: [Double], _ tau2: Double, restricted: Bool) -> Double {
    let m = vi.indices.min { vi[$0] < vi[$1] } ?? 0
    var s = 0.0
    var sd = 0.0
    var logs = 0.0
    for i in yi.indices {
      let w = 1 / (vi[i] + tau2)
      s += w
      sd += w * (yi[i] - yi[m])
      logs += log(vi[i] + tau2)
    }
    let shift = sd / s
    let q = yi.indices.reduce(0) { $0 + (yi[$1] - yi[m] - shift) * (yi[$1] - yi[m] - shift) / (vi[$1] + tau2) }
    return -0.5 * (logs + q + (restricted ? log(s) : 0))
  }

  @Test(
    "The kernel gives the bits of the full fit",
    arguments: ["EE", "FE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "PM", "PMM", "DL2"])
  func sameBits(_ code: String) throws {
    let method = try #require(PoolingMethod(code: code))
    for inference in [Inference.normal, .t, .hartungKnapp, .hartungKnappAdHoc] {
      let model = PoolingModel(method: method, inference: inference, level: 0.9)
      var kernel = try PoolingKernel(model: model)
      var generator = Generator(state: 77)
      for _ in 0..<40 {
        let (yi, vi) = generator.set()
        let row = try kernel.fit(yi: yi.span, vi: vi.span)
        let fit = try model.fit(yi: yi, vi: vi)
        let pooled = fit.coefficients[0]
        #expect(row.estimate == pooled.value && row.standardError == pooled.standardError)
        #expect(row.lower == pooled.interval.lower && row.upper == pooled.interval.upper)
        #expect(row.pValue == pooled.pValue && row.logPValue == pooled.logPValue && row.statistic == pooled.statistic)
        #expect(row.tauSquared == fit.heterogeneity.tauSquared && row.q == fit.heterogeneity.q)
        #expect(row.iSquared == fit.heterogeneity.iSquared && row.hSquared == fit.heterogeneity.hSquared)
        #expect(row.qPValue == fit.heterogeneity.qPValue)
      }
    }
  }

  @Test("The kernel refuses what it cannot give")
  func refusals() {
    for model in [
      PoolingModel(inference: .kenwardRoger), PoolingModel(method: .random(.derSimonianLaird), inference: .henmiCopas),
      PoolingModel(method: .random(.generalizedQ)),
    ] {
      #expect(throws: FitError.self) { try PoolingKernel(model: model) }
      #expect(!PoolingKernel.supports(model))
    }
  }

  @Test("Several local maxima are found, the highest wins, and a note says so")
  func severalMaxima() throws {
    // Found by searching small sets; the maxima are read off a grid of the likelihood.
    let yi = [13.5, -0.1, -0.1, -1.9, -0.1, -26.4]
    let vi = [30, 1, 0.003, 0.4, 0.02, 40]
    let reml = try PoolingModel().fit(yi: yi, vi: vi)
    expectClose(reml.heterogeneity.tauSquared ?? .nan, 99.2, relative: 0.02, "highest of 0, 0.55 and 99")
    #expect(reml.notes.contains { $0.code == "several-maxima" && $0.message.contains(" 3 ") })
    let ml = try PoolingModel(method: .random(.maximumLikelihood)).fit(yi: yi, vi: vi)
    #expect(ml.heterogeneity.tauSquared == 0)
    #expect(ml.notes.contains { $0.code == "several-maxima" && $0.message.contains(" 2 ") })
    let other = try PoolingModel().fit(yi: [0, 0.7, -0.4, 4.7, -4.5], vi: [0.003, 2, 0.01, 3, 3])
    expectClose(other.heterogeneity.tauSquared ?? .nan, 6.0, relative: 0.02, "higher of 0.128 and 6.0")
  }

  @Test("20 000 studies, with and without three moderators")
  func many() throws {
    var generator = Generator(state: 3)
    let k = 20_000
    let vi = (0..<k).map { _ in 0.02 + generator.uniform() }
    let x = (0..<k).map { _ in generator.normal() }
    let z = (0..<k).map { _ in generator.uniform() < 0.5 ? 0.0 : 1.0 }
    let u = (0..<k).map { _ in 2000 + 30 * generator.uniform() }
    let yi = (0..<k).map {
      0.3 + 0.1 * x[$0] - 0.2 * z[$0] + 0.5 * generator.normal() + vi[$0].squareRoot() * generator.normal()
    }
    let plain = try PoolingModel().fit(yi: yi, vi: vi)
    #expect(abs((plain.heterogeneity.tauSquared ?? 0) - 0.27) < 0.04)
    let design = [Double](repeating: 1, count: k) + x + z + u
    let fit = try PoolingModel().fit(
      yi: yi, vi: vi, design: .init(rows: k, columns: 4, storage: design), terms: ["intercept", "x", "z", "year"])
    #expect(abs((fit.heterogeneity.tauSquared ?? 0) - 0.25) < 0.04)
    #expect(abs(fit.coefficients[1].value - 0.1) < 5 * fit.coefficients[1].standardError)
    #expect(abs(fit.coefficients[2].value + 0.2) < 5 * fit.coefficients[2].standardError)
  }
}

@Suite("Pooling: many sets side by side")
struct GroupKernelTests {
  /// Wild sets of 1 to 70 studies, one behind the other.
  private static func sets(_ count: Int, seed: UInt64) -> (yi: [Double], vi: [Double], starts: [Int]) {
    var generator = PoolingKernelTests.Generator(state: seed)
    var (yi, vi, starts) = ([Double](), [Double](), [0])
    for index in 0..<count {
      var set = generator.set()
      // All sizes up to the lanes' longest and beyond come up, in an order that has blocks of one size, blocks of several, and
      // empty lanes at the end.
      let size = index / 5 % 71 + 1
      while set.yi.count < size {
        let more = generator.set()
        set.yi += more.yi
        set.vi += more.vi
      }
      yi += set.yi.prefix(size)
      vi += set.vi.prefix(size)
      starts.append(yi.count)
    }
    return (yi, vi, starts)
  }

  /// EVIDENCE_RANDOM_SETS says how many.
  @Test(
    "Sets side by side have the bits of sets by themselves",
    arguments: ["EE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "DL2"])
  func sameBits(_ code: String) throws {
    let (yi, vi, starts) = Self.sets(max(RandomSetsTests.sets, 355), seed: 99)
    let method = try #require(PoolingMethod(code: code))
    let model = PoolingModel(method: method, inference: .hartungKnapp, prediction: .riley)
    let results = GroupResultStorage(count: starts.count - 1)
    var kernel = try #require(try GroupKernel(model))
    let failed = yi.withUnsafeBufferPointer { y in
      vi.withUnsafeBufferPointer { v in
        starts.withUnsafeBufferPointer {
          kernel.fit(Array(0..<(starts.count - 1)), yi: y, vi: v, starts: $0, into: results.columns, first: 0).count
        }
      }
    }
    #expect(failed == 0)
    let many = results.columns
    for set in 0..<(starts.count - 1) {
      let rows = starts[set]..<starts[set + 1]
      let fit = try model.fit(yi: Array(yi[rows]), vi: Array(vi[rows]))
      let own = GroupResultStorage(count: 1)
      own.columns.store(fit, at: 0)
      let one = own.columns
      for (a, b) in [
        (many.estimate, one.estimate), (many.standardError, one.standardError), (many.lower, one.lower),
        (many.upper, one.upper), (many.p, one.p), (many.tauSquared, one.tauSquared), (many.iSquared, one.iSquared),
        (many.q, one.q), (many.qP, one.qP), (many.predictionLower, one.predictionLower),
        (many.predictionUpper, one.predictionUpper),
      ] {
        let (x, y) = (a?[set] ?? .nan, b?[0] ?? .nan)
        #expect(x == y || (x.isNaN && y.isNaN), "set \(set) of \(rows.count), \(code): \(x), alone \(y)")
      }
    }
  }

  @Test("Values that cannot be are refused set by set")
  func refused() throws {
    var kernel = try #require(try GroupKernel(PoolingModel(method: .random(.reml))))
    let results = GroupResultStorage(count: 3)
    let yi: [Double] = [0.1, 0.2, 0.1, .infinity, 0.3, 0.4]
    let vi: [Double] = [0.1, 0.2, 0.1, 0.1, 0, 0.1]
    let starts = [0, 2, 4, 6]
    let failed = yi.withUnsafeBufferPointer { y in
      vi.withUnsafeBufferPointer { v in
        starts.withUnsafeBufferPointer {
          kernel.fit([0, 1, 2], yi: y, vi: v, starts: $0, into: results.columns, first: 0).map(\.set)
        }
      }
    }
    #expect(failed.sorted() == [1, 2])
    #expect(results.columns.estimate?[0].isFinite ?? false)
  }

  @Test("What needs more than sums is not run here")
  func unsupported() throws {
    let kenwardRoger = try GroupKernel(PoolingModel(method: .random(.reml), inference: .kenwardRoger))
    if case .some = kenwardRoger { Issue.record("Kenward–Roger needs each set by itself") }
    let bootstrap = try GroupKernel(PoolingModel(method: .random(.reml), prediction: .bootstrap()))
    if case .some = bootstrap { Issue.record("the bootstrap needs each set by itself") }
  }
}
