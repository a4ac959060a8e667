import NumericCore

/// P-curve: whether the significant p-values are distributed as they would be without any effect, or with little power.
///
/// Of the studies with a two-sided p below 0.05 (the full curve) and below 0.025 (the half curve), the pp-value is the
/// probability of a p at least as small given that it is significant: p/0.05 without an effect. With a power of a third, Z has the mean δ for
/// which P(|Z| > z₀.₉₇₅) = 1/3, and the pp-value is that of a larger p. They are combined by Stouffer's z = Σ Φ⁻¹(ppᵢ)/√k. There is
/// evidence of an effect when the half curve has p < 0.05, or both have p < 0.1. Sources: Simonsohn, Nelson and Simmons (2014), Journal of
/// Experimental Psychology: General 143, 534–547; (2015) the same 144, 1146–1152 (quoted from memory).
public struct PCurve: Sendable {
  /// Stouffer's test.
  public struct Test: Sendable {
    /// Number of studies, z and one-sided p; `nil` without a study.
    public let count: Int
    /// Stouffer's z and its p-value.
    public let statistic, pValue: Double?
  }

  /// Right skew of the full and the half curve: evidence of an effect.
  public let full, half: Test
  /// Flatter than with a power of a third, of the full and the half curve.
  public let flatFull, flatHalf: Test
  /// Share of significant p-values below 0.01, 0.02, …, 0.05, each bin by itself.
  public let bins: [Double]
  /// Average power of the significant studies behind the curve, in (0.05, 0.99); `nil` without a study.
  public let power: Double?

  /// Whether the curve speaks for an effect.
  public var isEvidential: Bool {
    guard let halfP = half.pValue, let fullP = full.pValue else { return false }
    return halfP < 0.05 || (halfP < 0.1 && fullP < 0.1)
  }

  /// The curve of some studies.
  /// - Throws: `notEstimable` when no study is significant.
  public init(_ studies: BiasStudies) throws(FitError) {
    let z = zip(studies.yi, studies.vi).map { abs($0) / $1.squareRoot() }
    let critical = try [0.05, 0.025].map { p throws(FitError) in try ReferenceLaw.normal.critical(level: 1 - p) }
    let significant = z.filter { $0 > critical[0] }
    guard !significant.isEmpty else {
      throw .notEstimable(what: "a p-curve (no study is significant)", hint: "there is nothing to be selected for")
    }
    let strong = z.filter { $0 > critical[1] }
    let delta = PCurve.noncentrality(power: 1 / 3, critical[0])
    // Each pp-value as its score: an upper tail where that is the small side.
    func test(_ values: [Double], _ score: (Double) -> Double) -> Test {
      guard !values.isEmpty else { return Test(count: 0, statistic: nil, pValue: nil) }
      let sum = values.reduce(0) { $0 + score($1) }
      let statistic = sum / Double(values.count).squareRoot()
      return Test(count: values.count, statistic: statistic, pValue: Normal.cdf(statistic))
    }
    full = test(significant) { PCurve.score(Normal.twoSidedP($0) / 0.05) }
    half = test(strong) { PCurve.score(Normal.twoSidedP($0) / 0.025) }
    flatFull = test(significant) { -PCurve.score(PCurve.tail($0, delta) / PCurve.tail(critical[0], delta)) }
    flatHalf = test(strong) { -PCurve.score(PCurve.tail($0, delta) / PCurve.tail(critical[1], delta)) }
    var counts = [Double](repeating: 0, count: 5)
    for value in significant { counts[min(4, Int(Normal.twoSidedP(value) / 0.01))] += 1 }
    bins = counts.map { $0 / Double(significant.count) }
    power = PCurve.estimatedPower(significant, critical[0])
  }

  /// P(|Z| > x), Z ~ N(δ, 1).
  private static func tail(_ x: Double, _ delta: Double) -> Double {
    Normal.upperTail(x - delta) + Normal.cdf(-x - delta)
  }

  /// Φ⁻¹(p).
  private static func score(_ p: Double) -> Double {
    (try? Normal.quantile(min(max(p, 1e-300), 1 - 1e-16))) ?? .nan
  }

  /// The mean of Z at which a test has a power.
  private static func noncentrality(power: Double, _ critical: Double) -> Double {
    var (low, high) = (0.0, 40.0)
    while high - low > 1e-14 * max(1, high) {
      let middle = 0.5 * (low + high)
      if middle == low || middle == high { break }
      if tail(critical, middle) < power { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  /// The power, the same for all, under which the pp-values average out: Σ Φ⁻¹(pp) = 0.
  private static func estimatedPower(_ z: [Double], _ critical: Double) -> Double? {
    func sum(_ power: Double) -> Double {
      let delta = noncentrality(power: power, critical)
      return z.reduce(0) { $0 + score(tail($1, delta) / tail(critical, delta)) }
    }
    var (low, high) = (0.0501, 0.99)
    // pp-values rise with the assumed power: P(at least as extreme) grows.
    if sum(low) >= 0 { return 0.05 }
    if sum(high) <= 0 { return 0.99 }
    while high - low > 1e-12 {
      let middle = 0.5 * (low + high)
      if sum(middle) < 0 { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }
}
