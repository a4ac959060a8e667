/// What the variance formulas of every standardised difference with one deviation have in common.
///
/// d has m degrees of freedom and large-sample variance base + curvature·d².
struct Standardized: Sendable {
  let d: Double
  let degreesOfFreedom: Double
  /// Variance of d when the true difference is 0.
  let base: Double
  /// Coefficient of d² in the variance, 1/(2 n) with n the subjects behind the deviation.
  let curvature: Double
  /// Weight of the row in an average over the rows.
  let size: Double
  /// What takes the place of `base` in the unbiased estimate, where it differs.
  var unbiasedBase: Double?

  /// g = J d (d when not corrected) and the variance of the type asked for.
  ///
  /// LS: base + curvature g². LS2: J² (base + curvature d²). UB: base + (1 − (m−2)/(m J²)) g², which for an uncorrected d is
  /// divided by J². AV: LS with the size-weighted mean of g. Sources: Hedges (1982) eq. 8; Borenstein (2009) eq. 12.17;
  /// Hedges (1983) eq. 9.
  static func effects(_ inputs: [Standardized], _ settings: Settings) -> [Effect] {
    let factors = inputs.map { hedgesFactor($0.degreesOfFreedom) }
    let g = zip(inputs, factors).map { settings.correct ? $1 * $0.d : $0.d }
    let average = weightedAverage(Array(zip(inputs, g)), of: \.1, by: \.0.size)
    return inputs.indices.map { row in
      let input = inputs[row]
      let m = input.degreesOfFreedom
      let j = factors[row]
      switch settings.vtype {
      case .LS2:
        let shrink = settings.correct ? j * j : 1
        return Effect(yi: g[row], vi: shrink * (input.base + input.curvature * input.d * input.d))
      case .UB:
        let corrected = j * input.d
        let vi = (input.unbiasedBase ?? input.base) + (1 - (m - 2) / (m * j * j)) * corrected * corrected
        return Effect(yi: g[row], vi: settings.correct ? vi : vi / (j * j))
      case .AV: return Effect(yi: g[row], vi: input.base + input.curvature * average * average)
      default: return Effect(yi: g[row], vi: input.base + input.curvature * g[row] * g[row])
      }
    }
  }
}
