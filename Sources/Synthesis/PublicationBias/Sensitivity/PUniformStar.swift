import NumericCore

/// P-uniform*: the effect and heterogeneity from each study's law given that it was, or was not, significant.
///
/// yᵢ ~ N(μ, sᵢ²), sᵢ² = vᵢ + τ², counted as significant beyond cᵢ = z₀.₉₇₅√vᵢ in the direction tested;
/// ℓ = Σ −½log(2πsᵢ²) − ½(yᵢ − μ)²/sᵢ² − log P(yᵢ falls on its side of cᵢ). Maximum likelihood; standard error from the
/// observed information, interval by the profile likelihood. No weight links the two sides, so how much likelier significant studies are
/// published need not be known. Source: van Aert and van Assen (2018, 2021), Correcting for publication bias in a meta-analysis with the
/// p-uniform* method (quoted from memory).
public struct PUniformStar: Sendable {
  /// The adjusted effect; the interval is that of the profile likelihood, `NaN` at an end that does not exist.
  public let pooled: Estimate
  /// τ².
  public let tauSquared: Double
  /// Likelihood-ratio statistic (1 df) of no effect, and its p-value.
  public let statistic, pValue: Double
  /// Significant studies.
  public let significant: Int
  /// Log-likelihood.
  public let logLikelihood: Double

  /// Fits the model.
  /// - Throws: `tooFewStudies` below 2; `notEstimable` without a significant study; `notConverged`.
  public init(_ studies: BiasStudies, alternative: SelectionAlternative = .greater) throws(FitError) {
    try studies.require(2, "p-uniform*")
    guard alternative != .twoSided else {
      throw .invalidSpecification("p-uniform* tests in one direction: --alternative greater or less")
    }
    let sign: Double = alternative == .less ? -1 : 1
    let search = try PUniformSearch(studies, sign)
    guard search.isSignificant.contains(true) else {
      throw .notEstimable(
        what: "p-uniform* (no study is significant in the direction of --alternative \(alternative.rawValue))",
        hint: "choose the other --alternative, or a selection model")
    }
    let best = try search.maximum(fixed: nil)
    let null = try search.maximum(fixed: 0)
    let level = studies.model.level
    let critical = try ReferenceLaw.normal.critical(level: level)
    let error = try best.standardErrors()[0] ?? .nan
    let drop = 0.5 * critical * critical
    let ends = [-1.0, 1].map { search.profileEnd(best, step: $0 * max(error, 1e-8), drop: drop) }.map { sign * $0 }
    let z = best.point[0] / error
    pooled = Estimate(
      value: sign * best.point[0], standardError: error, statistic: sign * z, degreesOfFreedom: nil,
      pValue: Normal.twoSidedP(z), logPValue: Normal.logTwoSidedP(z),
      interval: Interval(lower: sign > 0 ? ends[0] : ends[1], upper: sign > 0 ? ends[1] : ends[0], level: level))
    tauSquared = best.point[1]
    statistic = max(0, 2 * (best.tally.value - null.tally.value))
    pValue = upperTailOfChiSquared(statistic, degreesOfFreedom: 1)
    significant = search.isSignificant.filter { $0 }.count
    logLikelihood = best.tally.value
  }
}

/// The likelihood of p-uniform* and its maxima.
private struct PUniformSearch {
  let yi, vi, cut: [Double]
  let isSignificant: [Bool]
  private let start: [Double]
  private let tauSquaredIsFixed: Bool

  init(_ studies: BiasStudies, _ sign: Double) throws(FitError) {
    let critical = try ReferenceLaw.normal.critical(level: 0.95)
    yi = studies.yi.map { sign * $0 }
    vi = studies.vi
    cut = vi.map { critical * $0.squareRoot() }
    isSignificant = zip(yi, cut).map { $0 > $1 }
    let fit = try studies.model.fit(yi: yi, vi: vi)
    start = [fit.coefficients[0].value, fit.heterogeneity.tauSquared ?? 0]
    tauSquaredIsFixed = studies.model.method.tauSquared == nil
  }

  /// The maximum, over τ² alone where μ is fixed.
  func maximum(fixed mu: Double?) throws(FitError) -> BoundedNewton.Result {
    let newton = BoundedNewton(isFree: [mu == nil, !tauSquaredIsFixed], isBounded: [false, true])
    var best: BoundedNewton.Result?
    for tau2 in tauSquaredIsFixed ? [0] : [start[1], 0.01, 4 * start[1] + 0.1] {
      let found = newton.maximise(from: [mu ?? start[0], tau2]) { likelihood($0) }
      guard found.converged, found.tally.value.isFinite else { continue }
      if found.tally.value > (best?.tally.value ?? -.infinity) { best = found }
    }
    guard let best else {
      throw .notConverged(
        what: "p-uniform*",
        convergence: Convergence(method: "bounded Newton", iterations: 0, converged: false, residual: .nan),
        hint: "use a selection model, or --method EE")
    }
    return best
  }

  /// Where the profile likelihood has dropped by an amount, outward from the maximum; `NaN` when it never does.
  func profileEnd(_ best: BoundedNewton.Result, step: Double, drop: Double) -> Double {
    func excess(_ mu: Double) -> Double? {
      (try? maximum(fixed: mu)).map { best.tally.value - $0.tally.value - drop }
    }
    var (inside, outside) = (best.point[0], best.point[0] + 2 * step)
    for _ in 0..<60 {
      guard let value = excess(outside) else { return .nan }
      if value > 0 { break }
      inside = outside
      outside += (outside - best.point[0])
    }
    guard (excess(outside) ?? -1) > 0 else { return .nan }
    for _ in 0..<200 {
      let middle = 0.5 * (inside + outside)
      if middle == inside || middle == outside || abs(outside - inside) < 1e-12 * max(1, abs(middle)) { break }
      guard let value = excess(middle) else { return .nan }
      if value > 0 { outside = middle } else { inside = middle }
    }
    return 0.5 * (inside + outside)
  }

  private func likelihood(_ x: [Double]) -> SelectionTally {
    let (mu, tau2) = (Jet(x[0], variable: 0), Jet(x[1], variable: 1))
    var sum = Jet(0)
    for i in yi.indices {
      let total = tau2 + Jet(vi[i])
      let inverse = total.reciprocal
      let residual = Jet(yi[i]) - mu
      let side: Double = isSignificant[i] ? 1 : -1
      let tail = (side * ((mu - Jet(cut[i])) * inverse.squareRoot)).logNormalCDF
      sum = sum + Jet(-0.9189385332046728) + -0.5 * total.logarithm + -0.5 * (residual * residual * inverse) - tail
    }
    var tally = SelectionTally(parameters: 0)
    tally.value = sum.value
    for i in 0..<2 {
      tally.gradient[i] = sum.gradient[i]
      tally.hessian[0, i] = sum.row0[i]
      tally.hessian[1, i] = sum.row1[i]
    }
    return tally
  }
}
