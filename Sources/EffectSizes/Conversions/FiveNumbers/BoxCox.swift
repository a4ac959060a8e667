private import NumericCore

extension MeanDeviationMethod {
  /// Mean and standard deviation of a variable that a power transformation makes normal.
  ///
  /// f(x) = (x^λ − 1)/λ, or ln x for λ = 0, with the λ ≥ 0 that sets the transformed median in the middle of the transformed
  /// quartiles or range (or comes nearest for both, by least squares). μ by Luo and σ by Wan or Shi on the transformed
  /// numbers; then mean and variance of f⁻¹(Y), Y normal(μ, σ²) cut off where f⁻¹ ends and at the mirror image of that
  /// point, by quadrature. λ below 0 is not used: the mean of f⁻¹(Y) would be infinite.
  /// Source: McGrath, Zhao, Steele, Thombs and Benedetti (2020), Statistical Methods in Medical Research 29, 2520 (the
  /// steps as the authors' documentation gives them; there the transformed numbers get Wan's deviation).
  static let boxCox = MeanDeviationMethod(
    word: "boxcox", name: "McGrath, Box-Cox", shapes: FiveNumberSummary.Shape.allCases,
    assumption: "a power transformation with exponent 0 or more makes the values normal",
    formula:
      "f(x) = (x^L-1)/L with L >= 0 that makes the transformed numbers symmetric; mu, s of f as default; mean and "
      + "SD of the inverse transformed normal, cut off symmetrically where the inverse ends",
    source: "McGrath, Zhao, Steele, Thombs and Benedetti (2020), Statistical Methods in Medical Research 29, 2520"
  ) { summary throws(ConversionProblem) in
    try summary.requirePositive("a value above 0, as a power transformation needs")
    // Powers of x over the median: the transformation is free of the unit, and nothing overflows.
    let scaled = summary.mapped { $0 / summary.median }
    let power = BoxCoxPower.symmetrizing(scaled)
    let transformed = scaled.mapped { BoxCoxPower(power).transform($0) }
    let moments = BoxCoxPower(power).moments(
      mean: weightedMean(transformed), deviation: weightedDeviation(transformed))
    guard let moments else {
      throw .notEstimable("the back-transformed normal distribution could not be integrated")
    }
    return MeanAndDeviation(
      mean: summary.median * moments.mean, deviation: summary.median * moments.deviation,
      meanMethod: "McGrath 2020, Box-Cox", deviationMethod: "McGrath 2020, Box-Cox",
      skewness: Skewness(transformed).finding.map { $0 + " after the transformation" })
  }
}

/// The transformation f(x) = (x^λ − 1)/λ of positive numbers.
private struct BoxCoxPower {
  /// Exponents looked at: the quartiles of real data lie far within.
  static let largest = 50.0
  /// The normal distribution is integrated over this many standard deviations; beyond lie 10⁻³² of it.
  static let reach = 12.0

  let lambda: Double

  init(_ lambda: Double) { self.lambda = lambda }

  /// (x^λ − 1)/λ without cancellation; ln x for λ = 0.
  func transform(_ x: Double) -> Double { lambda == 0 ? log(x) : expm1(lambda * log(x)) / lambda }

  /// (λ y + 1)^(1/λ), 0 where rounding puts λ y below −1.
  func inverse(_ y: Double) -> Double { lambda == 0 ? exp(y) : exp(log1p(max(lambda * y, -1)) / lambda) }

  /// The λ in [0, 50] with the least Σ (f(upper) + f(lower))², f(median) being 0: each term grows with λ, so that one of
  /// the ends, a root of one of them, or a point between two roots is the least.
  static func symmetrizing(_ scaled: FiveNumberSummary) -> Double {
    let pairs = [(scaled.minimum, scaled.maximum), (scaled.firstQuartile, scaled.thirdQuartile)].filter {
      !$0.0.isNaN && !$0.1.isNaN
    }
    let imbalance = { (lambda: Double, pair: (Double, Double)) in
      BoxCoxPower(lambda).transform(pair.0) + BoxCoxPower(lambda).transform(pair.1)
    }
    let roots = pairs.map { pair -> Double in
      if imbalance(0, pair) >= 0 { return 0 }
      if imbalance(largest, pair) <= 0 { return largest }
      return (try? RootFinder.root(in: Bracket(0, largest)) { imbalance($0, pair) })?.value ?? 0
    }
    guard let low = roots.min(), let high = roots.max(), high > low else { return roots.first ?? 0 }
    let loss = { (lambda: Double) in pairs.reduce(0.0) { $0 + square(imbalance(lambda, $1)) } }
    return (try? Minimizer.minimum(in: Bracket(low, high), loss))?.value ?? low
  }

  /// Mean and standard deviation of f⁻¹(Y), Y normal and cut off symmetrically to the domain of f⁻¹.
  func moments(mean mu: Double, deviation sigma: Double) -> (mean: Double, deviation: Double)? {
    guard sigma > 0 else { return (inverse(mu), 0) }
    let reach = lambda == 0 ? BoxCoxPower.reach : min(BoxCoxPower.reach, (mu + 1 / lambda) / sigma)
    guard reach > 0 else { return nil }
    let center = inverse(mu)
    let integral = { (g: (Double) -> Double) -> Double? in
      let result = try? GaussKronrod.integrate(from: -reach, to: reach) { z in
        exp(-0.5 * z * z) * g(inverse(mu + sigma * z) - center)
      }
      return result.flatMap { $0.converged ? $0.value : nil }
    }
    guard let mass = integral({ _ in 1 }), let first = integral({ $0 }) else { return nil }
    let shift = first / mass
    guard let second = integral({ square($0 - shift) }) else { return nil }
    return (center + shift, (second / mass).squareRoot())
  }
}
