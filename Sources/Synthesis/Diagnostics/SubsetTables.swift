/// Σw, Σwd and Σwd² of every subset from two tables of 2^(k/2) entries: equal-effects fits of all subsets in a few operations each.
///
/// dᵢ = yᵢ − c with c the estimate of all studies. Q = Σwd² − (Σwd)²/Σw is taken from the studies themselves where the
/// difference loses more than four digits.
struct SubsetTables: Sendable {
  private let studies: PackedColumns
  private let lowCount: Int
  private let low, high: [SIMD4<Double>]

  private struct PackedColumns: Sendable {
    var yi, vi: [Double]
    var centre: Double
  }

  /// The tables of at most 24 studies.
  init(yi: [Double], vi: [Double]) {
    let weights = vi.map { 1 / $0 }
    let centre = zip(weights, yi).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    studies = PackedColumns(yi: yi, vi: vi, centre: centre)
    let items = yi.indices.map { i in
      let d = yi[i] - centre
      return SIMD4(weights[i], weights[i] * d, weights[i] * d * d, 1)
    }
    lowCount = yi.count / 2
    low = Self.table(Array(items[..<lowCount]))
    high = Self.table(Array(items[lowCount...]))
  }

  /// The sums of each subset: that without its lowest member, and the member.
  private static func table(_ items: [SIMD4<Double>]) -> [SIMD4<Double>] {
    var sums = [SIMD4<Double>](repeating: .zero, count: 1 << items.count)
    for mask in 1..<max(1, sums.count) { sums[mask] = sums[mask & (mask - 1)] + items[mask.trailingZeroBitCount] }
    return sums
  }

  /// The rows of a range of all subsets.
  func rows(_ range: Range<Int>, _ subsets: SubsetSequence) -> [SubsetRow] {
    var rows = [SubsetRow]()
    guard !range.isEmpty else { return rows }
    rows.reserveCapacity(range.count)
    var mask = subsets.mask(at: range.lowerBound)
    let lowBits = UInt64(low.count - 1)
    for _ in range {
      rows.append(row(low[Int(mask & lowBits)] + high[Int(mask >> UInt64(lowCount))], mask))
      mask = subsets.next(mask)
    }
    return rows
  }

  private func row(_ sums: SIMD4<Double>, _ mask: UInt64) -> SubsetRow {
    var row = SubsetRow(k: mask.nonzeroBitCount)
    let mean = sums.y / sums.x
    row.estimate = studies.centre + mean
    guard row.k > 1 else {
      row.estimate = studies.yi[mask.trailingZeroBitCount]
      return row
    }
    row.q = sums.z - sums.y * mean
    if !(row.q > 1e-4 * sums.z) { row.q = exactQ(mask) }
    let share = shareFromQ(row.q, degreesOfFreedom: Double(row.k - 1))
    row.iSquared = share.iSquared
    row.hSquared = share.hSquared
    return row
  }

  private func exactQ(_ mask: UInt64) -> Double {
    let members = studies.yi.indices.filter { mask >> UInt64($0) & 1 == 1 }
    var problem = PoolingProblem()
    let y = members.map { studies.yi[$0] }
    let v = members.map { studies.vi[$0] }
    y.withUnsafeBufferPointer { y in v.withUnsafeBufferPointer { problem.studies.load(yi: y, vi: $0) } }
    return problem.sums(at: 0).q
  }
}
