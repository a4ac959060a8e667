/// Integration of smooth functions over an interval.
enum Quadrature {
  /// Nodes above 0 and weights of the 16-point Gauss–Legendre rule on [−1, 1] (Abramowitz and Stegun 1964, table 25.4).
  private static let rule: [(node: Double, weight: Double)] = [
    (0.0950125098376374402, 0.189450610455068496), (0.281603550779258913, 0.182603415044923589),
    (0.458016777657227386, 0.169156519395002538), (0.617876244402643748, 0.149595988816576732),
    (0.755404408355003034, 0.124628971255533872), (0.865631202387831744, 0.0951585116824927848),
    (0.944575023073232576, 0.0622535239386478929), (0.989400934991649933, 0.0271524594117540949),
  ]

  /// ∫ f over [low, high], 16 nodes in each of equal panels.
  static func gaussLegendre(
    from low: Double, to high: Double, panels: Int, _ f: (Double) throws(FitError) -> Double
  ) throws(FitError) -> Double {
    let half = 0.5 * (high - low) / Double(panels)
    var total = 0.0
    for panel in 0..<panels {
      let centre = low + (2 * Double(panel) + 1) * half
      for (node, weight) in rule {
        total += weight * (try f(centre - half * node) + f(centre + half * node))
      }
    }
    return total * half
  }
}
