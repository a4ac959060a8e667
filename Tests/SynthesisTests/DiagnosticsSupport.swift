import Foundation
import NumericCore
import Synthesis

/// Studies drawn for the tests of case diagnostics.
enum DiagnosticsData {
  /// Log relative risks of the 13 BCG trials and their variances (Colditz et al. 1994), rounded to four decimals, and latitude.
  static let yi = [
    -0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.0120, -0.4694, -1.3713, -0.3394, 0.4459, -0.0173,
  ]
  static let vi = [
    0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564, 0.0730, 0.0124, 0.5325, 0.0714,
  ]
  static let latitude: [Double] = [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33]

  /// The trials, with latitude as moderator when asked for.
  static func trials(withLatitude: Bool = false, weights: [Double]? = nil) -> DiagnosticStudies {
    guard withLatitude else { return DiagnosticStudies(yi: yi, vi: vi, weights: weights) }
    let ones = [Double](repeating: 1, count: yi.count)
    return DiagnosticStudies(
      yi: yi, vi: vi, design: Matrix(columns: [ones, latitude]), terms: ["intercept", "latitude"], weights: weights)
  }

  /// Many studies: normal effects with variance `tau2`, sampling variances over a hundredfold range.
  static func many(_ count: Int, tau2: Double, seed: UInt64) -> DiagnosticStudies {
    var generator = Philox(seed: seed)
    let vi = (0..<count).map { _ in 0.01 * exp(4.6 * generator.uniform()) }
    let yi = vi.map { 0.3 + (tau2 + $0).squareRoot() * generator.normal() }
    return DiagnosticStudies(yi: yi, vi: vi)
  }
}

extension DiagnosticStudies {
  /// The fit of a model to the studies.
  func fit(_ model: PoolingModel) throws -> Fit {
    guard let design else { return try model.fit(yi: yi, vi: vi, weights: weights) }
    return try model.fit(yi: yi, vi: vi, design: design, terms: terms, weights: weights)
  }
}
