/// The studies of an intercept-only fit, packed for fast and accurate sums.
///
/// The most precise study m stands apart and the others are kept as differences dᵢ = yᵢ − yₘ, four to a vector. Nothing
/// then cancels when one study outweighs the rest by twelve orders of magnitude: 1 − wₘ/Σw is R/Σw with R the sum of the
/// other weights, and wₘrₘ is −Σwᵢrᵢ over the others. The last study takes the place of the one that stands apart, and the last
/// vector is padded with vᵢ = ∞, so wᵢ = 0.
///
/// Sets of at most 64 studies are summed in order, one study after another, as many sets side by side are (`ShortStudies`);
/// longer ones four studies at a time.
struct PackedStudies {
  /// Number of studies, k.
  private(set) var count = 0
  /// Estimate and variance of the most precise study.
  private(set) var referenceY = 0.0, referenceV = 0.0
  /// Σvᵢ and the unweighted Σ(yᵢ − ȳ)².
  private(set) var sumV = 0.0, totalSumOfSquares = 0.0
  /// The largest variance.
  private(set) var largestV = 0.0
  private var d: [SIMD4<Double>] = []
  private var v: [SIMD4<Double>] = []
  private var chunks = 0

  /// Vectors per block: partial sums over blocks keep rounding small for millions of studies.
  private static let blockLength = 512

  /// Takes the studies, which are checked before. Storage grows to the largest set seen and is kept.
  mutating func load(yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>) {
    count = yi.count
    var reference = 0
    largestV = vi[0]
    for i in 1..<max(1, count) {
      if vi[i] < vi[reference] { reference = i }
      largestV = max(largestV, vi[i])
    }
    referenceY = yi[reference]
    referenceV = vi[reference]
    chunks = (count - 1 + 3) / 4
    if d.count < chunks {
      // `pack` fills what is used.
      d = [SIMD4<Double>](unsafeUninitializedCapacity: chunks) { $1 = chunks }
      v = [SIMD4<Double>](unsafeUninitializedCapacity: chunks) { $1 = chunks }
    }
    pack(yi: yi, vi: vi, without: reference)
    let ones = sumsOfDifferences()
    sumV = ones.v + referenceV
    totalSumOfSquares = ones.squares
  }

  private mutating func pack(
    yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>, without reference: Int
  ) {
    let shift = referenceY
    let last = count - 1
    d.withUnsafeMutableBytes { dBytes in
      v.withUnsafeMutableBytes { vBytes in
        let dOut = dBytes.bindMemory(to: Double.self)
        let vOut = vBytes.bindMemory(to: Double.self)
        for i in 0..<last {
          dOut[i] = yi[i] - shift
          vOut[i] = vi[i]
        }
        if reference < last {
          dOut[reference] = yi[last] - shift
          vOut[reference] = vi[last]
        }
        for i in max(0, last)..<(4 * chunks) {
          dOut[i] = 0
          vOut[i] = .infinity
        }
      }
    }
  }

  /// Σ(yᵢ − ȳ)² by two passes over the differences, and Σvᵢ without the reference.
  private func sumsOfDifferences() -> (squares: Double, v: Double) {
    let meanD = sum { d[$0] } / Double(count)
    let squares = sum { place in
      let r = d[place] - SIMD4(repeating: meanD)
      return r * r
    }
    return (meanD * meanD + squares, sum { v[$0] })
  }

  /// Σ over all studies but the reference, of what a vector of four gives: one study after another in short sets, four at a time in
  /// blocks in long ones.
  @inline(__always)
  private func sum(_ term: (Int) -> SIMD4<Double>) -> Double {
    let others = count - 1
    let whole = others <= longestShortSet ? 0 : others / 4
    var total = 0.0
    var low = 0
    while low < whole {
      let high = min(low + Self.blockLength, whole)
      var partial = SIMD4<Double>.zero
      for c in low..<high { partial += term(c) }
      total += partial.sum()
      low = high
    }
    for i in (4 * whole)..<others { total += term(i >> 2)[i & 3] }
    return total
  }

