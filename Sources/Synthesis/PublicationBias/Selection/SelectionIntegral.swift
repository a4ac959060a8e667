import NumericCore

/// Which p-value decides whether a study is seen.
public enum SelectionAlternative: String, Sendable, CaseIterable {
  /// One-sided, small for large effects; for small effects; two-sided.
  case greater, less
  case twoSided = "two-sided"

  /// The p-value of a standardised effect, and its complement.
  func pValue(_ x: Double) -> (p: Double, q: Double) {
    switch self {
    case .greater: (Normal.upperTail(x), Normal.cdf(x))
    case .less: (Normal.cdf(x), Normal.upperTail(x))
    case .twoSided: (2 * Normal.upperTail(abs(x)), Normal.cdf(abs(x)) - Normal.upperTail(abs(x)))
    }
  }
}

/// Integrals of a weight function and its derivatives against the law of one study's effect, and their derivatives in μ.
///
/// With f the density of N(μ, s²), ∂ⁿf/∂μⁿ = Heₙ(z)f/sⁿ; since f obeys the heat equation, ∂f/∂τ² = ½∂²f/∂μ².
struct SelectionIntegral {
  /// ∫ w ∂ⁿf, n = 0…4.
  var m = [Double](repeating: 0, count: 5)
  /// ∫ (∂w/∂δₐ) ∂ⁿf, n = 0…2, for each δ.
  var first: [Double]
  /// ∫ (∂²w/∂δₐ∂δ_b) f.
  var second: [Double]

  /// All zero, for a number of δ.
  init(parameters: Int) {
    first = [Double](repeating: 0, count: 3 * parameters)
    second = [Double](repeating: 0, count: parameters * parameters)
  }
}

/// Hermite's polynomials and the normal density, as integrals need them.
enum Hermite {
  /// He₀…He₄ at z.
  static func values(_ z: Double) -> (Double, Double, Double, Double, Double) {
    let s = z * z
    return (1, z, s - 1, z * (s - 3), (s - 6) * s + 3)
  }

  /// ∫ Heₙφ from z upward, n = 0…4; all but the first are Heₙ₋₁(z)φ(z).
  static func upperIntegrals(_ z: Double) -> (Double, Double, Double, Double, Double) {
    guard z.isFinite else { return (z > 0 ? 0 : 1, 0, 0, 0, 0) }
    let h = values(z)
    let f = Normal.density(z)
    return (Normal.upperTail(z), f, h.1 * f, h.2 * f, h.3 * f)
  }
}

/// A panel rule in x = y/√v shared by all studies: nodes with their p-values.
struct SelectionGrid {
  struct Node {
    let x, weight, p, q: Double
  }

  let nodes: [Node]
  /// Beyond ±edge the weight function is constant.
  let edge: Double

  /// Nodes above 0 and weights of the 16-point Gauss–Legendre rule (Abramowitz and Stegun 1964, table 25.4).
  private static let rule: [(Double, Double)] = [
    (0.0950125098376374402, 0.189450610455068496), (0.281603550779258913, 0.182603415044923589),
    (0.458016777657227386, 0.169156519395002538), (0.617876244402643748, 0.149595988816576732),
    (0.755404408355003034, 0.124628971255533872), (0.865631202387831744, 0.0951585116824927848),
    (0.944575023073232576, 0.0622535239386478929), (0.989400934991649933, 0.0271524594117540949),
  ]
  /// The law of x has a standard deviation of at least 1, for which 16 nodes a unit leave nothing to be desired.
  private static let panel = 1.25
  /// Where p-values underflow.
  private static let end = 37.5

  init(_ alternative: SelectionAlternative, held: HeldPValues) throws(FitError) {
    var ends = [SelectionGrid.end]
    if held.isBounded {
      // Where p reaches the values that it is held at, w has a kink: panels end there.
      let law = ReferenceLaw.normal
      let tails = alternative == .twoSided ? [0.5 * held.low, 0.5 * held.high] : [held.low, held.high]
      ends = try tails.map { tail throws(FitError) in abs(try law.quantile(1 - tail)) }.sorted()
    }
    let edge = ends[ends.count - 1]
    var breaks = [0.0]
    // w may be singular at p = 1, that is x = 0 two-sided: panels that grow from where p is held.
    if alternative == .twoSided, held.isBounded {
      var x = ends[0]
      while x < 0.4 {
        if x > 0 { breaks.append(x) }
        x *= 3
      }
    }
    for end in ends {
      while let last = breaks.last, last < end { breaks.append(min(last + SelectionGrid.panel, end)) }
    }
    var nodes = [Node]()
    for i in 1..<breaks.count {
      let half = 0.5 * (breaks[i] - breaks[i - 1])
      let centre = 0.5 * (breaks[i] + breaks[i - 1])
      for (node, weight) in SelectionGrid.rule {
        for x in [centre - half * node, centre + half * node] {
          for signed in [x, -x] {
            nodes.append(SelectionGrid.node(signed, weight * half, alternative, held))
          }
        }
      }
    }
    self.nodes = nodes.sorted { $0.x < $1.x }
    self.edge = edge
  }

  /// A node with its p-value held.
  static func node(_ x: Double, _ weight: Double, _ alternative: SelectionAlternative, _ held: HeldPValues) -> Node {
    let (p, q) = alternative.pValue(x)
    return Node(
      x: x, weight: weight, p: min(max(p, held.low), held.high), q: min(max(q, 1 - held.high), 1 - held.low))
  }
}

/// The p-values between which a weight function varies; beyond them it is constant.
struct HeldPValues: Sendable {
  let low, high: Double

  /// From a value to its complement.
  init(within clamp: Double) { (low, high) = (clamp, 1 - clamp) }

  /// Between two values.
  init(low: Double, high: Double) { (self.low, self.high) = (low, high) }

  var isBounded: Bool { low > 0 || high < 1 }
}
