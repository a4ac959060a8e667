import EffectSizes
import NumericCore

/// A mean difference over a standard deviation, with or without the small-sample factor.
struct StandardizedFormula: MeansFormula {
  /// What the difference is divided by.
  enum Standardizer: Sendable { case pooled, first, second, average }
  /// What it is multiplied with.
  enum Factor: Sendable { case none, exact, approximate }
  /// The standard error. A is 1/n₁ + 1/n₂, N is n₁ + n₂, d uncorrected, g corrected.
  enum ErrorFormula: Sendable {
    /// √(A + d²/(2N)) of the uncorrected d.
    case uncorrected
    /// √(A + g²/(2N)).
    case corrected
    /// J √(A + d²/(2N)).
    case scaled
    /// √(A + g²/(2(N − 3.94))), RevMan.
    case revman
    /// √(A + d²/(2(N − 2))).
    case degrees
  }

  let standardizer: Standardizer
  let factor: Factor
  let error: ErrorFormula

  /// Cohen's d, Hedges' g with either factor, and Glass's Δ by either SD, the usual ones first.
  static let all: [StandardizedFormula] =
    ([(.none, .uncorrected), (.exact, .corrected), (.approximate, .uncorrected), (.approximate, .scaled)]
    as [(Factor, ErrorFormula)]).map { StandardizedFormula(standardizer: .pooled, factor: $0, error: $1) }
    + ([
      (.approximate, .corrected), (.exact, .scaled), (.exact, .uncorrected), (.approximate, .revman), (.none, .degrees),
    ]
    as [(Factor, ErrorFormula)]).map { StandardizedFormula(standardizer: .pooled, factor: $0, error: $1) }
    + ([.second, .first, .average] as [Standardizer]).map {
      StandardizedFormula(standardizer: $0, factor: .none, error: .uncorrected)
    }

  var needsSizes: Bool { standardizer == .pooled || factor != .none }

  var name: String {
    switch (standardizer, factor) {
    case (.pooled, .none): "Cohen's d (pooled SD)"
    case (.pooled, .exact): "Hedges' g (exact factor)"
    case (.pooled, .approximate): "Hedges' g (factor 1 - 3/(4 df - 1))"
    case (.first, _): "Glass's delta by the SD of the first group"
    case (.second, _): "Glass's delta by the SD of the second group"
    case (.average, _): "difference over the root mean of both variances"
    }
  }

  var precision: String {
    switch error {
    case .uncorrected: "SE sqrt(A + d²/(2N))"
    case .corrected: "SE sqrt(A + g²/(2N))"
    case .scaled: "SE J sqrt(A + d²/(2N))"
    case .revman: "SE sqrt(A + g²/(2(N - 3.94)))"
    case .degrees: "SE sqrt(A + d²/(2(N - 2)))"
    }
  }

  var tags: [String] {
    switch (standardizer, factor) {
    case (.pooled, .none): ["cohen"]
    case (.pooled, .exact): ["hedges", "exact"]
    case (.pooled, .approximate): ["hedges", "approximate"]
    case (.first, _): ["glass", "sd1"]
    case (.second, _): ["glass", "sd2"]
    case (.average, _): ["average"]
    }
  }

  func compute<Number: RealArithmetic>(_ groups: GroupMeans<Number>, level: Double) -> Outcome<Number> {
    let divisor: Number =
      switch standardizer {
      case .pooled: groups.pooledVariance.squareRoot
      case .first: groups.sd1
      case .second: groups.sd2
      case .average: ((groups.sd1.squared + groups.sd2.squared) * Number(0.5)).squareRoot
      }
    return outcome(d: groups.difference / divisor, groups.n1, groups.n2, level: level)
  }

  /// Estimate, standard error and interval from d. Estimate ± z·SE is taken as a function of d as a whole, along which it
  /// rises where z² < 2(N − 3.94): the standard error grows by at most J/√(2(N − 3.94)) for each unit of d.
  func outcome<Number: RealArithmetic>(d: Number, _ n1: Double, _ n2: Double, level: Double) -> Outcome<Number> {
    let j = smallSampleFactor(n1 + n2 - 2)
    let estimate = d * Number(j)
    let z = TwoSidedTails.normal(level)
    guard 2 * (n1 + n2 - 3.94) > z * z else { return Outcome(estimate) }
    let se = d.magnitude.mapped { standardError($0, j, n1, n2) }
    let p = d.magnitude.mapped { Normal.twoSidedP(j * $0 / standardError($0, j, n1, n2)) }
    return Outcome(estimate, standardError: se, p: p).with(
      lower: d.mapped { j * $0 - z * standardError($0, j, n1, n2) },
      upper: d.mapped { j * $0 + z * standardError($0, j, n1, n2) })
  }

  private func smallSampleFactor(_ df: Double) -> Double {
    switch factor {
    case .none: 1
    case .approximate: 1 - 3 / (4 * df - 1)
    case .exact: HedgesCorrection.exact(df)
    }
  }

  private func standardError(_ d: Double, _ j: Double, _ n1: Double, _ n2: Double) -> Double {
    let (a, total, g) = (1 / n1 + 1 / n2, n1 + n2, j * d)
    switch error {
    case .uncorrected: return (a + d * d / (2 * total)).squareRoot()
    case .corrected: return (a + g * g / (2 * total)).squareRoot()
    case .scaled: return j * (a + d * d / (2 * total)).squareRoot()
    case .revman: return (a + g * g / (2 * (total - 3.94))).squareRoot()
    case .degrees: return (a + d * d / (2 * (total - 2))).squareRoot()
    }
  }
}

/// The exact small-sample factor, as the effect sizes of the engine apply it.
enum HedgesCorrection {
  /// J(m) = Γ(m/2)/(√(m/2) Γ((m − 1)/2)), Hedges (1981), taken from the measure SMD: the ratio of g and d of one table.
  static func exact(_ df: Double) -> Double {
    guard df > 1 else { return .nan }
    var columns = StudyColumns(count: 1)
    columns[.di] = [1]
    columns[.n1i] = [df]
    columns[.n2i] = [2]
    return (try? Measure.standardizedMeanDifference.estimate(columns))?.yi.first ?? .nan
  }
}
