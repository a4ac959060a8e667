/// A chi-squared test.
public struct CountTest: Sendable, Equatable {
  /// The statistic, its degrees of freedom and upper-tail p-value.
  public var statistic: Double
  /// Degrees of freedom.
  public var degreesOfFreedom: Int
  /// Upper tail of χ² at the statistic.
  public var pValue: Double

  init(statistic: Double, degreesOfFreedom: Int) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    pValue = upperTailOfChiSquared(statistic, degreesOfFreedom: Double(degreesOfFreedom))
  }
}

/// Tests of stratified tables: no association (Cochran–Mantel–Haenszel), and equal odds ratios (Breslow–Day, Tarone).
///
/// A test that does not exist for the data (no table with events and non-events, an odds ratio that is not estimable,
/// a single table for the tests of homogeneity) is `nil`.
public struct CountTests: Sendable, Equatable {
  /// χ² = (Σ(a − E))² / ΣV; Mantel and Haenszel (1959), hypergeometric variance.
  public var cochranMantelHaenszel: CountTest?
  /// The same with |Σ(a − E)| lowered by 1/2 (not below zero).
  public var cochranMantelHaenszelCorrected: CountTest?
  /// Breslow and Day (1980, eq. 4.30): Σ (a − â)²/V̂, â and V̂ the fitted cell and its asymptotic variance under the
  /// common (Mantel–Haenszel) odds ratio.
  public var breslowDay: CountTest?
  /// Breslow–Day less (Σ(a − â))² / ΣV̂, which makes it a proper χ² with the Mantel–Haenszel estimate (Tarone 1985).
  public var tarone: CountTest?

  /// The tests of two-by-two tables; incomplete rows take no part. Throws `domain` for impossible counts.
  public init(_ table: TwoByTwoColumns) throws(FitError) {
    try table.validate()
    var (excess, variance) = (0.0, 0.0)
    for i in 0..<table.count where table.isComplete(i) {
      let score = HypergeometricScore(table, i)
      excess += score.excess
      variance += score.variance
    }
    setAssociation(excess: excess, variance: variance)
    setHomogeneity(table)
  }

  /// The test of no association for person-time data: E = t₁x/T, V = x t₁t₂/T², x = x₁ + x₂ (Rothman, Greenland and
  /// Lash 2008, ch. 15). The tests of equal odds ratios do not apply. Throws `domain` for impossible counts or times.
  public init(_ data: PersonTimeColumns) throws(FitError) {
    try data.validate()
    var (excess, variance) = (0.0, 0.0)
    for i in 0..<data.count where data.isComplete(i) {
      let total = data.time1[i] + data.time2[i]
      let (f1, f2) = (data.time1[i] / total, data.time2[i] / total)
      excess += data.events1[i] * f2 - data.events2[i] * f1
      variance += (data.events1[i] + data.events2[i]) * f1 * f2
    }
    setAssociation(excess: excess, variance: variance)
  }

  private mutating func setAssociation(excess: Double, variance: Double) {
    if variance <= 0 { return }
    let lowered = max(0, abs(excess) - 0.5)
    cochranMantelHaenszel = CountTest(statistic: excess * excess / variance, degreesOfFreedom: 1)
    cochranMantelHaenszelCorrected = CountTest(statistic: lowered * lowered / variance, degreesOfFreedom: 1)
  }

  private mutating func setHomogeneity(_ table: TwoByTwoColumns) {
    let complete = table.completeRows()
    guard let pooled = try? MantelHaenszelMeasure.oddsRatio.pool(table, complete) else { return }
    let ratio = exp(pooled.value)
    var (sum, differences, variances, tables) = (0.0, 0.0, 0.0, 0)
    for i in 0..<table.count where complete[i] {
      guard let fitted = FittedCell(table, i, oddsRatio: ratio) else { continue }
      sum += fitted.difference * fitted.difference / fitted.variance
      differences += fitted.difference
      variances += fitted.variance
      tables += 1
    }
    if tables < 2 { return }
    breslowDay = CountTest(statistic: sum, degreesOfFreedom: tables - 1)
    tarone = CountTest(
      statistic: max(0, sum - differences * differences / variances), degreesOfFreedom: tables - 1)
  }
}

/// The cell a of a table fitted under a given odds ratio ψ with the margins kept, and its asymptotic variance.
private struct FittedCell {
  var difference, variance: Double

  /// `nil` when a margin is zero, so that the table has no say.
  init?(_ table: TwoByTwoColumns, _ i: Int, oddsRatio: Double) {
    let (a, b, c, d) = (table.a[i], table.b[i], table.c[i], table.d[i])
    let (n1, n2, events) = (a + b, c + d, a + c)
    if n1 == 0 || n2 == 0 || events == 0 || b + d == 0 { return nil }
    // â solves (1 − ψ) x² + q x − p = 0 with q = n₂ − m + ψ(n₁ + m), p = ψ n₁ m; the form without cancellation is taken.
    let q = n2 - events + oddsRatio * (n1 + events)
    let p = oddsRatio * n1 * events
    let root = (q * q + 4 * (1 - oddsRatio) * p).squareRoot()
    let fitted = q >= 0 ? 2 * p / (q + root) : (root - q) / (2 * (1 - oddsRatio))
    difference = a - fitted
    variance = 1 / (1 / fitted + 1 / (n1 - fitted) + 1 / (events - fitted) + 1 / (n2 - events + fitted))
    if !variance.isFinite || variance <= 0 { return nil }
  }
}
