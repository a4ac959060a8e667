import NumericCore

/// What values studies have: where the most precise one is, the largest variance, and whether the sums can take them all.
struct StudyRange {
  /// The first of the studies with the smallest variance.
  private(set) var mostPrecise = 0
  private(set) var largestV: Double
  /// Whether all values can be.
  private(set) var fits = true

  /// Sampling variances outside this range would overflow in the sums; nothing measured comes near.
  private static let variances = 1e-90...1e90

  /// Studies to a block, whose smallest variance is looked for before it is looked where that stands.
  private static let blockLength = 1024

  /// The range of at least one study.
  init(yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>) {
    largestV = vi[0]
    for low in stride(from: 0, to: vi.count, by: Self.blockLength) {
      let rows = low..<min(low + Self.blockLength, vi.count)
      let block = UnsafeBufferPointer(rebasing: vi[rows])
      let smallest = take(UnsafeBufferPointer(rebasing: yi[rows]), block)
      if smallest < vi[mostPrecise] { mostPrecise = low + (block.firstIndex(of: smallest) ?? 0) }
    }
  }

  /// The range of studies; throws unless there is one and every value can be.
  init(checking yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>) throws(FitError) {
    guard yi.count > 0 else { throw .noStudies }
    self.init(yi: yi, vi: vi)
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
