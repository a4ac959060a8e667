#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Adjustment of p-values for the number of tests.
public enum MultiplicityAdjustment: String, Sendable, CaseIterable {
  /// The p-values as they are.
  case none
  /// m p: family-wise error, any dependence.
  case bonferroni
  /// 1 − (1 − p)ᵐ: family-wise error, independent or positively dependent tests (Šidák 1967).
  case sidak
  /// Step-down Bonferroni (Holm 1979): family-wise error, any dependence.
  case holm
  /// Step-up (Hochberg 1988): family-wise error, independent or positively dependent tests.
  case hochberg
  /// Closed Simes tests (Hommel 1988): family-wise error, independent or positively dependent tests.
  case hommel
  /// False discovery rate, independent or positively dependent tests (Benjamini and Hochberg 1995).
  case benjaminiHochberg = "bh"
  /// False discovery rate, any dependence (Benjamini and Yekutieli 2001).
  case benjaminiYekutieli = "by"

  /// The adjusted p-values, in the order given, each at most 1.
  public func adjust(_ pValues: [Double]) -> [Double] {
    let m = Double(pValues.count)
    switch self {
    case .none: return pValues
    case .bonferroni: return pValues.map { min(1, m * $0) }
    case .sidak: return pValues.map { -expm1(m * log1p(-$0)) }
    case .holm: return stepDown(pValues) { (m - Double($0)) * $1 }
    case .hochberg: return stepUp(pValues) { (m - Double($0)) * $1 }
    case .hommel: return hommel(pValues)
    case .benjaminiHochberg: return stepUp(pValues) { m / Double($0 + 1) * $1 }
    case .benjaminiYekutieli:
      let harmonic = (0..<pValues.count).reduce(0.0) { $0 + 1 / Double($1 + 1) }
      return stepUp(pValues) { harmonic * m / Double($0 + 1) * $1 }
    }
  }

  /// Running maximum from the smallest p-value on; `multiply` gets the rank from 0 and the p-value.
  private func stepDown(_ pValues: [Double], _ multiply: (Int, Double) -> Double) -> [Double] {
    var adjusted = pValues
    var largest = 0.0
    for (rank, place) in Self.order(pValues).enumerated() {
      largest = max(largest, min(1, multiply(rank, pValues[place])))
      adjusted[place] = largest
    }
    return adjusted
  }

  /// Running minimum from the largest p-value down.
  private func stepUp(_ pValues: [Double], _ multiply: (Int, Double) -> Double) -> [Double] {
    var adjusted = pValues
    var smallest = 1.0
    for (rank, place) in Self.order(pValues).enumerated().reversed() {
      smallest = min(smallest, multiply(rank, pValues[place]))
      adjusted[place] = smallest
    }
    return adjusted
  }

  /// Wright (1992), Biometrics 48, 1005–1013, appendix: for m from the number of tests down to 2, the Simes bound over
  /// subsets of size m.
  private func hommel(_ pValues: [Double]) -> [Double] {
    let n = pValues.count
    guard n > 1 else { return pValues }
    let order = Self.order(pValues)
    let sorted = order.map { pValues[$0] }
    var adjusted = sorted
    for m in stride(from: n, through: 2, by: -1) {
      var bound = Double.infinity
      for i in (n - m + 1)..<n { bound = min(bound, Double(m) * sorted[i] / Double(m - n + i + 1)) }
      for i in (n - m + 1)..<n { adjusted[i] = max(adjusted[i], bound) }
      for i in 0...(n - m) { adjusted[i] = max(adjusted[i], min(bound, Double(m) * sorted[i])) }
    }
    var result = pValues
    for (rank, place) in order.enumerated() { result[place] = min(1, adjusted[rank]) }
    return result
  }

  private static func order(_ pValues: [Double]) -> [Int] {
    pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  }
}
