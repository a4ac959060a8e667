import NumericCore

/// A long set of studies without its most precise one, four studies to a vector: see `PackedStudies`.
struct LongStudies {
  typealias Vector = SIMD4<Double>

  /// Differences from the most precise study and variances; the last vector is filled up with d = 0 and v = ∞.
  let d, v: UnsafeBufferPointer<Vector>
  /// Variance of the most precise study.
  let referenceV: Double
  /// Where residuals are first taken from: the unweighted mean of the differences.
  let centre: Double

  /// Vectors per block: partial sums over blocks keep rounding small for millions of studies.
  static let blockLength = 512

  /// Σ over vectors of what a vector gives, block by block.
  @inline(__always)
  static func sum(_ count: Int, _ term: (Int) -> Vector) -> Double {
    var total = 0.0
    for low in stride(from: 0, to: count, by: blockLength) {
      var partial = Vector.zero
      for place in low..<min(low + blockLength, count) { partial += term(place) }
      total += partial.sum()
    }
    return total
  }

  /// Sums over all studies but the reference, with rᵢ = dᵢ − c and zᵢ = wᵢrᵢ.
  private struct Sums<Value: Lanes> {
    var w, ww, www, z, wz, wwz, zr, zz, wzz: Value

    init() {
      let zero = Value.zero
      (w, ww, www, z, wz, wwz, zr, zz, wzz) = (zero, zero, zero, zero, zero, zero, zero, zero, zero)
    }
  }

  /// All sums at τ² = t.
  ///
  /// One pass does when the mean is near the centre; else a second one takes the residuals from the mean, so that nothing cancels.
  func sums(at t: Double) -> LaneSums<Double> {
    var centre = centre
    var sums = pass(t, centre)
    var e = step(sums, t, centre)
    if 4 * e * e * sums.w > sums.zr || 4 * e * e * sums.ww > sums.zz || 4 * e * e * sums.www > sums.wzz {
      centre += e
      sums = pass(t, centre)
      e = step(sums, t, centre)
    }
    return results(sums, t, centre: centre, step: e)
  }

  /// How far the mean is from the centre; the reference's residual is −c.
  private func step(_ s: Sums<Double>, _ t: Double, _ centre: Double) -> Double {
    let wm = 1 / (referenceV + t)
    return (s.z - wm * centre) / (s.w + wm)
  }

  private func pass(_ t: Double, _ centre: Double) -> Sums<Double> {
    var total = Sums<Double>()
    let (t, shift) = (Vector(repeating: t), Vector(repeating: centre))
    for low in stride(from: 0, to: d.count, by: Self.blockLength) {
      let block = low..<min(low + Self.blockLength, d.count)
      let part = pass(t, shift, UnsafeBufferPointer(rebasing: d[block]), UnsafeBufferPointer(rebasing: v[block]))
      total.w += part.w.sum()
      total.ww += part.ww.sum()
      total.www += part.www.sum()
      total.z += part.z.sum()
      total.wz += part.wz.sum()
      total.wwz += part.wwz.sum()
      total.zr += part.zr.sum()
      total.zz += part.zz.sum()
      total.wzz += part.wzz.sum()
    }
    return total
  }

  @inline(__always)
  private func pass(
    _ t: Vector, _ shift: Vector, _ d: UnsafeBufferPointer<Vector>, _ v: UnsafeBufferPointer<Vector>
  ) -> Sums<Vector> {
    var s = Sums<Vector>()
    for place in 0..<d.count {
      let w = 1 / (v[place] + t)
      let r = d[place] - shift
      let z = w * r
      let ww = w * w
      let wz = w * z
      s.w += w
      s.ww += ww
      s.www += ww * w
      s.z += z
      s.wz += wz
      s.wwz += w * wz
      s.zr += z * r
      s.zz += z * z
      s.wzz += wz * z
    }
    return s
  }

  /// With residuals rᵢ − e: Σw(r − e)² = Σzr − 2eΣz + e²Σw and so on, and the reference's own share.
  private func results(_ s: Sums<Double>, _ t: Double, centre: Double, step e: Double) -> LaneSums<Double> {
    let wm = 1 / (referenceV + t)
    let s1 = s.w + wm
    let share = wm / s1
    let delta = centre + e
    let zm = -wm * delta
    let wrr = s.zr - e * (2 * s.z - e * s.w)
    let wz = s.wz - e * s.ww
    let zz = s.zz - e * (2 * s.wz - e * s.ww)
    let wzz = s.wzz - e * (2 * s.wwz - e * s.www)
    let wcz = wz - zm * s.w
    let centred = wzz - zm * (2 * wz - zm * s.w)
    let own = s.w * share
    let ratio = s.ww / s1
    return LaneSums(
      moments: LaneMoments(sumW: s1, q: wrr - zm * delta, traceP: s.w * (1 + share) - ratio, delta: delta),
      sumW2: s.ww + wm * wm,
      tracePP: own * own + s.ww * (1 + 2 * share * share) - 2 * s.www / s1 + ratio * ratio,
      yPPy: zz + zm * zm, yPPPy: max(0, centred - wcz * wcz / s1))
  }
}
