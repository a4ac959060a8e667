/// The exact distribution of y'Py, with weights that do not depend on τ², as a function of τ².
///
/// P = A − AX(X'AX)⁻¹X'A. With U orthonormal spanning A^½X, λⱼ = aⱼ(vⱼ + τ²) and Λ = diag(λⱼ), the moment generating function is
/// exp K(s) = det(I − 2sPΣ)^−½, det(I − 2sPΣ) = Π(1 − 2sλⱼ)·det(U'(I − 2sΛ)⁻¹U): no eigenvalues, O(kp²).
/// The upper tail is (1/2πi)∫exp(K(s) − sq)ds/s along a path that crosses the real axis at c in (0, 1/(2λₘₐₓ)) and opens to
/// the right around the singularities, where the integrand falls off exponentially; with c < 0 it is minus the lower tail.
/// The path c + κy² + iy with y = σ sinh x, and the trapezoidal rule in x, converge geometrically; the step is halved
/// until the sum stands still. Source: the law is that of Jackson 2013 and Biggerstaff and Jackson 2008; the inversion at the
/// saddle point is Rice 1980, bent as in Weideman and Trefethen 2007.
struct GeneralizedQDistribution: Sendable {
  private let a, v: [Double]
  private let u: [Double]
  private let p: Int
  private let traces: MomentTraces

  /// The distribution for a problem and its weights.
  init(problem: PoolingProblem, weights: MomentWeights) {
    a = problem.momentWeights(weights)
    v = problem.vi
    p = problem.p
    traces = problem.moments(weights: weights)
    let k = problem.k
    var x = problem.spanningColumns
    for j in 0..<problem.p { for i in 0..<k { x[j * k + i] *= a[i].squareRoot() } }
    u = ThinQR(rows: k, columns: problem.p, x: x).q
  }

  /// P(y'Py > observed) and its complement, both without cancellation, when the between-study variance is τ².
  func tails(tau2: Double) throws(FitError) -> (upper: Double, lower: Double) {
    let q = traces.q
    let mean = traces.tracePV + tau2 * traces.traceP
    guard q > 1e-14 * mean else { return (1, 0) }
    let lambda = zip(a, v).map { $0 * ($1 + tau2) }
    let contour = SaddleContour(transform: self, lambda: lambda, q: q, upper: q > mean)
    let tail = try contour.integral()
    return q > mean ? (tail, 1 - tail) : (1 - tail, tail)
  }

  /// The τ² at which the upper tail of the observed y'Py is `target`; 0 when it is more at τ² = 0.
  func tauSquared(upperTail target: Double) throws(FitError) -> TauSquaredSolution {
    let atZero = try excess(tau2: 0, target: target)
    guard atZero < 0 else { return TauSquaredSolution(value: 0, procedure: "root of the exact tail of Q") }
    let scale = max(traces.q / traces.traceP, traces.tracePV / traces.traceP)
    let root = try BracketedRoot.expanding(from: scale, what: "generalised Q for τ²") { t throws(FitError) in
      try excess(tau2: t, target: target)
    }
    return TauSquaredSolution(value: root, procedure: "root of the exact tail of Q", iterations: 1)
  }

  /// Upper tail against the target, the smaller tail being the one compared; increases with τ².
  private func excess(tau2: Double, target: Double) throws(FitError) -> Double {
    let tail = try tails(tau2: tau2)
    return target <= 0.5 ? tail.upper - target : (1 - target) - tail.lower
  }

  /// K(s) = −½ log det(I − 2sPΣ), continuous in the upper half-plane: every factor and every pivot there has an imaginary
  /// part of one sign, so that its principal logarithm is the right one.
  func cumulant(_ s: ComplexNumber, lambda: [Double]) -> ComplexNumber {
    var product = ContinuousProduct()
    var gram = [ComplexNumber](repeating: ComplexNumber(re: 0, im: 0), count: p * p)
    let k = lambda.count
    for i in 0..<k {
      let factor = ComplexNumber(re: 1 - 2 * s.re * lambda[i], im: -2 * s.im * lambda[i])
      product.multiply(by: factor)
      let inverse = ComplexNumber(re: 1, im: 0) / factor
      for j in 0..<p {
        for m in 0...j { gram[j * p + m] = gram[j * p + m] + (u[j * k + i] * u[m * k + i]) * inverse }
      }
    }
    var logDet = product.logarithm
    for j in 0..<p {
      let pivot = gram[j * p + j]
      logDet = logDet + pivot.logarithm
      for i in (j + 1)..<max(p, j + 1) {
        let factor = gram[i * p + j] / pivot
        for m in (j + 1)...i { gram[i * p + m] = gram[i * p + m] - factor * gram[m * p + j] }
      }
    }
    return -0.5 * logDet
  }
}
