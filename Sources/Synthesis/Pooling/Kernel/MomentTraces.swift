/// Which weights a quadratic form of moments takes.
enum MomentWeights: Sendable {
  /// aᵢ = 1.
  case equal
  /// The user's.
  case user
  /// aᵢ = 1/vᵢ.
  case inverseVariance
  /// aᵢ = 1/√vᵢ.
  case inverseStandardError
}

/// y'Py and the traces that give its mean and variance, for weights A that do not depend on τ².
///
/// P = A − AX(X'AX)⁻¹X'A. E y'Py = tr(PV) + τ²tr(P); Var y'Py = 2[tr(PVPV) + 2τ²tr(PVP) + τ⁴tr(PP)].
struct MomentTraces: Sendable {
  var q, traceP, tracePV, tracePVPV, tracePVP, tracePP: Double

  /// Standard error of (y'Py − tr(PV))/tr(P) when the between-study variance is τ².
  func standardError(tau2: Double) -> Double {
    (2 * (tracePVPV + 2 * tau2 * tracePVP + tau2 * tau2 * tracePP)).squareRoot() / traceP
  }
}

extension PoolingProblem {
  /// The weights aᵢ, scaled so that the largest is 1 (no estimator depends on their scale).
  func momentWeights(_ weights: MomentWeights) -> [Double] {
    let a: [Double] =
      switch weights {
      case .equal: [Double](repeating: 1, count: k)
      case .user: userWeights ?? vi.map { 1 / $0 }
      case .inverseVariance: vi.map { 1 / $0 }
      case .inverseStandardError: vi.map { 1 / $0.squareRoot() }
      }
    let largest = a.max() ?? 1
    return a.map { $0 / largest }
  }

  /// Columns that span the design, column-major: the orthonormal basis, or ones.
  var spanningColumns: [Double] { basis?.qr.q ?? [Double](repeating: 1, count: k) }

  /// The traces for weights that do not depend on τ².
  func moments(weights: MomentWeights) -> MomentTraces {
    let a = momentWeights(weights)
    let roots = a.map { $0.squareRoot() }
    var x = spanningColumns
    for j in 0..<p { for i in 0..<k { x[j * k + i] *= roots[i] } }
    let qr = ThinQR(rows: k, columns: p, x: x)
    return MomentTraces(problem: self, a: a, roots: roots, qr: qr)
  }
}

extension MomentTraces {
  /// With U orthonormal, A^½X = UR, P = A^½(I − UU')A^½, and for diagonal F, G:
  /// tr(PFPG) = Σa²fg(1 − 2hᵢ) + tr(U'AFU·U'AGU), hᵢ the leverages.
  init(problem: PoolingProblem, a: [Double], roots: [Double], qr: ThinQR) {
    let k = problem.k
    let p = problem.p
    let v = problem.vi
    var ones = [Double](repeating: 0, count: p * p)
    var withV = ones
    self.init(q: 0, traceP: 0, tracePV: 0, tracePVPV: 0, tracePVP: 0, tracePP: 0)
    for i in 0..<k {
      var leverage = 0.0
      for j in 0..<p {
        let uj = qr.q[j * k + i]
        leverage += uj * uj
        for m in 0..<p {
          let product = a[i] * uj * qr.q[m * k + i]
          ones[j * p + m] += product
          withV[j * p + m] += product * v[i]
        }
      }
      traceP += a[i] * (1 - leverage)
      tracePV += a[i] * v[i] * (1 - leverage)
      let square = a[i] * a[i] * (1 - 2 * leverage)
      tracePP += square
      tracePVP += square * v[i]
      tracePVPV += square * v[i] * v[i]
    }
    for e in ones.indices {
      tracePP += ones[e] * ones[e]
      tracePVP += ones[e] * withV[e]
      tracePVPV += withV[e] * withV[e]
    }
    q = Self.residualForm(problem.yi, roots: roots, qr: qr)
  }

  /// y'Py: the squared length of A^½y outside the span of U.
  private static func residualForm(_ yi: [Double], roots: [Double], qr: ThinQR) -> Double {
    let r = qr.residuals(of: zip(yi, roots).map { $0 * $1 })
    return r.reduce(0) { $0 + $1 * $1 }
  }
}
