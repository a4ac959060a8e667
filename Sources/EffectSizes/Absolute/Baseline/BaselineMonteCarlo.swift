import NumericCore

extension BaselineCarrying {
  /// Monte Carlo: percentiles of the risk difference over draws of the effect and of the baseline risk.
  ///
  /// η is normal about η̂ with the spread that each side of the effect's interval implies, so that the interval's ends are
  /// the percentiles drawn; p₀ from Jeffreys' posterior
  /// Beta(x + ½, n − x + ½) for counts, from the logistic-normal that an interval implies otherwise. The error of a
  /// percentile is half the distance between the order statistics one binomial standard deviation to either side. The
  /// seed alone decides the draws. Sources: Spiegelhalter, Abrams and Myles (2004), 3.19; Efron and Tibshirani (1993),
  /// chapter 13 (percentiles).
  public static let monteCarlo = BaselineCarrying(code: "monte-carlo", name: "Monte Carlo, percentiles") {
    effect, baseline, draws throws(AbsoluteEffectError) in
    let z = try TwoSided.quantile(effect.level)
    let below = (effect.eta - effect.lowerEta) / z
    let above = (effect.upperEta - effect.eta) / z
    let sampler = try BaselineSampler(baseline)
    var random = Philox(seed: draws.seed)
    var values = [Double]()
    values.reserveCapacity(draws.count)
    for _ in 0..<draws.count {
      let normal = random.normal()
      let eta = effect.eta + (normal < 0 ? below : above) * normal
      values.append(effect.difference(at: sampler.draw(&random), eta: eta))
    }
    values.sort()
    let tail = (1 - effect.level) / 2
    let lower = Percentile(tail, of: values)
    let upper = Percentile(1 - tail, of: values)
    return CarriedLimits(
      limits: ConfidenceLimits(lower: lower.value, upper: upper.value),
      monteCarloErrors: (lower.error, upper.error))
  }
}

/// Draws of a baseline risk.
private enum BaselineSampler {
  case beta(a: Double, b: Double)
  case logisticNormal(mean: Double, error: Double)

  init(_ baseline: BaselineRisk) throws(AbsoluteEffectError) {
    if case .counts(let events, let total) = baseline.uncertainty {
      self = .beta(a: events + 0.5, b: total - events + 0.5)
    } else {
      self = .logisticNormal(mean: BaselineRisk.logit(baseline.value), error: try baseline.logitStandardError())
    }
  }

  func draw(_ random: inout Philox) -> Double {
    switch self {
    case .beta(let a, let b): random.beta(a: a, b: b)
    case .logisticNormal(let mean, let error): BaselineRisk.logistic(mean + error * random.normal())
    }
  }
}

/// A percentile of sorted draws and its Monte-Carlo error.
private struct Percentile {
  let value, error: Double

  /// Linear between the order statistics about p (n − 1) (Hyndman and Fan 1996, definition 7).
  init(_ p: Double, of sorted: [Double]) {
    let last = Double(sorted.count - 1)
    func at(_ place: Double) -> Double {
      let held = min(max(place, 0), last)
      let below = Int(held)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (held - Double(below)) * (sorted[above] - sorted[below])
    }
    let place = p * last
    let deviation = (Double(sorted.count) * p * (1 - p)).squareRoot()
    value = at(place)
    error = (at(place + deviation) - at(place - deviation)) / 2
  }
}
