import NumericCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The studies of a fit with moderators, expressed in an orthonormal basis Z of the design's columns.
///
/// The quadratic forms y'Py depend on the column space alone, so Z stands for X and Z'WZ is as well conditioned as the weights
/// are even; y stands as its unweighted residuals, as Py does not change. Rows go four to a vector, the last padded with vᵢ = ∞.
struct DesignBasis: Sendable {
  /// k and p.
  let rows: Int
  let columns: Int
  /// y'(I − ZZ')y.
  let residualSumOfSquares: Double
  /// tr((I − ZZ')V).
  let unweightedTracePV: Double
  /// The orthonormal columns, column-major.
  let qr: ThinQR
  private let y: [SIMD4<Double>]
  private let v: [SIMD4<Double>]
  private let z: [SIMD4<Double>]
  private let largestV: Double

  /// The basis of a design of full rank.
  init(yi: [Double], vi: [Double], qr: ThinQR) {
    self.qr = qr
    rows = qr.rows
    columns = qr.columns
    let residuals = qr.residuals(of: yi)
    residualSumOfSquares = residuals.reduce(0) { $0 + $1 * $1 }
    largestV = vi.max() ?? 0
    unweightedTracePV = Self.unweightedTrace(vi, qr)
    let chunks = (rows + 3) / 4
    y = Self.packed(residuals, chunks: chunks, padding: 0)
    v = Self.packed(vi, chunks: chunks, padding: .infinity)
    var basis = [SIMD4<Double>](repeating: .zero, count: chunks * columns)
    let (rows, columns) = (qr.rows, qr.columns)
    qr.q.withUnsafeBufferPointer { q in
      basis.withUnsafeMutableBytes { bytes in
        let out = bytes.bindMemory(to: Double.self)
        for j in 0..<columns {
          for i in 0..<rows { out[((i >> 2) * columns + j) * 4 + (i & 3)] = q[j * rows + i] }
        }
      }
    }
    z = basis
  }

  /// Whether a constant is a combination of the columns: the model has an intercept, if only by dummy variables.
  var spansConstant: Bool {
    let left = qr.residuals(of: [Double](repeating: 1, count: rows))
    return left.allSatisfy { abs($0) < 1e-9 }
  }

  /// Σvᵢ(1 − hᵢ), hᵢ the unweighted leverages.
  private static func unweightedTrace(_ vi: [Double], _ qr: ThinQR) -> Double {
    qr.q.withUnsafeBufferPointer { q in
      var trace = 0.0
      for i in 0..<qr.rows {
        var leverage = 0.0
        for j in 0..<qr.columns { leverage += q[j * qr.rows + i] * q[j * qr.rows + i] }
        trace += vi[i] * (1 - leverage)
      }
      return trace
    }
  }

  private static func packed(_ x: [Double], chunks: Int, padding: Double) -> [SIMD4<Double>] {
    var result = [SIMD4<Double>](repeating: SIMD4(repeating: padding), count: chunks)
    result.withUnsafeMutableBytes { bytes in
      let out = bytes.bindMemory(to: Double.self)
      for i in x.indices { out[i] = x[i] }
    }
    return result
  }

  /// Z'WZ, Z'W²Z, Z'W³Z (packed lower triangles), Z'Wy, Σw, Σw².
  private struct CrossProducts {
    var m, n2, n3, wy: [Double]
    var sumW, sumW2: Double
  }

  /// All sums at τ² = t.
  func sums(at t: Double) -> ProfileSums {
    let x = crossProducts(SIMD4(repeating: t))
    let factor = PackedCholesky(size: columns, packed: x.m)
    let second = factor.solve(packed: x.n2)
    let third = factor.solve(packed: x.n3)
    var trace2 = 0.0
    var trace3 = 0.0
    var trace22 = 0.0
    for i in 0..<columns {
      trace2 += second[i * columns + i]
      trace3 += third[i * columns + i]
      for j in 0..<columns { trace22 += second[i * columns + j] * second[j * columns + i] }
    }
    let r = residualSums(SIMD4(repeating: t), gamma: factor.solve(x.wy))
    let half = factor.forward(r.wz)
    let df = Double(rows - columns)
    let traceP = max(x.sumW - trace2, df / (largestV + t))
    // Cauchy–Schwarz bounds stand in where rounding has eaten the difference.
    return ProfileSums(
      sumW: x.sumW, sumW2: x.sumW2, q: r.q, traceP: traceP,
      tracePP: max(x.sumW2 - 2 * trace3 + trace22, traceP * traceP / df),
      yPPy: r.zz, yPPPy: max(r.wzz - half.reduce(0) { $0 + $1 * $1 }, r.q > 0 ? r.zz * r.zz / r.q : 0), mean: .nan)
  }

  /// log|X'WX| − log|X'X|.
  func logDeterminantRatio(at t: Double) -> Double {
    let factor = PackedCholesky(size: columns, packed: crossProducts(SIMD4(repeating: t)).m)
    return 2 * factor.diagonal.reduce(0) { $0 + log($1) }
  }

  private func crossProducts(_ t: SIMD4<Double>) -> CrossProducts {
    let pairs = columns * (columns + 1) / 2
    var m = [SIMD4<Double>](repeating: .zero, count: pairs)
    var n2 = m
    var n3 = m
    var wy = [SIMD4<Double>](repeating: .zero, count: columns)
    var s1 = SIMD4<Double>.zero
    var s2 = SIMD4<Double>.zero
    for c in v.indices {
      let w = 1 / (v[c] + t)
      let w2 = w * w
      let w3 = w2 * w
      s1 += w
      s2 += w2
      let wyc = w * y[c]
      var at = 0
      for i in 0..<columns {
        let zi = z[c * columns + i]
        wy[i] += wyc * zi
        for j in 0...i {
          let product = zi * z[c * columns + j]
          m[at] += w * product
          n2[at] += w2 * product
          n3[at] += w3 * product
          at += 1
        }
      }
    }
    return CrossProducts(
      m: m.map { $0.sum() }, n2: n2.map { $0.sum() }, n3: n3.map { $0.sum() }, wy: wy.map { $0.sum() },
      sumW: s1.sum(), sumW2: s2.sum())
  }

  private struct ResidualSums {
    var q, zz, wzz: Double
    var wz: [Double]
  }

  /// Σwr², Σz², Σwz² and Z'Wz, with r = y − Zγ and z = Wr.
  private func residualSums(_ t: SIMD4<Double>, gamma: [Double]) -> ResidualSums {
    var q = SIMD4<Double>.zero
    var zz = SIMD4<Double>.zero
    var wzz = SIMD4<Double>.zero
    var wz = [SIMD4<Double>](repeating: .zero, count: columns)
    for c in v.indices {
      let w = 1 / (v[c] + t)
      var r = y[c]
      for j in 0..<columns { r -= gamma[j] * z[c * columns + j] }
      let s = w * r
      q += s * r
      zz += s * s
      wzz += w * s * s
      let ws = w * s
      for j in 0..<columns { wz[j] += ws * z[c * columns + j] }
    }
    return ResidualSums(q: q.sum(), zz: zz.sum(), wzz: wzz.sum(), wz: wz.map { $0.sum() })
  }
}
