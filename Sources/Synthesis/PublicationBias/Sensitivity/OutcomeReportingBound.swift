import NumericCore

/// The most that a number of unreported studies can bias a pool, when studies of large variance are no likelier to be
/// reported than those of small.
///
/// With k studies reported and m not, |bias| ≤ ((k + m)/k)φ(Φ⁻¹(k/(k + m)))·Σ(vᵢ + τ²)^(−½)/Σ(vᵢ + τ²)^(−1). Source: Copas and
/// Jackson (2004), Biometrics 60, 146–153, equation 5 (quoted from memory).
public struct OutcomeReportingBound: Sendable {
  /// The bound for a number of unreported studies.
  public struct Row: Sendable {
    /// Number of unreported studies.
    public let unreported: Int
    /// Largest bias.
    public let bias: Double
    /// The pool moved by it.
    public let estimate: Estimate
  }

  /// The side where results are missing: effects are moved towards it.
  public let side: TrimAndFill.Side
  /// From none unreported on.
  public let rows: [Row]
  /// The smallest number of unreported studies with which the interval could hold 0; `nil` when it holds it already or when no
  /// number up to a thousand times the studies suffices.
  public let toNull: Int?

  /// The bounds for some numbers of unreported studies.
  /// - Throws: as the pool.
  public init(_ studies: BiasStudies, unreported: [Int], side: TrimAndFill.Side? = nil) throws(FitError) {
    let fit = try studies.model.fit(yi: studies.yi, vi: studies.vi)
    let pooled = fit.coefficients[0]
    let side = side ?? (pooled.value > 0 ? .left : .right)
    self.side = side
    let tau2 = fit.heterogeneity.tauSquared ?? 0
    let k = Double(studies.count)
    let scale =
      studies.vi.reduce(0) { $0 + 1 / ($1 + tau2).squareRoot() } / studies.vi.reduce(0) { $0 + 1 / ($1 + tau2) }
    func bias(_ m: Int) -> Double {
      guard m > 0, let z = try? Normal.quantile(k / (k + Double(m))) else { return 0 }
      return (k + Double(m)) / k * Normal.density(z) * scale
    }
    rows = ([0] + unreported.filter { $0 > 0 }).map { m in
      Row(unreported: m, bias: bias(m), estimate: pooled.shifted(by: side == .left ? -bias(m) : bias(m)))
    }
    let distance = side == .left ? pooled.interval.lower : -pooled.interval.upper
    let most = 1000 * studies.count
    toNull =
      distance > 0 && bias(most) >= distance ? OutcomeReportingBound.first(1...most) { bias($0) >= distance } : nil
  }

  /// The first number of a range from which on a condition holds.
  private static func first(_ range: ClosedRange<Int>, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Estimate {
  /// The estimate moved, with its error and a test of the moved value.
  fileprivate func shifted(by amount: Double) -> Estimate {
    guard let law = try? ReferenceLaw(degreesOfFreedom: degreesOfFreedom) else { return self }
    let half = 0.5 * (interval.upper - interval.lower)
    var result = self
    result.value += amount
    result.statistic = standardError > 0 ? result.value / standardError : nil
    result.pValue = result.statistic.map { law.twoSidedP($0) }
    result.logPValue = result.statistic.map { law.logTwoSidedP($0) }
    result.interval.lower = result.value - half
    result.interval.upper = result.value + half
    return result
  }
}
