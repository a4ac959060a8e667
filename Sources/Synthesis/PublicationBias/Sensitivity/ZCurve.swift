import NumericCore

/// Z-curve: the replicability and the discovery rate behind a set of significant results.
///
/// The |z| = |yᵢ|/√vᵢ beyond a = z₀.₉₇₅ are taken for a mixture of folded normals with the means 0, 1, …, 6 and variance 1, cut off at a
/// and at b = 6 (``ZCurveMixture``). With the weights wⱼ of the fitted mixture, hⱼ = Φ(μⱼ − a), powers pⱼ = hⱼ + Φ(−a − μⱼ) and the
/// share s of significant results beyond b, which have a power of 1,
///
///     ERR = (1 − s) Σ wⱼ hⱼ + s,      EDR = 1 / ((1 − s) Σ wⱼ / pⱼ + s),
///
/// the expected replication rate (the same sign, significant again, in studies of the same size) and the expected discovery rate (the
/// mean power before selection for significance). Sorić's bound of the false discoveries is (1/EDR − 1)·α/(1 − α), α = 0.05.
///
/// Intervals are percentiles of a bootstrap of the significant results, made wider by 0.03 (ERR) and 0.05 (EDR) on both sides and kept
/// within [α/2, 1] and [α, 1]; the widening was found for a level of 0.95. A sample is a function of seed and number.
///
/// Sources: Brunner and Schimmack (2020), Meta-Psychology 4, MP.2018.874; Bartoš and Schimmack (2022), Meta-Psychology 6, MP.2021.2720.
/// The formulas are those with which the rates agree with the R package zcurve 2.4.3, to the end of its iteration.
public struct ZCurve: Sendable {
  /// A rate with its interval.
  public struct Rate: Sendable {
    /// The rate, a share.
    public let value: Double
    /// Its interval.
    public let interval: Interval
  }

  /// Two-sided level of significance.
  public static let significance = 0.05
  /// Below this number of significant |z| up to 6 no mixture is fitted.
  public static let fewest = 10

  /// Number of studies, of significant ones, and of those of them with |z| above 6.
  public let count, significant, extreme: Int
  /// Means of the parts of the mixture and their weights.
  public let means, weights: [Double]
  /// Log-likelihood of the mixture.
  public let logLikelihood: Double
  /// Expected replication rate.
  public let replication: Rate
  /// Expected discovery rate.
  public let discovery: Rate
  /// Sorić's bound of the share of false discoveries.
  public let falseDiscovery: Rate
  /// Number of bootstrap samples.
  public let replicates: Int

  /// Share of the studies that are significant.
  public var observedDiscovery: Double { Double(significant) / Double(count) }

  /// The curve of some studies.
  /// - Throws: `tooFewStudies` below ten significant studies with |z| up to 6; `domain` for a z that is no number;
  ///   `invalidSpecification` below 100 bootstrap samples.
  public init(_ studies: BiasStudies, replicates: Int = 1000, seed: UInt64 = 1) throws(FitError) {
    guard replicates >= 100 else {
      throw .invalidSpecification("a z-curve needs 100 bootstrap samples or more, got \(replicates)")
    }
    try studies.require(1, "a z-curve")
    let z = zip(studies.yi, studies.vi).map { abs($0) / $1.squareRoot() }
    for (i, value) in z.enumerated() where !value.isFinite {
      throw .domain(what: "z of study \(i + 1)", value: value, expected: "a finite number")
    }
    let mixture = try ZCurveMixture(significance: Self.significance)
    let chosen = z.filter { $0 > mixture.lower }
    let fitted = chosen.filter { $0 <= ZCurveMixture.upper }
    guard fitted.count >= Self.fewest else {
      throw .tooFewStudies(
        needed: Self.fewest, got: fitted.count, what: "a z-curve (significant studies with |z| up to 6)")
    }
    (count, significant, extreme, self.replicates) = (z.count, chosen.count, chosen.count - fitted.count, replicates)
    let densities = mixture.densities(fitted)
    let alike = ZCurveMixture.means.map { _ in 1 / Double(ZCurveMixture.means.count) }
    let fit = mixture.fit(densities, counts: [Double](repeating: 1, count: fitted.count), from: alike)
    (means, weights, logLikelihood) = (ZCurveMixture.means, fit.weights, fit.logLikelihood)
    let rates = mixture.rates(fit.weights, beyond: Double(extreme) / Double(significant))
    var samples = (replication: [Double](), discovery: [Double]())
    for sample in 0..<replicates {
      var generator = Philox(seed: seed, stream: UInt64(sample))
      let (drawn, beyond) = Self.resample(fitted.count, of: significant, &generator)
      let weights = mixture.fit(densities, counts: drawn, from: fit.weights).weights
      let rates = mixture.rates(weights, beyond: beyond)
      samples.replication.append(rates.replication)
      samples.discovery.append(rates.discovery)
    }
    let level = studies.model.level
    func rate(_ value: Double, _ samples: [Double], widening: Double, least: Double) -> Rate {
      let sorted = samples.sorted()
      let tail = 0.5 * (1 - level)
      return Rate(
        value: value,
        interval: Interval(
          lower: max(least, percentile(tail, of: sorted) - widening),
          upper: min(1, percentile(1 - tail, of: sorted) + widening), level: level))
    }
    replication = rate(rates.replication, samples.replication, widening: 0.03, least: 0.5 * Self.significance)
    let discovery = rate(rates.discovery, samples.discovery, widening: 0.05, least: Self.significance)
    self.discovery = discovery
    falseDiscovery = Rate(
      value: Self.soric(discovery.value),
      interval: Interval(
        lower: Self.soric(discovery.interval.upper), upper: Self.soric(discovery.interval.lower), level: level))
  }

  /// Sorić's bound at a discovery rate, 1 where that is the level of significance.
  private static func soric(_ rate: Double) -> Double { min(1, (1 / rate - 1) * significance / (1 - significance)) }

  /// How often each fitted result is drawn among all significant ones, and the share of the draws beyond the mixture.
  private static func resample(
    _ fitted: Int, of total: Int, _ generator: inout Philox
  ) -> (counts: [Double], beyond: Double) {
    var counts = [Double](repeating: 0, count: fitted)
    var beyond = 0
    for _ in 0..<total {
      let place = Int(generator.whole(below: UInt64(total)))
      if place < fitted { counts[place] += 1 } else { beyond += 1 }
    }
    return (counts, Double(beyond) / Double(total))
  }
}