  /// Σ wᵢ and Σ wᵢdᵢ over all studies but the reference.
  @inline(__always)
  private func firstPass(_ t: SIMD4<Double>) -> (r1: Double, rd: Double) {
    var r1 = 0.0
    var rd = 0.0
    var low = 0
    while low < chunks {
      let high = min(low + Self.blockLength, chunks)
      var s1 = SIMD4<Double>.zero
      var sd = SIMD4<Double>.zero
      for c in low..<high {
        let w = 1 / (v[c] + t)
        s1 += w
        sd += w * d[c]
      }
      r1 += s1.sum()
      rd += sd.sum()
      low = high
    }
    return (r1, rd)
  }

  /// All sums at τ² = t: two passes, the residuals being taken from the mean that the first one finds.
  func sums(at t: Double) -> ProfileSums {
    count - 1 <= longestShortSet ? shortSums(at: t) : longSums(at: t)
  }

  private func shortSums(at t: Double) -> ProfileSums {
    d.withUnsafeBytes { d in
      v.withUnsafeBytes { v in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: longestShortSet) { w in
          let studies = ShortStudies(
            d: d.bindMemory(to: Double.self), v: v.bindMemory(to: Double.self), w: w, count: count - 1,
            referenceV: referenceV)
          return ProfileSums(studies.sums(at: t), y: referenceY)
        }
      }
    }
  }

  private func longSums(at t: Double) -> ProfileSums {
    let t4 = SIMD4<Double>(repeating: t)
    let (r1, rd) = firstPass(t4)
    let wm = 1 / (referenceV + t)
    let s1 = r1 + wm
    let e = wm / s1
    let delta = rd / s1
    let other = secondPass(t4, delta: delta)
    let zm = -e * rd
    let r2 = other.w2
    let wcz = other.wz - zm * r1
    let centred = other.wzz - 2 * zm * other.wz + zm * zm * r1
    return ProfileSums(
      sumW: s1, sumW2: r2 + wm * wm, q: other.wrr - zm * delta,
      traceP: r1 * (1 + e) - r2 / s1,
      tracePP: (r1 * e) * (r1 * e) + r2 * (1 + 2 * e * e) - 2 * other.w3 / s1 + (r2 / s1) * (r2 / s1),
      yPPy: other.zz + zm * zm, yPPPy: max(0, centred - wcz * wcz / s1), mean: referenceY + delta)
  }

  private struct SecondPass { var w2, w3, wrr, zz, wz, wzz: Double }

  /// Sums over all studies but the reference, with rᵢ = dᵢ − δ and zᵢ = wᵢrᵢ.
  @inline(__always)
  private func secondPass(_ t: SIMD4<Double>, delta: Double) -> SecondPass {
    var total = SecondPass(w2: 0, w3: 0, wrr: 0, zz: 0, wz: 0, wzz: 0)
    let shift = SIMD4<Double>(repeating: delta)
    var low = 0
    while low < chunks {
      let high = min(low + Self.blockLength, chunks)
      var w2 = SIMD4<Double>.zero
      var w3 = SIMD4<Double>.zero
      var wrr = SIMD4<Double>.zero
      var zz = SIMD4<Double>.zero
      var wz = SIMD4<Double>.zero
      var wzz = SIMD4<Double>.zero
      for c in low..<high {
        let w = 1 / (v[c] + t)
        let r = d[c] - shift
        let z = w * r
        let ww = w * w
        w2 += ww
        w3 += ww * w
        wrr += z * r
        let square = z * z
        zz += square
        wz += w * z
        wzz += w * square
      }
      total.w2 += w2.sum()
      total.w3 += w3.sum()
      total.wrr += wrr.sum()
      total.zz += zz.sum()
      total.wz += wz.sum()
      total.wzz += wzz.sum()
      low = high
    }
    return total
  }

  /// Σ log(vᵢ + τ²).
  func sumOfLogVariances(at t: Double) -> Double {
    var total = log(referenceV + t)
    for i in 0..<(count - 1) { total += log(v[i >> 2][i & 3] + t) }
    return total
  }
}
