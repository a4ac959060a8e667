#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Both tails of a distribution function at one point: the one that was computed, and the other by complement.
///
/// The computed tail is `factor · exp(exponent)`, so its logarithm never underflows. It is the small one, or close to
/// it, so that the complement does not cancel.
struct TailPair: Sendable {
  var exponent: DoubleDouble
  var factor: Double
  /// Whether the computed tail is the lower one.
  var computedIsLower: Bool

  /// The same with a factor between 1 and 2, for factors that would let the exponential underflow.
  var balanced: TailPair {
    guard factor > 0, factor.isFinite else { return self }
    let power = Int(factor.exponent)
    return TailPair(
      exponent: exponent + DoubleDouble.logRatio(DoubleDouble(2), DoubleDouble(1)) * Double(power),
      factor: scalbn(factor, Int32(clamping: -power)), computedIsLower: computedIsLower)
  }

  // The order of the arguments of `min` keeps NaN.
  private var computed: Double { min(factor * exponent.exponential, 1) }

  private var logComputed: Double { min(exponent.value + log(factor), 0) }

  var lower: Double { computedIsLower ? computed : 1 - computed }

  var upper: Double { computedIsLower ? 1 - computed : computed }

  var logLower: Double { computedIsLower ? logComputed : log1p(-computed) }

  var logUpper: Double { computedIsLower ? log1p(-computed) : logComputed }

  /// All the mass above (`lower` = 0) or below (`lower` = 1).
  static func certain(lower: Double) -> TailPair {
    TailPair(exponent: DoubleDouble(-.infinity), factor: 1, computedIsLower: lower == 0)
  }

  static let undefined = TailPair(exponent: DoubleDouble(.nan), factor: .nan, computedIsLower: true)
}

extension TailPair {
  /// The tails with their roles exchanged.
  var swapped: TailPair { TailPair(exponent: exponent, factor: factor, computedIsLower: !computedIsLower) }
}
