#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Gauss–Hermite rule: `∫ f(x) e^−x² dx ≈ Σ wᵢ f(xᵢ)`, exact for polynomials up to degree 2n − 1.
///
/// Nodes are eigenvalues of the Jacobi matrix (Golub & Welsch 1969), then one Newton step on the orthonormal Hermite
/// polynomial; weights are `1 / Σ pₖ(xᵢ)²`, k < n.
public struct GaussHermite: Sendable {
  /// The nodes, ascending and symmetric about 0.
  public let nodes: [Double]
  /// The weights wᵢ; they add to √π.
  public let weights: [Double]
  /// `wᵢ exp(xᵢ²)`, for integrands that hold the Gaussian factor themselves.
  public let scaledWeights: [Double]

  /// The largest rule offered: beyond, weights at the ends fall below 1e-160.
  public static let largestCount = 200

  /// The rule with `count` nodes; throws unless 1 ≤ count ≤ 200.
  public init(count: Int) throws(IntegrationError) {
    guard count >= 1, count <= GaussHermite.largestCount else {
      throw .badCount(count, largest: GaussHermite.largestCount)
    }
    var jacobi = Matrix(rows: count, columns: count)
    for k in 1..<max(count, 1) { jacobi[k, k - 1] = (0.5 * Double(k)).squareRoot() }
    guard let eigen = try? SymmetricEigen(jacobi) else { throw .noNodes(count) }
    var nodes = [Double](repeating: 0, count: count)
    var weights = nodes
    var scaled = nodes
    for i in 0..<(count + 1) / 2 {
      let isMiddle = 2 * i + 1 == count
      var x = isMiddle ? 0 : eigen.values[count - 1 - i]
      for _ in 0..<2 where !isMiddle {
        let (last, before, _) = GaussHermite.polynomials(count, x)
        x -= last / ((2 * Double(count)).squareRoot() * before)
      }
      let sum = GaussHermite.polynomials(count, x).sumOfSquares
      for (place, node) in [(count - 1 - i, x), (i, -x)] {
        nodes[place] = isMiddle ? 0 : node
        weights[place] = 1 / sum
        scaled[place] = exp(x * x) / sum
      }
    }
    self.nodes = nodes
    self.weights = weights
    scaledWeights = scaled
  }

  /// `Σ wᵢ f(xᵢ)`.
  public func integrate(_ f: (Double) -> Double) -> Double {
    var sum = CompensatedSum()
    for i in nodes.indices { sum.add(weights[i] * f(nodes[i])) }
    return sum.value
  }

  /// The mean of `f(X)` for X normal with the given mean and standard deviation.
  public func expectation(mean: Double, standardDeviation: Double, _ f: (Double) -> Double) -> Double {
    0.5641895835477563 * integrate { x in f(mean + 1.4142135623730951 * standardDeviation * x) }
  }

  /// Orthonormal Hermite polynomials `pₙ(x)`, `pₙ₋₁(x)`, and `Σ pₖ(x)²` over k < n.
  private static func polynomials(_ n: Int, _ x: Double) -> (last: Double, before: Double, sumOfSquares: Double) {
    var (before, last) = (0.0, 0.7511255444649425)
    var sum = 0.0
    for k in 0..<n {
      sum += last * last
      let next = (x * last - (0.5 * Double(k)).squareRoot() * before) / (0.5 * Double(k + 1)).squareRoot()
      (before, last) = (last, next)
    }
    return (last, before, sum)
  }
}

/// Why a quadrature rule or integral is refused.
public enum IntegrationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A rule with this number of nodes is not offered.
  case badCount(Int, largest: Int)
  /// The nodes could not be computed.
  case noNodes(Int)
  /// A bound of the integral is NaN.
  case badBounds(lower: Double, upper: Double)
  /// The integrand is NaN or infinite at a point.
  case notFinite(at: Double)

  /// The message: what was asked and what is possible.
  public var description: String {
    switch self {
    case .badCount(let count, let largest): "quadrature: the number of nodes must be 1 to \(largest), got \(count)"
    case .noNodes(let count): "quadrature: the rule with \(count) nodes could not be computed"
    case .badBounds(let lower, let upper): "integral: the bounds must be numbers, got \(lower) and \(upper)"
    case .notFinite(let point): "integral: the integrand is not finite at \(point)"
    }
  }
}
