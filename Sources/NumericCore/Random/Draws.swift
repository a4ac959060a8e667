extension Philox {
  /// A uniform number strictly between 0 and 1: an odd multiple of 2⁻⁵³.
  public mutating func uniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// A whole number from 0 to `bound` − 1, each equally likely; `bound` must be positive.
  ///
  /// Source: Lemire (2019), algorithm 5.
  public mutating func whole(below bound: UInt64) -> UInt64 {
    precondition(bound > 0, "a positive bound")
    var (high, low) = next().multipliedFullWidth(by: bound)
    if low < bound {
      let threshold = (0 &- bound) % bound
      while low < threshold { (high, low) = next().multipliedFullWidth(by: bound) }
    }
    return high
  }

  /// A standard normal number, by the polar method; the second number of each pair is not kept, so that a draw
  /// depends on the position in the stream alone. Source: Marsaglia & Bray (1964).
  public mutating func normal() -> Double {
    while true {
      let x = 2 * uniform() - 1
      let y = 2 * uniform() - 1
      let square = x * x + y * y
      if square < 1, square > 0 { return x * (-2 * PortableMath.log(square) / square).squareRoot() }
    }
  }

  /// A gamma distributed number of the given shape and scale 1; the shape must be positive and finite.
  ///
  /// Source: Marsaglia & Tsang (2000); below shape 1 a draw of shape + 1 times `u^(1/shape)`.
  public mutating func gamma(shape: Double) -> Double {
    precondition(shape > 0 && shape < .infinity, "a positive shape")
    if shape < 1 {
      let factor = PortableMath.exp(PortableMath.log(uniform()) / shape)
      return gamma(shape: shape + 1) * factor
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let z = normal()
      let root = 1 + c * z
      guard root > 0 else { continue }
      let v = root * root * root
      if PortableMath.log(uniform()) < 0.5 * z * z + d - d * v + d * PortableMath.log(v) { return d * v }
    }
  }

  /// A chi-squared distributed number; the degrees of freedom must be positive and finite.
  public mutating func chiSquared(degreesOfFreedom: Double) -> Double { 2 * gamma(shape: 0.5 * degreesOfFreedom) }

  /// A beta distributed number with positive, finite parameters, as `X/(X+Y)` of two gamma numbers.
  public mutating func beta(a: Double, b: Double) -> Double {
    let x = gamma(shape: a)
    let y = gamma(shape: b)
    return x + y > 0 ? x / (x + y) : (uniform() * (a + b) < a ? 1 : 0)
  }

  /// The number of successes in `trials` (≥ 0) trials of the given probability (0…1).
  ///
  /// The trials are halved by the median of their uniform numbers, a beta number, until few are left to count: the
  /// time grows with the logarithm of `trials`. Source: Devroye (1986), section X.4.3.
  public mutating func binomial(trials: Int, probability: Double) -> Int {
    precondition(trials >= 0 && probability >= 0 && probability <= 1, "trials ≥ 0, probability from 0 to 1")
    var (n, p, successes) = (trials, probability, 0)
    while n > 20, p > 0, p < 1 {
      let place = n / 2 + 1
      let order = beta(a: Double(place), b: Double(n + 1 - place))
      if order <= p {
        successes += place
        n -= place
        p = order < 1 ? min(1, (p - order) / (1 - order)) : 0
      } else {
        n = place - 1
        p = min(1, p / order)
      }
    }
    for _ in 0..<n where uniform() < p { successes += 1 }
    return successes
  }

  /// The elements in random order, each order equally likely. Source: Fisher & Yates; Durstenfeld (1964).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for i in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(i, Int(whole(below: UInt64(i) + 1)))
    }
  }
}

/// Logarithm and exponential from basic arithmetic only, so that draws agree to the last bit on every platform.
enum PortableMath {
  /// `log x` for positive, finite x, correct to about half a unit in the last place.
  static func log(_ x: Double) -> Double { DoubleDouble.logRatio(DoubleDouble(x), DoubleDouble(1)).value }

  /// `exp x` to about one unit in the last place; 0 below −745, ∞ above 709.8.
  static func exp(_ x: Double) -> Double {
    guard x > -746 else { return x.isNaN ? .nan : 0 }
    guard x < 710 else { return .infinity }
    let k = (x * 1.4426950408889634).rounded()
    let r = DoubleDouble(sum: x, -k * 0.693147180369123816490) + -k * 1.90821492927058770002e-10
    // Taylor's series of expm1 to r¹⁴ for |r| ≤ ½ log 2.
    var sum = 0.0
    for n in stride(from: 14.0, through: 2, by: -1) { sum = (sum + 1) * r.high / n }
    let value = 1 + (r.high + (r.high * sum + r.low))
    let half = Double(sign: .plus, exponent: Int(k) / 2, significand: 1)
    return value * half * Double(sign: .plus, exponent: Int(k) - Int(k) / 2, significand: 1)
  }
}
