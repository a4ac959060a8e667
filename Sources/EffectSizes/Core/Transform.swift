/// How an estimate on the analysis scale goes back to the scale people read.
///
/// Every transform is monotone increasing on its domain. Values outside the domain, which limits of intervals can
/// reach, go to the nearest end of it, so that a proportion stays within 0 and 1 and a rate above 0.
public enum Transform: String, Sendable, CaseIterable {
  /// y itself.
  case none
  /// eʸ, for logarithms.
  case exp
  /// 1/(1 + e⁻ʸ), for logits.
  case logistic
  /// tanh y, for Fisher's z.
  case tanh
  /// tanh² y, for the z of a coefficient of determination; 0 for y < 0.
  case tanhSquared = "tanh-squared"
  /// sin² y, for arcsine square roots; y is held within 0 and π/2.
  case sineSquared = "sine-squared"
  /// Φ(y), for probits.
  case probit
  /// y², for square roots; 0 for y < 0.
  case square
  /// Inverse of the Freeman–Tukey double arcsine, given the harmonic mean of the sizes (Miller 1978, eq. 4).
  case freemanTukey = "freeman-tukey"
  /// Inverse of the Freeman–Tukey square root of a rate, given the harmonic mean of the person-times.
  case freemanTukeyRate = "freeman-tukey-rate"
  /// 1 − (1 − y)³, for Hakstian and Whalen's transformed alpha.
  case hakstianWhalen = "hakstian-whalen"
  /// 1 − e⁻ʸ, for Bonett's transformed alpha.
  case bonett

  /// The name in machine-readable output.
  public var name: String { self == .freemanTukeyRate ? Transform.freemanTukey.rawValue : rawValue }

  /// Whether `apply` needs the harmonic mean of the sizes (or person-times).
  public var needsSize: Bool { self == .freemanTukey || self == .freemanTukeyRate }

  /// The value on the scale people read; `NaN` when a size is needed and not given.
  /// - Parameter harmonicSize: harmonic mean of the rows' sizes; for one row, its size.
  public func apply(_ value: Double, harmonicSize: Double? = nil) -> Double {
    backTransform(self, value, harmonicSize)
  }
}

/// The switch stands outside the type, where `exp` is the function and not the case.
private func backTransform(_ transform: Transform, _ value: Double, _ harmonicSize: Double?) -> Double {
  switch transform {
  case .none: value
  case .exp: exp(value)
  case .logistic: 1 / (1 + exp(-value))
  case .tanh: tanh(value)
  case .tanhSquared: square(tanh(clamp(value, 0, .infinity)))
  case .sineSquared: square(sin(clamp(value, 0, .pi / 2)))
  case .probit: normalCDF(value)
  case .square: square(clamp(value, 0, .infinity))
  case .freemanTukey: inverseFreemanTukey(value, size: harmonicSize ?? .nan)
  case .freemanTukeyRate: inverseFreemanTukeyRate(value, time: harmonicSize ?? .nan)
  case .hakstianWhalen: 1 - (1 - value) * (1 - value) * (1 - value)
  case .bonett: -expm1(-value)
  }
}

/// `value` held within `low` and `high`; `NaN` stays `NaN`.
private func clamp(_ value: Double, _ low: Double, _ high: Double) -> Double {
  value < low ? low : value > high ? high : value
}

/// p with asin√(np/(n+1)) + asin√((np+1)/(n+1)) = 2y, held within the values that 0 and n events give.
private func inverseFreemanTukey(_ value: Double, size: Double) -> Double {
  guard size > 0, !value.isNaN else { return .nan }
  let none = 0.5 * asin((1 / (size + 1)).squareRoot())
  let full = .pi / 2 - none
  if value <= none { return 0 }
  if value >= full { return 1 }
  let sine = sin(2 * value)
  let term = sine + (sine - 1 / sine) / size
  let root = (1 - term * term).squareRoot()
  let sign: Double = cos(2 * value) < 0 ? -1 : 1
  // Rounding can take the sine term a little above 1.
  return clamp(0.5 * (1 - sign * (root.isNaN ? 0 : root)), 0, 1)
}

/// r with √r + √(r + 1/t) = 2y, held at 0 below the value that no events give.
private func inverseFreemanTukeyRate(_ value: Double, time: Double) -> Double {
  guard time > 0, !value.isNaN else { return .nan }
  if value <= 0.5 / time.squareRoot() { return 0 }
  let twice = 2 * value
  let root = 0.5 * (twice - 1 / (time * twice))
  return root * root
}
