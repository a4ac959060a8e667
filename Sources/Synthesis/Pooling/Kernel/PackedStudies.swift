import NumericCore

/// The studies of an intercept-only fit, ready for fast and accurate sums.
///
/// The most precise study m stands apart and the others are taken as differences dᵢ = yᵢ − yₘ. Nothing then cancels when one study
/// outweighs the rest by twelve orders of magnitude: 1 − wₘ/Σw is R/Σw with R the sum of the other weights, and wₘrₘ is
/// −Σwᵢrᵢ over the others.
///
/// Sets of at most 64 studies are packed, the last study in the place of the one that stands apart, and summed in order, one study
/// after another, as many sets side by side are (`ShortStudies`); longer ones stay in their columns and are summed four studies
/// at a time (`LongStudies`).
struct PackedStudies {
  /// Number of studies, k.
  private(set) var count = 0
  /// The largest variance.
  private(set) var largestV = 0.0
  /// Threads that long sets may be divided over.
  var threads = 1
  /// Estimate and variance of the most precise study.
  private var referenceY = 0.0, referenceV = 0.0
  private var d: [Double] = []
  private var v: [Double] = []
  private var long: LongStudies?

  /// Takes studies; throws unless there is one and every value can be.
  mutating func load(checking yi: [Double], vi: [Double]) throws(FitError) {
    try yi.withUnsafeBufferPointer { y throws(FitError) in
      try vi.withUnsafeBufferPointer { v throws(FitError) in
        let range = try StudyRange(checking: y, vi: v, threads: threads)
        take(y, v, range, LongColumns(yi: yi, vi: vi))
      }
    }
  }

  /// Takes studies that were checked before.
  mutating func load(yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>) {
    take(yi, vi, StudyRange(yi: yi, vi: vi, threads: threads), LongColumns(yi: Array(yi), vi: Array(vi)))
  }

  /// Takes studies as `load(checking:vi:)` does, a long set without copying it: `letGo()` must follow before the memory goes.
  mutating func borrow(
    checking yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>
  ) throws(FitError) {
    let range = try StudyRange(checking: yi, vi: vi, threads: threads)
    take(yi, vi, range, LongColumns(borrowing: yi, vi: vi))
  }

  /// Forgets a long set.
  mutating func letGo() { long = nil }

  private mutating func take(
    _ yi: UnsafeBufferPointer<Double>, _ vi: UnsafeBufferPointer<Double>, _ range: StudyRange,
    _ columns: @autoclosure () -> LongColumns
  ) {
    count = yi.count
    largestV = range.largestV
    referenceY = yi[range.mostPrecise]
    referenceV = vi[range.mostPrecise]
    if count - 1 <= longestShortSet {
      long = nil
      pack(yi: yi, vi: vi, without: range.mostPrecise)
    } else {
      long = LongStudies(columns(), range, threads: threads)
    }
  }

  private mutating func pack(
    yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>, without reference: Int
  ) {
    if d.isEmpty {
      d = [Double](repeating: 0, count: longestShortSet)
      v = d
    }
    let last = count - 1
    let shift = referenceY
    d.withUnsafeMutableBufferPointer { d in
      v.withUnsafeMutableBufferPointer { v in
        for i in 0..<last {
          d[i] = yi[i] - shift
          v[i] = vi[i]
        }
        if reference < last {
          d[reference] = yi[last] - shift
          v[reference] = vi[last]
        }
      }
    }
  }

  /// The unweighted Σ(yᵢ − ȳ)², in short sets by two passes over the differences, as lanes have it.
  var totalSumOfSquares: Double {
    if let long { return long.totalSumOfSquares }
    return d.withUnsafeBufferPointer { d in
      var (sum, squares) = (0.0, 0.0)
      for i in 0..<(count - 1) { sum += d[i] }
      let mean = sum / Double(count)
      for i in 0..<(count - 1) { squares += (d[i] - mean) * (d[i] - mean) }
      return mean * mean + squares
    }
  }

  /// Σvᵢ.
  var sumV: Double { long?.sumV ?? v.prefix(count - 1).reduce(0, +) + referenceV }

  /// All sums at τ² = t.
  func sums(at t: Double) -> ProfileSums {
    if let long { return long.sums(at: t) }
    return d.withUnsafeBufferPointer { d in
      v.withUnsafeBufferPointer { v in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: longestShortSet) { w in
          let studies = ShortStudies(d: d, v: v, w: w, count: count - 1, referenceV: referenceV)
          return ProfileSums(studies.sums(at: t), y: referenceY)
        }
      }
    }
  }

  /// Σ log(vᵢ + τ²).
  func sumOfLogVariances(at t: Double) -> Double {
    if let long { return long.sumOfLogVariances(at: t) }
    return v.prefix(count - 1).reduce(log(referenceV + t)) { $0 + log($1 + t) }
  }
}
