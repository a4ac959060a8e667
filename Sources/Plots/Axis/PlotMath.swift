/// Logarithm and exponential made of IEEE operations only.
///
/// System libraries differ in the last digit between machines; a picture's coordinates must not. The relative error is
/// about 1e-15, far below the two decimals that are drawn.
package enum PlotMath {
  /// ln 2.
  private static let ln2 = 0.693147180559945309417232121458

  /// Natural logarithm; not-a-number for negative values, −∞ at 0.
  package static func log(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return value == 0 ? -.infinity : (value > 0 ? value : .nan) }
    var exponent = Double(value.exponent)
    var mantissa = value.significand
    if mantissa > 1.4142135623730951 {
      mantissa /= 2
      exponent += 1
    }
    // ln m = 2 artanh((m − 1)/(m + 1)), |argument| ≤ 0.172.
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var term = ratio
    var sum = 0.0
    var odd = 1.0
    while abs(term) > 1e-18 {
      sum += term / odd
      term *= square
      odd += 2
    }
    return exponent * ln2 + 2 * sum
  }

  /// Exponential.
  package static func exp(_ value: Double) -> Double {
    guard value.isFinite else { return value == -.infinity ? 0 : value }
    if value > 709.7 { return .infinity }
    if value < -745 { return 0 }
    let twos = (value / ln2).rounded()
    let rest = value - twos * ln2
    var term = 1.0
    var sum = 1.0
    var count = 1.0
    while abs(term) > 1e-18 {
      term *= rest / count
      sum += term
      count += 1
    }
    return Double(sign: .plus, exponent: Int(twos), significand: 1) * sum
  }

  /// 10ⁿ, the double nearest to it for |n| ≤ 22 and within 1e-15 beyond.
  package static func powerOfTen(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<min(abs(exponent), 400) { power *= 10 }
    return exponent < 0 ? 1 / power : power
  }
}
