import Foundation
import Synthesis
import TestSupport
import Testing

/// Significant z and what zcurve makes of them (Tests/Reference/z-curve.R).
struct ZCurveReference: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  let z, weights: [Double]
  let err, edr, loglik: Double

  var testDescription: String { name }

  /// Studies with these z, with a standard error of 1/2 and signs that alternate.
  var studies: BiasStudies {
    BiasStudies(
      yi: z.enumerated().map { $0.offset % 2 == 0 ? 0.5 * $0.element : -0.5 * $0.element },
      vi: z.map { _ in 0.25 })
  }

  struct File: Decodable, Sendable {
    let sets: [ZCurveReference]
    let errInterval, edrInterval, soricInterval: [Double]
    enum CodingKeys: String, CodingKey {
      case sets
      case errInterval = "err_interval"
      case edrInterval = "edr_interval"
      case soricInterval = "soric_interval"
    }
  }

  /// The file; `nil` when it is not there, which a test notices.
  static let file: File? = {
    guard let url = Bundle.module.url(forResource: "z-curve", withExtension: "json", subdirectory: "Fixtures"),
      let data = try? Data(contentsOf: url)
    else { return nil }
    return try? JSONDecoder().decode(File.self, from: data)
  }()
}

@Suite struct ZCurveTests {
  private static let sets = ZCurveReference.file?.sets ?? []

  @Test func setsAreThere() { #expect(Self.sets.count == 7) }

  /// Where the likelihood is flat the reference is still on its way: never above our likelihood, and no farther than it says.
  @Test(arguments: sets)
  func ratesAreThoseOfZcurve(_ item: ZCurveReference) throws {
    let curve = try ZCurve(item.studies, replicates: 100)
    #expect(curve.significant == item.z.count && curve.count == item.z.count)
    expectClose(curve.logLikelihood, item.loglik, relative: 1e-10)
    #expect(curve.logLikelihood > item.loglik - 1e-12 * abs(item.loglik))
    let isFlat = ["ten", "nothing but false positives"].contains(item.name)
    let tolerance = isFlat ? 5e-6 : 1e-8
    expectClose(curve.replication.value, item.err, absolute: tolerance)
    expectClose(curve.discovery.value, item.edr, absolute: tolerance)
    for (weight, wanted) in zip(curve.weights, item.weights) {
      expectClose(weight, wanted, absolute: isFlat ? 5e-5 : 1e-8)
    }
    expectClose(curve.weights.reduce(0, +), 1, relative: 1e-14)
    for rate in [curve.replication, curve.discovery, curve.falseDiscovery] {
      #expect(rate.interval.lower <= rate.value && rate.value <= rate.interval.upper)
      #expect(rate.interval.lower >= 0 && rate.interval.upper <= 1)
    }
  }

  /// The package's own bootstrap, to the error of 1000 samples.
  @Test func intervalsAreThoseOfZcurve() throws {
    let file = try #require(ZCurveReference.file)
    let curve = try ZCurve(file.sets[0].studies, replicates: 1000, seed: 3)
    for (rate, wanted) in [(curve.replication, file.errInterval), (curve.discovery, file.edrInterval)] {
      expectClose(rate.interval.lower, wanted[0], absolute: 0.02)
      expectClose(rate.interval.upper, wanted[1], absolute: 0.02)
    }
    expectClose(curve.falseDiscovery.interval.lower, file.soricInterval[0], absolute: 0.003)
    expectClose(curve.falseDiscovery.interval.upper, file.soricInterval[1], absolute: 0.12)
  }

  /// Order, sign, unit, and results that are not significant change nothing but the observed rate.
  @Test func onlySignificantSizesCount() throws {
    let item = try #require(Self.sets.first)
    let base = try ZCurve(item.studies, replicates: 100, seed: 9)
    let z = item.z.map { -3 * $0 } + [0.3, -5.8, 0]
    let other = try ZCurve(
      BiasStudies(yi: z, vi: [Double](repeating: 9, count: z.count)), replicates: 100, seed: 9)
    expectClose(other.replication.value, base.replication.value, relative: 1e-12)
    expectClose(other.replication.interval.lower, base.replication.interval.lower, relative: 1e-12)
    #expect(other.significant == base.significant && other.observedDiscovery < 1)
    let reversed = try ZCurve(
      BiasStudies(yi: item.z.reversed(), vi: item.z.map { _ in 1 }), replicates: 100, seed: 9)
    expectClose(reversed.discovery.value, base.discovery.value, relative: 1e-9)
  }

  @Test func badInput() {
    let few = BiasStudies(yi: [Double](repeating: 2.5, count: 9) + [7, 8], vi: [Double](repeating: 1, count: 11))
    #expect {
      try ZCurve(few)
    } throws: {
      if case FitError.tooFewStudies(10, 9, _) = $0 { true } else { false }
    }
    let ten = BiasStudies(yi: [Double](repeating: 2.5, count: 10), vi: [Double](repeating: 1, count: 10))
    #expect(throws: Never.self) { try ZCurve(ten, replicates: 100) }
    #expect(throws: FitError.self) { try ZCurve(ten, replicates: 99) }
    #expect(throws: FitError.noStudies) { try ZCurve(BiasStudies(yi: [], vi: [])) }
    #expect(throws: FitError.self) { try ZCurve(BiasStudies(yi: ten.yi + [1], vi: ten.vi + [0])) }
  }
}
