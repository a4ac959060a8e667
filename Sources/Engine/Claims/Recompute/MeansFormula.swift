import EffectSizes
import NumericCore

/// Means and SDs of two groups; sizes are whole numbers, `NaN` when unknown.
struct GroupMeans<Number: RealArithmetic>: Sendable {
  let m1, sd1, m2, sd2: Number
  let n1, n2: Double

  var difference: Number { m1 - m2 }
  var degreesOfFreedom: Double { n1 + n2 - 2 }

  /// s² = ((n₁ − 1) s₁² + (n₂ − 1) s₂²)/(n₁ + n₂ − 2)
  var pooledVariance: Number {
    sd1.squared * Number((n1 - 1) / degreesOfFreedom) + sd2.squared * Number((n2 - 1) / degreesOfFreedom)
  }

  /// s₁²/n₁ + s₂²/n₂
  var varianceOfDifference: Number { sd1.squared / Number(n1) + sd2.squared / Number(n2) }

  /// Degrees of freedom of Welch (1947).
  var welchDegrees: Number {
    let (a, b) = (sd1.squared / Number(n1), sd2.squared / Number(n2))
    return (a + b).squared / (a.squared / Number(n1 - 1) + b.squared / Number(n2 - 1))
  }
}

/// A formula from means and SDs of two groups.
protocol MeansFormula: Sendable {
  /// In words.
  var name: String { get }
  /// How its standard error and interval are found, in words; empty when there is one way only.
  var precision: String { get }
  /// Words by which a claim asks for it.
  var tags: [String] { get }
  /// Whether group sizes are needed.
  var needsSizes: Bool { get }
  func compute<Number: RealArithmetic>(_ groups: GroupMeans<Number>, level: Double) -> Outcome<Number>
}

extension MeansFormula {
  var precision: String { "" }
  var needsSizes: Bool { true }
}

/// m₁ − m₂ with its standard error and interval.
struct DifferenceFormula: MeansFormula {
  enum Error: Sendable { case separateNormal, pooledT, separateT, unstandardised }
  let error: Error

  static let all: [DifferenceFormula] = [
    DifferenceFormula(error: .separateNormal), DifferenceFormula(error: .pooledT), DifferenceFormula(error: .separateT),
  ]

  var name: String { "m1 - m2" }
  var precision: String {
    switch error {
    case .separateNormal: "SE from separate variances, normal interval"
    case .pooledT: "SE from the pooled SD, t interval"
    case .separateT: "SE from separate variances, Welch's t interval"
    case .unstandardised: ""
    }
  }
  var tags: [String] {
    switch error {
    case .separateNormal: ["separate", "wald", "raw"]
    case .pooledT: ["pooled", "raw"]
    case .separateT: ["welch", "raw"]
    case .unstandardised: ["raw"]
    }
  }
  var needsSizes: Bool { error != .unstandardised }

  func compute<Number: RealArithmetic>(_ groups: GroupMeans<Number>, level: Double) -> Outcome<Number> {
    let d = groups.difference
    switch error {
    case .unstandardised: return Outcome(d)
    case .separateNormal:
      let se = groups.varianceOfDifference.squareRoot
      let p = (d / se).magnitude.mapped { Normal.twoSidedP($0) }
      return Outcome(d, standardError: se, p: p).withInterval(TwoSidedTails.normal(level))
    case .pooledT:
      let se = (groups.pooledVariance * Number(1 / groups.n1 + 1 / groups.n2)).squareRoot
      let df = groups.degreesOfFreedom
      let p = (d / se).magnitude.mapped { TwoSidedTails.t($0, df) }
      return Outcome(d, standardError: se, p: p).withInterval(TwoSidedTails.quantile(level, df))
    case .separateT:
      let se = groups.varianceOfDifference.squareRoot
      let quantile = groups.welchDegrees.mapped { TwoSidedTails.quantile(level, $0) }
      let half = se * quantile
      let p = TwoSidedTails.p((d / se).magnitude, groups.welchDegrees)
      return Outcome(d, standardError: se, p: p).with(lower: d - half, upper: d + half)
    }
  }
}

/// Student's and Welch's t, and F = t².
struct TTestFormula: MeansFormula {
  enum Kind: Sendable { case pooled, welch }
  enum Statistic: Sendable { case t, f, p }
  let kind: Kind
  let statistic: Statistic

  static func all(_ statistic: Statistic) -> [TTestFormula] {
    [TTestFormula(kind: .pooled, statistic: statistic), TTestFormula(kind: .welch, statistic: statistic)]
  }

  var name: String {
    let test = kind == .pooled ? "t with the pooled SD" : "Welch's t"
    switch statistic {
    case .t: return test
    case .f: return "F = t², " + test
    case .p: return "two-sided p of " + test
    }
  }
  var tags: [String] { kind == .pooled ? ["pooled", "student"] : ["welch"] }

  func compute<Number: RealArithmetic>(_ groups: GroupMeans<Number>, level: Double) -> Outcome<Number> {
    let variance =
      kind == .pooled
      ? groups.pooledVariance * Number(1 / groups.n1 + 1 / groups.n2) : groups.varianceOfDifference
    let t = groups.difference / variance.squareRoot
    let df = groups.degreesOfFreedom
    let p =
      kind == .pooled
      ? t.magnitude.mapped { TwoSidedTails.t($0, df) } : TwoSidedTails.p(t.magnitude, groups.welchDegrees)
    switch statistic {
    case .t: return Outcome(t, p: p)
    case .f: return Outcome(t.squared, p: p)
    case .p: return Outcome(p)
    }
  }
}

/// Tails and quantiles of two-sided tests and intervals; `NaN` where they do not exist.
enum TwoSidedTails {
  static func normal(_ level: Double) -> Double { (try? Normal.quantile(upperTail: (1 - level) / 2)) ?? .nan }

  static func quantile(_ level: Double, _ df: Double) -> Double {
    (try? StudentT(degreesOfFreedom: df).quantile(upperTail: (1 - level) / 2)) ?? .nan
  }

  static func t(_ t: Double, _ df: Double) -> Double {
    (try? StudentT(degreesOfFreedom: df))?.twoSidedP(t) ?? .nan
  }

  /// p of |t| with degrees of freedom that are themselves a range: p falls in both.
  static func p<Number: RealArithmetic>(_ t: Number, _ df: Number) -> Number {
    if let t = t as? Enclosure, let df = df as? Enclosure {
      let least = TwoSidedTails.t(t.upper, df.upper)
      let most = TwoSidedTails.t(max(0, t.lower), df.lower)
      return (Enclosure(least * (1 - 1e-12), most * (1 + 1e-12)) as? Number) ?? Number(.nan)
    }
    if let t = t as? Double, let df = df as? Double { return Number(TwoSidedTails.t(t, df)) }
    return Number(.nan)
  }
}
