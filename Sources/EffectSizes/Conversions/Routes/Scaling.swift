/// The constants between a standardised mean difference and a log odds ratio.
enum Scaling {
  /// π/√3, the standard deviation of the standard logistic distribution (Hasselblad and Hedges 1995).
  static let logistic = Double.pi / 3.0.squareRoot()
  /// 1.65, of the normal one (Cox and Snell 1989).
  static let normal = 1.65

  /// What a standardised difference is multiplied by to give a measure; `nil` where it gives none.
  static func fromDifference(to measure: Measure) -> Double? {
    switch measure.code {
    case "SMD": 1
    case "OR", "D2ORL": logistic
    case "D2ORN": normal
    default: nil
    }
  }

  /// What a log odds ratio is multiplied by to give a measure; `nil` where it gives none.
  static func fromLogOddsRatio(to measure: Measure) -> Double? {
    switch measure.code {
    case "OR": 1
    case "SMD", "OR2DL": 1 / logistic
    case "OR2DN": 1 / normal
    default: nil
    }
  }
}

extension Effect {
  /// The correlation of a standardised difference: r = d/√(d² + a), V = a² V_d/(d² + a)³, a = (n₁ + n₂)²/(n₁ n₂), or 4
  /// for groups of unknown and presumably equal size. Source: Borenstein et al. (2009), 7.7-7.9.
  func correlation(n1: Double, n2: Double) -> Effect {
    let ratio = (n1 + n2) * (n1 + n2) / (n1 * n2)
    let a = ratio.isNaN ? 4 : ratio
    let sum = yi * yi + a
    return Effect(yi: yi / sum.squareRoot(), vi: square(a / sum) / sum * vi)
  }
}
