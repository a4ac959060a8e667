import NumericCore

/// Expected likelihood-ratio statistics of the coefficients, to the order 1/k: what Bartlett's correction divides by.
///
/// For W = 2[ℓ(β̂, τ̂²) − ℓ(β₀, τ̃²)], all p coefficients given under the hypothesis, with weights wᵢ = 1/(vᵢ + τ²),
/// A = X'WX, B = A^−½X'W²XA^−½ and C = A^−½X'W³XA^−½:
///
///     E W = p + [(tr B)² + 4 tr C − 2 tr B²] / (2 Σwᵢ²) + O(k⁻²),
///
/// and a hypothesis that leaves some coefficients free has the difference of two such expectations. For the mean alone the
/// correction is 2Σw³/(ΣwΣw²) − Σw²/(2(Σw)²), 3/2k when the vᵢ are equal.
///
/// Method: Noma (2011), Statistics in Medicine 30, 3304–3312, for the mean; Huizenga, Visser and Dolan (2011), British
/// Journal of Mathematical and Statistical Psychology 64, 1–19, for regressions. Neither text could be read; the formula is derived
/// here, by expanding the profile likelihoods of τ² with and without β around the truth (μ and τ² are orthogonal, the
/// estimate of τ² at a given β has no bias of order 1/k), and is checked against the exact E W for equal vᵢ and by simulation.
enum BartlettFactor {
  /// E W − p for the columns of a design at a given τ²; 0 for no columns.
  static func excess(vi: [Double], tau2: Double, design: Matrix) -> Double {
    let (k, p) = (design.rows, design.columns)
    guard p > 0 else { return 0 }
    let weights = vi.map { 1 / ($0 + tau2) }
    var scaled = design.storage
    for j in 0..<p { for i in 0..<k { scaled[j * k + i] *= weights[i].squareRoot() } }
    // The columns of Q are an orthonormal basis of W^½X: B = Q'WQ and C = Q'W²Q.
    let qr = ThinQR(rows: k, columns: p, x: scaled)
    var (traceB, traceC, traceBB, sumW2) = (0.0, 0.0, 0.0, 0.0)
    for weight in weights { sumW2 += weight * weight }
    for a in 0..<p {
      for b in 0..<p {
        var element = 0.0
        for i in 0..<k { element += weights[i] * qr.q[a * k + i] * qr.q[b * k + i] }
        traceBB += element * element
        if a == b { traceB += element }
      }
      for i in 0..<k { traceC += weights[i] * weights[i] * qr.q[a * k + i] * qr.q[a * k + i] }
    }
    return (traceB * traceB + 4 * traceC - 2 * traceBB) / (2 * sumW2)
  }

  /// E W for a given mean, no moderators.
  static func mean(vi: [Double], tau2: Double) -> Double {
    var (w1, w2, w3) = (0.0, 0.0, 0.0)
    for v in vi {
      let w = 1 / (v + tau2)
      w1 += w
      w2 += w * w
      w3 += w * w * w
    }
    return 1 + 2 * w3 / (w1 * w2) - w2 / (2 * w1 * w1)
  }
}
