/// The studies of an intercept-only fit, packed for fast and accurate sums.
///
/// The most precise study m stands apart and the others are kept as differences dᵢ = yᵢ − yₘ, four to a vector. Nothing
/// then cancels when one study outweighs the rest by twelve orders of magnitude: 1 − wₘ/Σw is R/Σw with R the sum of the
/// other weights, and wₘrₘ is −Σwᵢrᵢ over the others. The last study takes the place of the one that stands apart, and the last
/// vector is padded with vᵢ = ∞, so wᵢ = 0.
///
/// Sets of at most 64 studies are summed in order, one study after another, as many sets side by side are (`ShortStudies`);
/// longer ones four studies at a time (`LongStudies`).
struct PackedStudies {
  /// Number of studies, k.
  private(set) var count = 0
  /// Estimate and variance of the most precise study.
  private(set) var referenceY = 0.0, referenceV = 0.0
  /// The largest variance.
  private(set) var largestV = 0.0
  private var d: [SIMD4<Double>] = []
  private var v: [SIMD4<Double>] = []
  private var chunks = 0
  /// The unweighted mean of the differences, the reference's 0 among them.
  private var centre = 0.0
  /// The sums of a long set at τ² = 0, which every model asks for.
  private var longSumsAtZero: ProfileSums?

  /// Takes studies; throws unless there is one and every value can be.
  mutating func load(checking yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>) throws(FitError) {
    load(yi: yi, vi: vi, try StudyRange(checking: yi, vi: vi))
  }

  /// Takes studies that were checked before.
  mutating func load(yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>) {
    load(yi: yi, vi: vi, StudyRange(yi: yi, vi: vi))
  }

  /// Storage grows to the largest set seen and is kept.
  private mutating func load(
    yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>, _ range: StudyRange
  ) {
    count = yi.count
    largestV = range.largestV
    referenceY = yi[range.mostPrecise]
    referenceV = vi[range.mostPrecise]
    chunks = (count - 1 + 3) / 4
    if d.count < chunks {
      // `pack` fills what is used.
      d = [SIMD4<Double>](unsafeUninitializedCapacity: chunks) { $1 = chunks }
      v = [SIMD4<Double>](unsafeUninitializedCapacity: chunks) { $1 = chunks }
    }
    pack(yi: yi, vi: vi, without: range.mostPrecise)
    centre = sum { d[$0] } / Double(count)
    longSumsAtZero = isShort ? nil : longSums(at: 0)
  }

  private var isShort: Bool { count - 1 <= longestShortSet }

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

  /// The unweighted Σ(yᵢ − ȳ)².
  var totalSumOfSquares: Double {
    let mean = SIMD4(repeating: centre)
    return centre * centre
      + sum { place in
        let r = d[place] - mean
        return r * r
      }
  }

  /// Σvᵢ.
  var sumV: Double { sum { v[$0] } + referenceV }

  /// Σ over all studies but the reference, of what a vector of four gives: one study after another in short sets, four at a time in
  /// blocks in long ones.
  @inline(__always)
  private func sum(_ term: (Int) -> SIMD4<Double>) -> Double {
    let others = count - 1
    let whole = isShort ? 0 : others / 4
    var total = LongStudies.sum(whole, term)
    for i in (4 * whole)..<others { total += term(i >> 2)[i & 3] }
    return total
  }

  /// All sums at τ² = t.
  func sums(at t: Double) -> ProfileSums {
    if isShort { return shortSums(at: t) }
    if t == 0, let longSumsAtZero { return longSumsAtZero }
    return longSums(at: t)
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
    d.withUnsafeBufferPointer { d in
      v.withUnsafeBufferPointer { v in
        let studies = LongStudies(
          d: UnsafeBufferPointer(rebasing: d[..<chunks]), v: UnsafeBufferPointer(rebasing: v[..<chunks]),
          referenceV: referenceV, centre: centre)
        return ProfileSums(studies.sums(at: t), y: referenceY)
      }
    }
  }

  /// Σ log(vᵢ + τ²).
  func sumOfLogVariances(at t: Double) -> Double {
    var total = log(referenceV + t)
    for i in 0..<(count - 1) { total += log(v[i >> 2][i & 3] + t) }
    return total
  }
}
