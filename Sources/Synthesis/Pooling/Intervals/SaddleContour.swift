#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The path of integration for one tail of a quadratic form, and the sum along it.
struct SaddleContour {
  private let transform: GeneralizedQDistribution
  private let lambda: [Double]
  private let q: Double
  private let upper: Bool
  /// Where the path crosses the real axis, how it bends, and the unit of length along it.
  private var crossing = 0.0
  private var bend = 0.0
  private var unit = 0.0

  /// The path for P(Q > q) or, with `upper` false, P(Q < q).
  init(transform: GeneralizedQDistribution, lambda: [Double], q: Double, upper: Bool) {
    self.transform = transform
    self.lambda = lambda
    self.q = q
    self.upper = upper
    let edge = 0.5 / (lambda.max() ?? 1)
    place(edge: edge)
  }

  /// log of the integrand on the real axis, K(s) − sq − log|s|, which is convex on either side of 0.
  private func height(_ s: Double) -> Double {
    transform.cumulant(ComplexNumber(re: s, im: 0), lambda: lambda).re - s * q - log(abs(s))
  }

  /// The point e^x on the side in question: between 0 and the first singularity, or below 0.
  private func position(_ x: Double, edge: Double) -> Double {
    let e = exp(x)
    return upper ? edge * e / (1 + e) : -edge * e
  }

  /// Crosses near the minimum of the integrand, by golden sections on a logarithmic scale.
  private mutating func place(edge: Double) {
    let ratio = 0.6180339887498949
    var low = -30.0
    var high = upper ? 2.2 : 30.0  // up to 0.9 of the way: the edge itself is a removable 0/0, and no place to cross
    var x1 = high - ratio * (high - low)
    var x2 = low + ratio * (high - low)
    var h1 = height(position(x1, edge: edge))
    var h2 = height(position(x2, edge: edge))
    while high - low > 0.02 {
      if h1 < h2 {
        (high, x2, h2) = (x2, x1, h1)
        x1 = high - ratio * (high - low)
        h1 = height(position(x1, edge: edge))
      } else {
        (low, x1, h1) = (x1, x2, h2)
        x2 = low + ratio * (high - low)
        h2 = height(position(x2, edge: edge))
      }
    }
    crossing = position(0.5 * (low + high), edge: edge)
    let room = min(edge - crossing, abs(crossing))
    let e = 0.05 * room
    let curvature = (height(crossing + e) - 2 * height(crossing) + height(crossing - e)) / (e * e)
    unit = 1 / max(curvature, 1 / (crossing * crossing)).squareRoot()
    bend = 0.25 / (edge - crossing)
  }

  /// exp(K(s) − sq)/s · ds/dx at x, its imaginary part over π.
  private func term(_ x: Double) -> Double {
    let (sinh, cosh) = hyperbolic(x)
    let y = unit * sinh
    let s = ComplexNumber(re: crossing + bend * y * y, im: y)
    let slope = ComplexNumber(re: 2 * bend * y, im: 1)
    let exponent = transform.cumulant(s, lambda: lambda) - q * s
    guard exponent.re > -800 else { return 0 }
    let value = exponent.exponential * slope / s
    return value.im * unit * cosh / Double.pi
  }

  /// Probabilities need not be known more finely than this: no quantile asked for is near it.
  private static let negligible = 1e-18

  /// The tail, to a relative 1e-13 or so; throws if the sum does not settle.
  func integral() throws(FitError) -> Double {
    var step = 0.5
    let reach = 7.0
    var sum = 0.5 * term(0)
    var x = step
    while x <= reach {
      sum += term(x)
      x += step
    }
    var last = sum * step
    for _ in 0..<7 {
      var between = 0.0
      x = 0.5 * step
      while x <= reach {
        between += term(x)
        x += step
      }
      sum += between
      step *= 0.5
      let now = sum * step
      if abs(now - last) <= 1e-11 * abs(now) + Self.negligible { return upper ? now : -now }
      last = now
    }
    throw .notConverged(
      what: "distribution of the generalised Q",
      convergence: Convergence(method: "saddle contour", iterations: 7, converged: false, residual: last),
      hint: "use a q-profile interval")
  }
}
