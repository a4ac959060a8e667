import NumericCore

/// What values studies have: where the most precise one is, the largest variance, and whether the sums can take them all.
struct StudyRange {
  /// The first of the studies with the smallest variance.
  private(set) var mostPrecise: Int
  private(set) var largestV: Double
  /// Whether all values can be.
  private(set) var fits = true

  /// Sampling variances outside this range would overflow in the sums; nothing measured comes near.
  private static let variances = 1e-90...1e90

  /// Studies to a block, whose smallest variance is looked for before it is looked where that stands, and to a part that a thread
  /// takes.
  private static let blockLength = 1024
  private static let partLength = 32 * blockLength

  /// The range of at least one study.
  init(yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>, threads: Int = 1) {
    let rows = Rows(yi: yi, vi: vi)
    guard threads > 1, vi.count > Self.partLength else {
      self.init(rows, 0..<vi.count)
      return
    }
    let ranges = Parallel.ranges(vi.count, pieces: vi.count / Self.partLength)
    let parts = Parallel.map(ranges.count, jobs: threads) { Self(rows, ranges[$0]) }
    self = parts[0]
    for part in parts.dropFirst() {
      if vi[part.mostPrecise] < vi[mostPrecise] { mostPrecise = part.mostPrecise }
      largestV = .larger(largestV, part.largestV)
      fits = fits && part.fits
    }
  }

  private struct Rows: @unchecked Sendable {
    // Unchecked: the memory is only read.
    let yi, vi: UnsafeBufferPointer<Double>
  }

  private init(_ rows: Rows, _ part: Range<Int>) {
    mostPrecise = part.lowerBound
    largestV = rows.vi[part.lowerBound]
    for low in stride(from: part.lowerBound, to: part.upperBound, by: Self.blockLength) {
      let places = low..<min(low + Self.blockLength, part.upperBound)
      let block = UnsafeBufferPointer(rebasing: rows.vi[places])
      let smallest = take(UnsafeBufferPointer(rebasing: rows.yi[places]), block)
      if smallest < rows.vi[mostPrecise] { mostPrecise = low + (block.firstIndex(of: smallest) ?? 0) }
    }
  }

  /// The range of studies; throws unless there is one and every value can be.
  init(
    checking yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>, threads: Int = 1
  ) throws(FitError) {
    guard yi.count > 0 else { throw .noStudies }
    self.init(yi: yi, vi: vi, threads: threads)
    if !fits { try Self.blame(yi: yi, vi: vi) }
  }

  /// Whether the sums can take a study, or several; no for NaN.
  @inline(__always)
  static func fits<V: Lanes>(yi: V, vi: V) -> V.Mask {
    (V(repeating: variances.lowerBound) .<= vi) .& (vi .<= V(repeating: variances.upperBound))
      .& (yi.size .< V(repeating: 1e90))
  }

  /// Takes the studies of a block; their smallest variance.
  private mutating func take(_ yi: UnsafeBufferPointer<Double>, _ vi: UnsafeBufferPointer<Double>) -> Double {
    typealias Vector = SIMD4<Double>
    var smallest = Vector(repeating: vi[0])
    var largest = Vector(repeating: largestV)
    var fits = Vector.Mask(repeating: true)
    let (y, v) = (UnsafeRawBufferPointer(yi), UnsafeRawBufferPointer(vi))
    let whole = vi.count / 4 * 4
    for i in stride(from: 0, to: whole, by: 4) {
      let variance = v.loadUnaligned(fromByteOffset: 8 * i, as: Vector.self)
      fits = fits .& Self.fits(yi: y.loadUnaligned(fromByteOffset: 8 * i, as: Vector.self), vi: variance)
      smallest = .smaller(smallest, variance)
      largest = .larger(largest, variance)
    }
    var least = smallest.min()
    largestV = largest.max()
    self.fits = self.fits && all(fits)
    for i in whole..<vi.count {
      self.fits = self.fits && Self.fits(yi: yi[i], vi: vi[i])
      least = .smaller(least, vi[i])
      largestV = .larger(largestV, vi[i])
    }
    return least
  }

  /// Throws for the first value that cannot be.
  private static func blame(
    yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>
  ) throws(FitError) {
    for i in 0..<yi.count {
      guard yi[i].isFinite else {
        throw .domain(what: "yi of study \(i + 1)", value: yi[i], expected: "a finite number")
      }
      guard vi[i] > 0, vi[i].isFinite else {
        throw .domain(what: "vi of study \(i + 1)", value: vi[i], expected: "a positive variance")
      }
      guard variances.contains(vi[i]), yi[i].magnitude < 1e90 else {
        throw .domain(what: "vi of study \(i + 1)", value: vi[i], expected: "between 1e-90 and 1e90, with |yi| < 1e90")
      }
    }
  }
}
