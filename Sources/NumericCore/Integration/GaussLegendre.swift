#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Gauss–Legendre rule on [−1, 1], exact for polynomials up to degree 2n − 1.
///
/// Nodes by Newton's method on the Legendre polynomial from `cos{π(i − ¼)/(n + ½)}`.
/// Source: Davis & Rabinowitz (1984), section 2.7.
public struct GaussLegendre: Sendable {
  /// The nodes, ascending and symmetric about 0.
  public let nodes: [Double]
  /// The weights; they add to 2.
  public let weights: [Double]

  /// The largest rule offered.
  public static let largestCount = 1000

  /// The rule with `count` nodes; throws unless 1 ≤ count ≤ 1000.
  public init(count: Int) throws(IntegrationError) {
    guard count >= 1, count <= GaussLegendre.largestCount else {
      throw .badCount(count, largest: GaussLegendre.largestCount)
    }
    var nodes = [Double](repeating: 0, count: count)
    var weights = nodes
    for i in 0..<(count + 1) / 2 {
      let isMiddle = 2 * i + 1 == count
      var x = isMiddle ? 0 : cos(Double.pi * (Double(i) + 0.75) / (Double(count) + 0.5))
      for _ in 0..<20 where !isMiddle {
        let (value, derivative) = GaussLegendre.polynomial(count, x)
        let step = value / derivative
        x -= step
        if abs(step) < 1e-15 { break }
      }
      let derivative = GaussLegendre.polynomial(count, x).derivative
      let weight = 2 / ((1 - x) * (1 + x) * derivative * derivative)
      (nodes[i], nodes[count - 1 - i]) = (-x, x)
      (weights[i], weights[count - 1 - i]) = (weight, weight)
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// `∫ f` from a to b.
  public func integrate(from a: Double, to b: Double, _ f: (Double) -> Double) -> Double {
    let (center, half) = (0.5 * (a + b), 0.5 * (b - a))
    var sum = CompensatedSum()
    for i in nodes.indices { sum.add(weights[i] * f(center + half * nodes[i])) }
    return half * sum.value
  }

  /// `Pₙ(x)` and its derivative, for |x| < 1.
  private static func polynomial(_ n: Int, _ x: Double) -> (value: Double, derivative: Double) {
    var (before, last) = (1.0, x)
    for k in 1..<max(n, 1) {
      (before, last) = (last, (Double(2 * k + 1) * x * last - Double(k) * before) / Double(k + 1))
    }
    return (last, Double(n) * (before - x * last) / ((1 - x) * (1 + x)))
  }
}
