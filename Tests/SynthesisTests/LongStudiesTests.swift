import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

/// Sets of more than 64 studies, which are summed where they lie, by blocks, and by several threads when there are some.
@Suite("Pooling: long sets")
struct LongStudiesTests {
  /// Q, the mean and the moment estimator by their definitions, in compensated sums over differences from the most precise study.
  private struct Definition {
    var q: Double
    var mean: Double
    var tauSquared: Double

    init(_ yi: [Double], _ vi: [Double]) {
      let m = vi.indices.min { vi[$0] < vi[$1] } ?? 0
      var (s1, sd, s2, rest) = (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
      for i in yi.indices {
        let w = 1 / vi[i]
        s1.add(w)
        s2.add(product: w, w)
        sd.add(product: w, yi[i] - yi[m])
        if i != m { rest.add(w) }
      }
      let shift = sd.value / s1.value
      var squares = CompensatedSum()
      for i in yi.indices {
        let r = yi[i] - yi[m] - shift
        squares.add(product: r / vi[i], r)
      }
      (q, mean) = (squares.value, yi[m] + shift)
      // S1 − S2/S1 = Σ wᵢ(S1 − wᵢ)/S1, in which the most precise study's S1 − w is the sum of the others.
      var trace = CompensatedSum()
      for i in yi.indices {
        let w = 1 / vi[i]
        trace.add(product: w, (i == m ? rest.value : s1.value - w) / s1.value)
      }
      tauSquared = max(0, (q - Double(yi.count - 1)) / trace.value)
    }
  }

  private static func studies(_ k: Int, reference: Int, spread: Double, offset: Double) -> (yi: [Double], vi: [Double])
  {
    var generator = PoolingKernelTests.Generator(state: UInt64(k + 31 * reference))
    var vi = (0..<k).map { _ in exp(spread * generator.uniform()) }
    vi[reference] = 0.5
    return (vi.map { offset + 0.7 * generator.normal() + $0.squareRoot() * generator.normal() }, vi)
  }

  @Test(arguments: [65, 66, 67, 68, 69, 2047, 2049, 32_768, 40_001])
  func sumsAreThoseOfTheDefinition(_ k: Int) throws {
    for reference in [0, 1, 2, 3, k / 2, k - 4, k - 3, k - 2, k - 1] {
      for (spread, offset) in [(2.0, 0.3), (20, 0.3), (2, 1e6)] {
        let (yi, vi) = Self.studies(k, reference: reference, spread: spread, offset: offset)
        let want = Definition(yi, vi)
        let fit = try PoolingModel(method: .random(.derSimonianLaird)).fit(yi: yi, vi: vi)
        let equal = try PoolingModel(method: .equalEffects).fit(yi: yi, vi: vi)
        let what = "k = \(k), the most precise at \(reference), spread \(spread), offset \(offset)"
        // At an offset of 1e6 estimates have ten digits behind the point.
        let slack = offset > 1 ? 1e-9 : 1e-12
        expectClose(equal.heterogeneity.q ?? .nan, want.q, relative: slack, "Q, \(what)")
        expectClose(equal.pooled?.value ?? .nan, want.mean, relative: 1e-13, absolute: slack, "mean, \(what)")
        expectClose(
          fit.heterogeneity.tauSquared ?? .nan, want.tauSquared, relative: slack, absolute: slack, "τ², \(what)")
      }
    }
  }

  /// The restricted likelihood is highest where its derivative, by the definitions at τ² itself, is 0.
  @Test func scoreIsZeroAtREML() throws {
    let (yi, vi) = Self.studies(5001, reference: 77, spread: 3, offset: -2)
    let fit = try PoolingModel().fit(yi: yi, vi: vi)
    let tau2 = try #require(fit.heterogeneity.tauSquared)
    let mean = try #require(fit.pooled?.value)
    var (s1, s2, squares) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for i in yi.indices {
      let w = 1 / (vi[i] + tau2)
      s1.add(w)
      s2.add(product: w, w)
      squares.add(product: w * w * (yi[i] - mean), yi[i] - mean)
    }
    let trace = s1.value - s2.value / s1.value
    #expect(tau2 > 0.1)
    expectClose(squares.value, trace, relative: 1e-10, "y'PPy and tr P at REML")
  }

  @Test("Threads change no bit", arguments: ["DL", "REML", "PM", "HE", "SJ", "EE"])
  func threads(_ code: String) throws {
    let (yi, vi) = Self.studies(150_003, reference: 99_999, spread: 4, offset: 1)
    let method = try #require(PoolingMethod(code: code))
    let model = PoolingModel(method: method, inference: .hartungKnapp)
    let fit = try model.fit(yi: yi, vi: vi)
    for threads in [1, 2, 3, 8] {
      var kernel = try #require(try GroupKernel(model))
      kernel.threads = threads
      let results = GroupResultStorage(count: 1)
      let failed = yi.withUnsafeBufferPointer { y in
        vi.withUnsafeBufferPointer { v in
          [0, yi.count].withUnsafeBufferPointer {
            kernel.fit([0], yi: y, vi: v, starts: $0, into: results.columns, first: 0).count
          }
        }
      }
      #expect(failed == 0)
      #expect(results.columns.estimate?[0] == fit.pooled?.value)
      #expect(results.columns.standardError?[0] == fit.pooled?.standardError)
      #expect(results.columns.q?[0] == fit.heterogeneity.q)
      if code != "EE" { #expect(results.columns.tauSquared?[0] == fit.heterogeneity.tauSquared) }
    }
  }

  @Test("One value that cannot be is found in a long set, whoever looks")
  func refused() throws {
    var (yi, vi) = Self.studies(150_003, reference: 5, spread: 4, offset: 1)
    (yi[140_000], vi[70_000]) = (.infinity, 0)
    for threads in [1, 3] {
      var kernel = try #require(try GroupKernel(PoolingModel()))
      kernel.threads = threads
      let results = GroupResultStorage(count: 1)
      let failed = yi.withUnsafeBufferPointer { y in
        vi.withUnsafeBufferPointer { v in
          [0, yi.count].withUnsafeBufferPointer {
            kernel.fit([0], yi: y, vi: v, starts: $0, into: results.columns, first: 0).map { "\($0.error)" }
          }
        }
      }
      #expect(failed.count == 1)
      #expect(failed.first?.contains("study 70001") ?? false)
    }
  }
}
