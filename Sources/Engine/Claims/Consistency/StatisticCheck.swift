public import NumericCore

/// A test statistic against the p-value printed with it.
///
/// The statistic stands for all numbers that print so; their p-values are a range; the printed p is consistent when its own
/// set meets that range. Source: Nuijten, Hartgerink, van Assen, Epskamp & Wicherts (2016), Behavior Research Methods 48,
/// 1205–1226 (quoted from memory).
public struct StatisticCheck: Sendable {
  /// A test statistic with its degrees of freedom.
  public enum Test: Sendable, Equatable {
    case z
    case t(df: Double)
    case f(df1: Double, df2: Double)
    case chiSquared(df: Double)
    /// A correlation of df + 2 pairs.
    case r(df: Double)

    /// Whether the statistic has a sign, so that a one-sided test is half the two-sided p.
    public var isSigned: Bool {
      switch self {
      case .z, .t, .r: true
      case .f, .chiSquared: false
      }
    }
  }

  /// What the comparison says.
  public enum Verdict: String, Sendable {
    case consistent
    /// The printed p is that of a one-sided test.
    case oneSided = "consistent one-sided"
    /// The printed p is not that of the statistic, but says the same at 0.05.
    case inconsistent
    /// The printed p is not that of the statistic and falls on the other side of 0.05.
    case decisionError = "decision error"
  }

  /// The test.
  public let test: Test
  /// The statistic as printed.
  public let statistic: PrintedNumber

  /// A printed statistic of a test.
  public init(_ test: Test, _ statistic: PrintedNumber) {
    self.test = test
    self.statistic = statistic
  }

  /// Two-sided p-value of one value of the statistic; upper tail for F and χ². `nil` outside the test's domain.
  public func p(_ value: Double) -> Double? {
    switch test {
    case .z: return Normal.twoSidedP(value)
    case .t(let df): return (try? StudentT(degreesOfFreedom: df))?.twoSidedP(value)
    case .f(let df1, let df2):
      return value < 0 ? nil : (try? FisherF(numerator: df1, denominator: df2))?.upperTail(value)
    case .chiSquared(let df): return value < 0 ? nil : (try? ChiSquared(degreesOfFreedom: df))?.upperTail(value)
    case .r(let df):
      guard abs(value) <= 1 else { return nil }
      if abs(value) == 1 { return 0 }
      let t = value * (df / ((1 - value) * (1 + value))).squareRoot()
      return (try? StudentT(degreesOfFreedom: df))?.twoSidedP(t)
    }
  }

  /// The p-values of all numbers that print as the statistic: p falls as the statistic moves away from zero.
  public func pRange(_ rounding: Rounding = .halfUp) -> Enclosure? {
    let set = statistic.magnitude.reals(rounding)
    let far = set.upper.isFinite ? set.upper : Double.greatestFiniteMagnitude.squareRoot()
    var limit = far
    if case .r = test { limit = min(1, far) }
    guard let low = p(limit), let high = p(max(0, set.lower)) else { return nil }
    return Enclosure(low * (1 - 1e-12), min(1, high * (1 + 1e-12)))
  }

  /// What the printed p is worth; `nil` when the statistic has no p (an F below zero).
  public func compare(_ printed: PrintedNumber, rounding: Rounding = .halfUp) -> Verdict? {
    guard let range = pRange(rounding) else { return nil }
    let sets = Rounding.nearest.map { printed.reals($0) }
    func meets(_ scale: Double) -> Bool {
      sets.contains { $0.meets(RealRange(range.lower * scale, range.upper * scale)) }
    }
    if meets(1) { return .consistent }
    if test.isSigned, meets(0.5) { return .oneSided }
    let below = printed.relation == .less || printed.relation == .lessOrEqual
    let printedIsBelow = below ? printed.value <= 0.05 : printed.relation == .greater ? false : printed.value < 0.05
    let isDecision = printedIsBelow ? range.lower >= 0.05 : range.upper < 0.05
    return isDecision ? .decisionError : .inconsistent
  }
}
