import NumericCore

/// Short sets of studies, one to a lane, without each set's most precise study: see `PackedStudies`.
///
/// Sums run over the studies in order, one after another: in one lane or in several, a set has the same bits. Lanes whose
/// sets are shorter are filled up with d = 0 and v = ∞, which adds zeros.
struct ShortStudies<V: Lanes> {
  /// Differences from the most precise study and variances.
  let d, v: UnsafeBufferPointer<V>
  /// Room for the weights.
  let w: UnsafeMutableBufferPointer<V>
  /// Number of studies besides the most precise one.
  var count: Int
  /// Variance of the most precise study.
  var referenceV: V
}

/// The most studies that a set may have besides its most precise one to be short.
let longestShortSet = 63

/// What closed forms and results need of the data at one τ²; `delta` is μ̂ less the reference estimate.
struct LaneMoments<V: Lanes> {
  var sumW, q, traceP, delta: V
}

/// The parts of the score at one τ², and the moments: see `ProfileSums`.
struct LaneSums<V: Lanes> {
  var moments: LaneMoments<V>
  var sumW2, tracePP, yPPy, yPPPy: V
}

extension ShortStudies {
  /// Σwᵢ, Σwᵢdᵢ over all studies but the reference, and what follows from them; keeps the weights.
  private struct First { var r1, rd, wm, s1, inverse, e, delta: V }

  @inline(__always)
  private func firstPass(_ t: V) -> First {
    let one = V(repeating: 1)
    var r1 = V(repeating: 0)
    var rd = V(repeating: 0)
    for i in 0..<count {
      let weight = one / (v[i] + t)
      w[i] = weight
      r1 = r1 + weight
      rd = rd + weight * d[i]
    }
    let wm = one / (referenceV + t)
    let s1 = r1 + wm
    return First(r1: r1, rd: rd, wm: wm, s1: s1, inverse: one / s1, e: wm / s1, delta: rd / s1)
  }

  /// Σw, q, tr(P) and the mean.
  @inline(__always)
  func moments(at t: V) -> LaneMoments<V> {
    let first = firstPass(t)
    var r2 = V(repeating: 0)
    var wrr = r2
    for i in 0..<count {
      let r = d[i] - first.delta
      r2 = r2 + w[i] * w[i]
      wrr = wrr + w[i] * r * r
    }
    return moments(first, r2: r2, wrr: wrr)
  }

  @inline(__always)
  private func moments(_ first: First, r2: V, wrr: V) -> LaneMoments<V> {
    let zm = V(repeating: 0) - first.e * first.rd
    return LaneMoments(
      sumW: first.s1, q: wrr - zm * first.delta,
      traceP: first.r1 * (V(repeating: 1) + first.e) - r2 * first.inverse, delta: first.delta)
  }

  /// All sums, residuals being taken from the mean that the first pass finds.
  @inline(__always)
  func sums(at t: V) -> LaneSums<V> {
    let first = firstPass(t)
    let zero = V(repeating: 0)
    var (r2, r3, wrr, zz, wz, wzz) = (zero, zero, zero, zero, zero, zero)
    for i in 0..<count {
      let weight = w[i]
      let r = d[i] - first.delta
      let z = weight * r
      let square = weight * weight
      r2 = r2 + square
      r3 = r3 + square * weight
      wrr = wrr + weight * r * r
      let zSquare = z * z
      zz = zz + zSquare
      wz = wz + weight * z
      wzz = wzz + weight * zSquare
    }
    let one = V(repeating: 1)
    let two = V(repeating: 2)
    let zm = zero - first.e * first.rd
    let wcz = wz - zm * first.r1
    let centred = wzz - two * zm * wz + zm * zm * first.r1
    let share = r2 * first.inverse
    let own = first.r1 * first.e
    let trace2 = own * own + r2 * (one + two * first.e * first.e) - two * r3 * first.inverse
    return LaneSums(
      moments: moments(first, r2: r2, wrr: wrr), sumW2: r2 + first.wm * first.wm, tracePP: trace2 + share * share,
      yPPy: zz + zm * zm, yPPPy: (centred - wcz * wcz * first.inverse).withoutNegatives)
  }
}

extension ProfileSums {
  /// The sums of one set, whose most precise study has the estimate y.
  init(_ s: LaneSums<Double>, y: Double) {
    let m = s.moments
    self.init(
      sumW: m.sumW, sumW2: s.sumW2, q: m.q, traceP: m.traceP, tracePP: s.tracePP, yPPy: s.yPPy, yPPPy: s.yPPPy,
      mean: y + m.delta)
  }
}
