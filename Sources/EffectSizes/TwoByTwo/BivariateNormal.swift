/// The standard bivariate normal distribution.
enum BivariateNormal {
  /// The density at (h, k) with correlation sin t, times cos t: the derivative by t of P(X ≤ h, Y ≤ k).
  private static func slope(_ h: Double, _ k: Double, _ angle: Double) -> Double {
    let cosine = cos(angle)
    // h² + k² − 2hk sin t = (h − k)² + 2hk(1 − sin t), and 1 − sin t = 2 sin²(π/4 − t/2): no cancellation near 1.
    let distance = square(h - k) + 4 * h * k * square(sin(0.25 * .pi - 0.5 * angle))
    let exponent = 0.5 * distance / (cosine * cosine)
    return exponent < 745 ? exp(-exponent) / (2 * .pi) : 0
  }

  /// P(X ≤ h, Y ≤ k) − Φ(h)Φ(k) with correlation sin `angle`, 0 ≤ angle < π/2.
  ///
  /// ∫₀^angle of the slope (Plackett 1954), by Gauss–Legendre panels that halve towards π/2, where the integrand sharpens.
  private static func excess(_ h: Double, _ k: Double, _ angle: Double) -> Double {
    var total = 0.0
    var from = 0.0
    while from < angle {
      let to = min(angle, from + 0.25 * (0.5 * .pi - from))
      let half = 0.5 * (to - from)
      let middle = 0.5 * (to + from)
      var panel = 0.0
      for (node, weight) in zip(nodes, weights) {
        panel += weight * (slope(h, k, middle - half * node) + slope(h, k, middle + half * node))
      }
      total += half * panel
      if to <= from { break }
      from = to
    }
    return total
  }

  /// P(X ≤ h, Y ≤ k) − Φ(h)Φ(k) with correlation sin `angle`, |angle| < π/2.
  static func dependence(_ h: Double, _ k: Double, angle: Double) -> Double {
    // Turning Y round turns the correlation round: P(X ≤ h, Y ≤ k; ρ) + P(X ≤ h, Y ≤ −k; −ρ) = Φ(h).
    angle >= 0 ? excess(h, k, angle) : -excess(h, -k, -angle)
  }

  /// The density at (h, k) with correlation ρ.
  static func density(_ h: Double, _ k: Double, correlation rho: Double) -> Double {
    let rest = (1 - rho) * (1 + rho)
    let distance = rho >= 0 ? square(h - k) + 2 * h * k * (1 - rho) : square(h + k) - 2 * h * k * (1 + rho)
    return exp(-0.5 * distance / rest) / (2 * .pi * rest.squareRoot())
  }

  /// Positive nodes of 16-point Gauss–Legendre quadrature on (−1, 1). Source: Abramowitz and Stegun, table 25.4.
  private static let nodes = [
    0.0950125098376374402, 0.281603550779258913, 0.458016777657227386, 0.617876244402643748, 0.755404408355003034,
    0.865631202387831744, 0.944575023073232576, 0.989400934991649933,
  ]
  private static let weights = [
    0.189450610455068496, 0.182603415044923589, 0.169156519395002538, 0.149595988816576732, 0.124628971255533872,
    0.0951585116824927848, 0.0622535239386478929, 0.0271524594117540949,
  ]
}
