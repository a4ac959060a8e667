import NumericCore

/// The law that a standardised coefficient is held against: standard normal, or t.
enum ReferenceLaw: Sendable {
  case normal
  case t(StudentT)

  /// The law with these degrees of freedom; the normal for `nil`.
  init(degreesOfFreedom: Double?) throws(FitError) {
    guard let degreesOfFreedom else {
      self = .normal
      return
    }
    do { self = .t(try StudentT(degreesOfFreedom: degreesOfFreedom)) } catch {
      throw .domain(what: "degrees of freedom", value: degreesOfFreedom, expected: "a positive number")
    }
  }

  /// Degrees of freedom, `nil` for the normal.
  var degreesOfFreedom: Double? {
    if case .t(let t) = self { t.degreesOfFreedom } else { nil }
  }

  /// The c with P(|X| ≤ c) = level.
  func critical(level: Double) throws(FitError) -> Double {
    do {
      return switch self {
      case .normal: try Normal.quantile(upperTail: 0.5 * (1 - level))
      case .t(let t): try t.quantile(upperTail: 0.5 * (1 - level))
      }
    } catch {
      throw .domain(what: "level", value: level, expected: "between 0 and 1")
    }
  }

  /// The x with P(X ≤ x) = p.
  func quantile(_ p: Double) throws(FitError) -> Double {
    do {
      return switch self {
      case .normal: try Normal.quantile(p)
      case .t(let t): try t.quantile(p)
      }
    } catch {
      throw .domain(what: "probability", value: p, expected: "between 0 and 1")
    }
  }

  /// P(|X| > |x|).
  func twoSidedP(_ x: Double) -> Double {
    switch self {
    case .normal: Normal.twoSidedP(x)
    case .t(let t): t.twoSidedP(x)
    }
  }

  /// P(|X| > |x|) of four x.
  func twoSidedP(_ x: SIMD4<Double>) -> SIMD4<Double> {
    switch self {
    case .normal: Normal.twoSidedP(x)
    case .t(let t): t.twoSidedP(x)
    }
  }

  /// log P(|X| > |x|), finite where the probability underflows.
  func logTwoSidedP(_ x: Double) -> Double {
    switch self {
    case .normal: Normal.logTwoSidedP(x)
    case .t(let t): t.logTwoSidedP(x)
    }
  }

  /// P(X > x).
  func upperTail(_ x: Double) -> Double {
    switch self {
    case .normal: Normal.upperTail(x)
    case .t(let t): t.upperTail(x)
    }
  }
}

/// The x with χ² cdf p.
func chiSquaredQuantile(_ p: Double, degreesOfFreedom: Double) throws(FitError) -> Double {
  do { return try ChiSquared(degreesOfFreedom: degreesOfFreedom).quantile(p) } catch {
    throw .domain(what: "χ² quantile", value: p, expected: "a probability, with positive degrees of freedom")
  }
}

/// P(χ² > x); 1 for no degrees of freedom.
func upperTailOfChiSquared(_ x: Double, degreesOfFreedom: Double) -> Double {
  guard let law = try? ChiSquared(degreesOfFreedom: degreesOfFreedom) else { return .nan }
  return law.upperTail(x)
}

/// A critical value kept for the degrees of freedom that it was last asked for: a batch of sets of equal size asks once.
struct CriticalValueCache: Sendable {
  private let level: Double
  private let normal: Double
  private var byIntegerDegrees: [(law: ReferenceLaw, value: Double)?] = []
  /// The values alone, `NaN` where none is known.
  private var values: [Double] = []

  /// A cache for one level.
  init(level: Double) throws(FitError) {
    self.level = level
    normal = try ReferenceLaw.normal.critical(level: level)
  }

  /// The critical value for whole degrees of freedom; the normal's for `nil`.
  mutating func critical(degreesOfFreedom: Int?) throws(FitError) -> Double {
    guard let degreesOfFreedom else { return normal }
    if degreesOfFreedom < values.count, !values[degreesOfFreedom].isNaN { return values[degreesOfFreedom] }
    return try value(degreesOfFreedom: degreesOfFreedom).value
  }

  /// Law and critical value for whole degrees of freedom; the normal for `nil`.
  mutating func value(degreesOfFreedom: Int?) throws(FitError) -> (law: ReferenceLaw, value: Double) {
    guard let degreesOfFreedom else { return (.normal, normal) }
    if degreesOfFreedom < byIntegerDegrees.count, let known = byIntegerDegrees[degreesOfFreedom] { return known }
    let law = try ReferenceLaw(degreesOfFreedom: Double(degreesOfFreedom))
    let fresh = (law: law, value: try law.critical(level: level))
    guard degreesOfFreedom < 4096 else { return fresh }
    while byIntegerDegrees.count <= degreesOfFreedom { byIntegerDegrees.append(nil) }
    byIntegerDegrees[degreesOfFreedom] = fresh
    while values.count <= degreesOfFreedom { values.append(.nan) }
    values[degreesOfFreedom] = fresh.value
    return fresh
  }
}
