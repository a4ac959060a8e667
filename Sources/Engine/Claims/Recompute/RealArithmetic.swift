import NumericCore

/// Numbers a formula can be written for once: doubles give its value, enclosures its guaranteed range.
protocol RealArithmetic: Sendable {
  init(_ value: Double)
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  var squared: Self { get }
  var squareRoot: Self { get }
  var magnitude: Self { get }
  /// The image under a function that rises or falls all along.
  func mapped(_ monotone: (Double) -> Double) -> Self
}

extension Double: RealArithmetic {
  var squared: Double { self * self }
  var squareRoot: Double { squareRoot() }
  func mapped(_ monotone: (Double) -> Double) -> Double { monotone(self) }
}

extension Enclosure: RealArithmetic {
  func mapped(_ monotone: (Double) -> Double) -> Enclosure { image(monotone) }
}

/// What a formula gives: an estimate, and what can be printed with it.
struct Outcome<Number: RealArithmetic>: Sendable {
  var estimate: Number
  var standardError: Number?
  var lower: Number?
  var upper: Number?
  var p: Number?

  init(_ estimate: Number, standardError: Number? = nil, p: Number? = nil) {
    self.estimate = estimate
    self.standardError = standardError
    self.p = p
  }

  /// With the interval between two limits.
  func with(lower: Number, upper: Number) -> Outcome {
    var result = self
    result.lower = lower
    result.upper = upper
    return result
  }

  /// With estimate ± multiplier · standard error.
  func withInterval(_ multiplier: Double) -> Outcome {
    guard let standardError else { return self }
    let half = standardError * Number(multiplier)
    return with(lower: estimate - half, upper: estimate + half)
  }
}

extension Outcome where Number == Double {
  /// The outcome with the groups exchanged.
  var negated: Outcome {
    var result = Outcome(-estimate, standardError: standardError, p: p)
    result.lower = upper.map { -$0 }
    result.upper = lower.map { -$0 }
    return result
  }

  /// As enclosures, which leave room for the last digits of the computation.
  var enclosed: Outcome<Enclosure> {
    func around(_ x: Double) -> Enclosure { Enclosure(x - abs(x) * 1e-12, x + abs(x) * 1e-12) }
    var result = Outcome<Enclosure>(
      around(estimate), standardError: standardError.map(around), p: p.map(around))
    result.lower = lower.map(around)
    result.upper = upper.map(around)
    return result
  }
}

extension Outcome where Number == Enclosure {
  /// The outcome with the groups exchanged.
  var negated: Outcome {
    var result = Outcome(-estimate, standardError: standardError, p: p)
    result.lower = upper.map { -$0 }
    result.upper = lower.map { -$0 }
    return result
  }

  /// The smallest outcome that holds both; a part that one of them lacks is left out.
  func hull(_ other: Outcome) -> Outcome {
    func join(_ a: Enclosure?, _ b: Enclosure?) -> Enclosure? { a.flatMap { a in b.map { a.hull($0) } } }
    var result = Outcome(
      estimate.hull(other.estimate), standardError: join(standardError, other.standardError), p: join(p, other.p))
    result.lower = join(lower, other.lower)
    result.upper = join(upper, other.upper)
    return result
  }
}
