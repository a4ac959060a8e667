import NumericCore

/// A long set of studies: see `PackedStudies`. Its columns stay where they are, and passes over them may be divided over threads; no
/// bit depends on how many.
struct LongStudies: Sendable {
  private let columns: LongColumns
  private let reference: Int
  private let threads: Int
  /// Estimate and variance of the most precise study.
  private let referenceY, referenceV: Double
  /// The unweighted mean: where residuals are first taken from.
  private let origin: Double
  /// The unweighted Σ(yᵢ − ȳ)², and Σvᵢ.
  let totalSumOfSquares, sumV: Double
  /// The sums at τ² = 0, which every model asks for.
  private var atZero: ProfileSums?

  /// A set whose values were looked at.
  init(_ columns: LongColumns, _ range: StudyRange, threads: Int) {
    self.columns = columns
    self.threads = threads
    reference = range.mostPrecise
    (referenceY, referenceV) = columns.withRows { y, v in (y[range.mostPrecise], v[range.mostPrecise]) }
    let k = Double(columns.count)
    origin = range.origin + range.sums.r / k
    // The origin is near the mean: what is taken out is small.
    totalSumOfSquares = max(0, range.sums.rr - range.sums.r * range.sums.r / k)
    sumV = range.sums.v
    atZero = sums(at: 0)
  }

  private func withRows<Result>(_ body: (LongRows) -> Result) -> Result {
    columns.withRows { y, v in body(LongRows(y, v, reference: reference)) }
  }

  /// Σ log(vᵢ + τ²).
  func sumOfLogVariances(at t: Double) -> Double {
    columns.withRows { _, v in
      var total = log(referenceV + t)
      for i in v.indices where i != reference { total += log(v[i] + t) }
      return total
    }
  }

  /// All sums at τ² = t.
  ///
  /// One pass does when the mean is near the origin; else a second one takes the residuals from the mean, so that nothing cancels.
  func sums(at t: Double) -> ProfileSums {
    if t == 0, let atZero { return atZero }
    return withRows { rows in
      var origin = origin
      var sums = rows.weightedSums(at: t, from: origin, threads)
      var e = step(sums, t, origin)
      if 4 * e * e * sums.w > sums.zr || 4 * e * e * sums.ww > sums.zz || 4 * e * e * sums.www > sums.wzz {
        origin += e
        sums = rows.weightedSums(at: t, from: origin, threads)
        e = step(sums, t, origin)
      }
      return ProfileSums(results(sums, t, origin: origin, step: e), y: referenceY)
    }
  }

  /// How far the mean is from the origin.
  private func step(_ s: WeightedSums<Double>, _ t: Double, _ origin: Double) -> Double {
    let wm = 1 / (referenceV + t)
    return (s.z + wm * (referenceY - origin)) / (s.w + wm)
  }

  /// With residuals rᵢ − e: Σw(r − e)² = Σzr − 2eΣz + e²Σw and so on, and the reference's own share.
  private func results(_ s: WeightedSums<Double>, _ t: Double, origin: Double, step e: Double) -> LaneSums<Double> {
    let wm = 1 / (referenceV + t)
    let s1 = s.w + wm
    let share = wm / s1
    let delta = (origin - referenceY) + e
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

/// The columns of a long set: arrays, or memory of somebody else that lives while they are used.
struct LongColumns: @unchecked Sendable {
  // Unchecked: the memory is only read.
  private enum Memory {
    case own(yi: [Double], vi: [Double])
    case borrowed(yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>)
  }

  private let memory: Memory

  /// Number of studies.
  var count: Int { withRows { y, _ in y.count } }

  /// Arrays.
  init(yi: [Double], vi: [Double]) { memory = .own(yi: yi, vi: vi) }

  /// Somebody else's memory.
  init(borrowing yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>) {
    memory = .borrowed(yi: yi, vi: vi)
  }

  /// Gives the columns as buffers.
  func withRows<Result>(
    _ body: (_ yi: UnsafeBufferPointer<Double>, _ vi: UnsafeBufferPointer<Double>) -> Result
  ) -> Result {
    switch memory {
    case .own(let yi, let vi):
      yi.withUnsafeBufferPointer { y in vi.withUnsafeBufferPointer { v in body(y, v) } }
    case .borrowed(let yi, let vi): body(yi, vi)
    }
  }
}
