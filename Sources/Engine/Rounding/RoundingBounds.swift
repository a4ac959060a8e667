import NumericCore
import Synthesis

/// Guaranteed bounds of an inverse-variance analysis whose yᵢ and vᵢ lie in intervals.
///
/// The pooled mean is a ratio of sums that is monotone in each yᵢ and in each weight, so that its extremes lie at corners,
/// found by the threshold rule (weights high above the mean, low below). Q = min_μ Σwᵢ(yᵢ − μ)² rises with every weight;
/// its least value over the yᵢ is a convex problem in μ, its largest is at most min_μ Σwᵢ max(|yᵢ − μ|)². C = Σw − Σw²/Σw
/// of DerSimonian and Laird rises with every weight (∂C/∂wᵢ ≥ (1 − wᵢ/Σw)² ≥ 0). What is made of several of these
/// takes the ends of each: an outer bound, that may be wider than the truth and never narrower, up to the last digits of
/// double precision, for which it is widened by 1e-9.
struct RoundingBounds {
  typealias Range = ClosedRange<Double>

  let y, v: [Range]
  /// The fit of the numbers as printed, whose critical values serve.
  let fit: Fit
  /// The model: τ² of DerSimonian and Laird, or none.
  let hasTauSquared: Bool

  /// The bounds of every figure that the fit has.
  func figures() -> [RoundedFigure: Range] {
    guard let pooled = fit.pooled else { return [:] }
    let k = y.count
    let df = Double(k - 1)
    let w = v.map { 1 / $0.upperBound...1 / $0.lowerBound }
    let q = k > 1 ? heterogeneity(w) : 0...0
    let tau2 = hasTauSquared && k > 1 ? momentEstimate(q, w, df) : 0...0
    let weights = v.map { 1 / ($0.upperBound + tau2.upperBound)...1 / ($0.lowerBound + tau2.lowerBound) }
    let mean = mean(weights)
    let sum = weights.reduce(0) { $0 + $1.lowerBound }...weights.reduce(0) { $0 + $1.upperBound }
    let scale = varianceScale(weights, df)
    let se =
      (scale.lowerBound / sum.upperBound).squareRoot()...(scale.upperBound / sum.lowerBound).squareRoot()
    var all: [RoundedFigure: Range] = [.estimate: mean, .se: se]
    let critical = (pooled.interval.upper - pooled.value) / pooled.standardError
    (all[.lower], all[.upper]) = ends(mean, half: scaled(se, critical))
    if pooled.pValue != nil { all[.p] = pValue(mean, se) }
    guard k > 1 else { return all.mapValues(widened) }
    all[.q] = q
    all[.qP] = tail(q, df)
    all[.iSquared] = share(q.lowerBound, df)...share(q.upperBound, df)
    if hasTauSquared { all[.tauSquared] = tau2 }
    if let prediction = fit.prediction, let scale = prediction.scale, scale > 0 {
      let critical = (prediction.interval.upper - pooled.value) / scale
      let spread =
        (se.lowerBound * se.lowerBound + tau2.lowerBound)
        .squareRoot()...(se.upperBound * se.upperBound
        + tau2.upperBound).squareRoot()
      (all[.predictionLower], all[.predictionUpper]) = ends(mean, half: scaled(spread, critical))
    }
    return all.mapValues(widened)
  }

  // MARK: Parts

  /// The range of Σwy/Σw.
  private func mean(_ w: [Range]) -> Range {
    extremeMean(w, y.map(\.lowerBound), isUpper: false)...extremeMean(w, y.map(\.upperBound), isUpper: true)
  }

  /// Raises (or lowers) the mean until no weight wants to change; each step goes to another corner, so that it ends.
  private func extremeMean(_ w: [Range], _ y: [Double], isUpper: Bool) -> Double {
    var mean = isUpper ? -Double.infinity : .infinity
    while true {
      var (sum, total) = (0.0, 0.0)
      for i in y.indices {
        let weight = (y[i] > mean) == isUpper && mean.isFinite || !mean.isFinite ? w[i].upperBound : w[i].lowerBound
        sum += weight
        total += weight * y[i]
      }
      let next = total / sum
      guard isUpper ? next > mean : next < mean else { return mean }
      mean = next
    }
  }

