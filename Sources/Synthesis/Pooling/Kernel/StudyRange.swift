import NumericCore

/// What values studies have: where the most precise one is, the largest variance, whether the sums can take them all, and their
/// unweighted sums.
struct StudyRange {
  /// The first of the studies with the smallest variance.
  private(set) var mostPrecise: Int
  private(set) var largestV: Double
  /// Whether all values can be.
  private(set) var fits = true
  /// Where residuals rᵢ are taken from, of long sets near the mean.
  let origin: Double
  /// Σrᵢ, Σrᵢ² and Σvᵢ.
  private(set) var sums = PlainSums<Double>()

  /// Sampling variances outside this range would overflow in the sums; nothing measured comes near.
  private static let variances = 1e-90...1e90

  /// Studies to a block, whose smallest variance is looked for before it is looked where that stands, and to a part that a thread
  /// takes.
  private static let blockLength = 1024
  private static let partLength = 32 * blockLength

  /// The range of at least one study; no bit depends on the number of threads.
  init(yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>, threads: Int = 1) {
    let rows = Rows(yi: yi, vi: vi)
    let origin = rows.origin
    guard vi.count > Self.partLength else {
      self.init(rows, 0..<vi.count, origin: origin)
      return
    }
    let count = (vi.count - 1) / Self.partLength + 1
    @Sendable func part(_ index: Int) -> Self {
      let start = index * Self.partLength
      return Self(rows, start..<min(start + Self.partLength, rows.vi.count), origin: origin)
    }
    self = part(0)
    for part in Parallel.map(count - 1, jobs: threads, { part($0 + 1) }) {
      if vi[part.mostPrecise] < vi[mostPrecise] { mostPrecise = part.mostPrecise }
      largestV = .larger(largestV, part.largestV)
      fits = fits && part.fits
      sums.add(part.sums)
    }
  }

  private struct Rows: @unchecked Sendable {
    // Unchecked: the memory is only read.
    let yi, vi: UnsafeBufferPointer<Double>

    /// The mean of some studies from all over a long set, the first of a short one.
    var origin: Double {
      guard yi.count > longestShortSet + 1 else { return yi[0] }
      let step = max(yi.count / 256, 1)
      let sum = stride(from: 0, to: yi.count, by: step).reduce(0) { $0 + (yi[$1] - yi[0]) }
      return sum / Double((yi.count - 1) / step + 1) + yi[0]
    }
  }

  private init(_ rows: Rows, _ part: Range<Int>, origin: Double) {
    self.origin = origin
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
    var sums = PlainSums<Vector>()
    let (y, v) = (UnsafeRawBufferPointer(yi), UnsafeRawBufferPointer(vi))
    let whole = vi.count / 4 * 4
    for i in stride(from: 0, to: whole, by: 4) {
      let variance = v.loadUnaligned(fromByteOffset: 8 * i, as: Vector.self)
      let estimate = y.loadUnaligned(fromByteOffset: 8 * i, as: Vector.self)
      fits = fits .& Self.fits(yi: estimate, vi: variance)
      sums.take(estimate - origin, variance)
      smallest = .smaller(smallest, variance)
      largest = .larger(largest, variance)
    }
    var least = smallest.min()
    largestV = largest.max()
    self.fits = self.fits && all(fits)
    self.sums.add(PlainSums(r: sums.r.sum(), rr: sums.rr.sum(), v: sums.v.sum()))
    for i in whole..<vi.count {
      self.fits = self.fits && Self.fits(yi: yi[i], vi: vi[i])
      self.sums.take(yi[i] - origin, vi[i])
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

/// Sums without weights: of residuals, of their squares, and of variances.
struct PlainSums<Value: Lanes> {
  var r = Value.zero
  var rr = Value.zero
  var v = Value.zero

  /// Takes studies.
  @inline(__always)
  mutating func take(_ residual: Value, _ variance: Value) {
    r = r + residual
    rr = rr + residual * residual
    v = v + variance
  }

  /// Adds the sums of others.
  mutating func add(_ other: Self) {
    r = r + other.r
    rr = rr + other.rr
    v = v + other.v
  }
}

extension PlainSums: Sendable where Value: Sendable {}
