import NumericCore

/// The test of excess significance: are there more significant studies than their power allows?
///
/// A study's power is P(|Y|/√vᵢ > z₀.₉₇₅) with Y ~ N(θ, vᵢ + τ²), θ and τ² of the pool: the power averaged over the
/// distribution of true effects, in closed form. Against O significant studies stands E = Σ power. P(X ≥ O) by the
/// exact law of a sum of unequal Bernoulli variables where that is cheap to enumerate, else by
/// χ² = (O − E)²/E + (O − E)²/(k − E), one-sided. Source: Ioannidis and Trikalinos (2007).
public struct ExcessSignificance: Sendable {
  /// Significant studies.
  public let observed: Int
  /// Expected number of significant studies.
  public let expected: Double
  /// χ², `nil` with the exact test.
  public let statistic: Double?
  /// One-sided p-value.
  public let pValue: Double
  /// The effect assumed.
  public let theta: Double
  /// Power of each study.
  public let power: [Double]

  /// Observed over expected.
  public var ratio: Double { Double(observed) / expected }

  /// The exact test is used while this many outcomes are at least as extreme.
  private static let enumerationLimit = 1e6

  /// Tests the studies under the model's pooled effect; a study is significant at `alpha`, two-sided.
  ///
  /// Throws `noStudies` or `tooFewStudies` for fewer than two, and what the model throws.
  public init(_ studies: BiasStudies, alpha: Double = 0.05) throws(FitError) {
    try studies.require(2, "the test of excess significance")
    var model = studies.model
    model.inference = .normal
    let fit = try model.fit(yi: studies.yi, vi: studies.vi)
    let theta = fit.coefficients[0].value
    let tau2 = fit.heterogeneity.tauSquared ?? 0
    let critical = try ReferenceLaw.normal.critical(level: 1 - alpha)
    observed = studies.yi.indices.count { abs(studies.yi[$0]) >= critical * studies.vi[$0].squareRoot() }
    let power = studies.vi.map { v in
      let edge = critical * v.squareRoot()
      let s = (v + tau2).squareRoot()
      return Normal.upperTail((edge - theta) / s) + Normal.cdf((-edge - theta) / s)
    }
    self.theta = theta
    self.power = power
    expected = power.reduce(0, +)
    if ExcessSignificance.isCheap(observed, of: power.count) {
      statistic = nil
      pValue = ExcessSignificance.upperTail(observed, power)
    } else {
      let (o, e, k) = (Double(observed), expected, Double(power.count))
      let chi2 = (o - e) * (o - e) * (1 / e + 1 / (k - e))
      statistic = chi2
      pValue = o >= e ? Normal.upperTail(chi2.squareRoot()) : Normal.cdf(chi2.squareRoot())
    }
  }

  /// Whether Σ C(k, j), j from `observed` to k, is within the limit.
  private static func isCheap(_ observed: Int, of k: Int) -> Bool {
    var total = 0.0
    var term = 1.0
    var j = k
    while j >= observed {
      total += term
      if total > enumerationLimit { return false }
      term *= Double(j) / Double(k - j + 1)
      j -= 1
    }
    return true
  }

  /// P(X ≥ observed) for a sum of Bernoulli variables.
  private static func upperTail(_ observed: Int, _ power: [Double]) -> Double {
    var mass = [Double](repeating: 0, count: power.count + 1)
    mass[0] = 1
    for (i, p) in power.enumerated() {
      for j in stride(from: i + 1, to: 0, by: -1) { mass[j] = mass[j] * (1 - p) + mass[j - 1] * p }
      mass[0] *= 1 - p
    }
    return min(1, mass[observed...].reduce(0, +))
  }
}