  /// The range of Q with these weights.
  private func heterogeneity(_ w: [Range]) -> Range {
    let low = leastOver { mu in
      (0..<y.count).reduce(0) { sum, i in
        let gap = max(y[i].lowerBound - mu, mu - y[i].upperBound, 0)
        return sum + w[i].lowerBound * gap * gap
      }
    }
    let high = leastOver { mu in
      (0..<y.count).reduce(0) { sum, i in
        let gap = max(mu - y[i].lowerBound, y[i].upperBound - mu)
        return sum + w[i].upperBound * gap * gap
      }
    }
    return low * (1 - 1e-9)...max(high * (1 + 1e-9), low)
  }

  /// The minimum of a convex function of μ over the hull of the yᵢ, by thirds.
  private func leastOver(_ function: (Double) -> Double) -> Double {
    var lower = y.map(\.lowerBound).min() ?? 0
    var upper = y.map(\.upperBound).max() ?? 0
    for _ in 0..<200 where upper > lower {
      let third = (upper - lower) / 3
      if function(lower + third) <= function(upper - third) { upper -= third } else { lower += third }
    }
    return function(0.5 * (lower + upper))
  }

  private func momentEstimate(_ q: Range, _ w: [Range], _ df: Double) -> Range {
    func c(_ weights: [Double]) -> Double {
      let (sum, squares) = weights.reduce((0.0, 0.0)) { ($0.0 + $1, $0.1 + $1 * $1) }
      return sum - squares / sum
    }
    let low = max(0, q.lowerBound - df) / c(w.map(\.upperBound))
    let high = max(0, q.upperBound - df) / c(w.map(\.lowerBound))
    return low...max(low, high)
  }

  /// The factor of Hartung and Knapp, 1 without it; never below 1 with the ad hoc rule.
  private func varianceScale(_ weights: [Range], _ df: Double) -> Range {
    guard fit.inference.hasPrefix("hartung-knapp"), df > 0 else { return 1...1 }
    let q = heterogeneity(weights)
    let floor: Double = fit.inference == Inference.hartungKnappAdHoc.word ? 1 : 0
    return max(q.lowerBound / df, floor)...max(q.upperBound / df, floor)
  }

  private func scaled(_ range: Range, _ factor: Double) -> Range {
    factor * range.lowerBound...factor * range.upperBound
  }

  private func ends(_ mean: Range, half: Range) -> (Range, Range) {
    (
      mean.lowerBound - half.upperBound...mean.upperBound - half.lowerBound,
      mean.lowerBound + half.lowerBound...mean.upperBound + half.upperBound
    )
  }

  private func pValue(_ mean: Range, _ se: Range) -> Range {
    let near = mean.contains(0) ? 0 : min(abs(mean.lowerBound), abs(mean.upperBound))
    let far = max(abs(mean.lowerBound), abs(mean.upperBound))
    let law = fit.pooled?.degreesOfFreedom.flatMap { try? StudentT(degreesOfFreedom: $0) }
    func p(_ statistic: Double) -> Double { law?.twoSidedP(statistic) ?? Normal.twoSidedP(statistic) }
    return (se.lowerBound > 0 ? p(far / se.lowerBound) : 0)...p(near / se.upperBound)
  }

  private func tail(_ q: Range, _ df: Double) -> Range {
    guard let law = try? ChiSquared(degreesOfFreedom: df) else { return 0...1 }
    return law.upperTail(q.upperBound)...law.upperTail(q.lowerBound)
  }

  private func share(_ q: Double, _ df: Double) -> Double { q > df ? 100 * (q - df) / q : 0 }

  private func widened(_ range: Range) -> Range {
    let margin = 1e-9 * max(abs(range.lowerBound), abs(range.upperBound))
    return range.lowerBound - margin...range.upperBound + margin
  }
}
