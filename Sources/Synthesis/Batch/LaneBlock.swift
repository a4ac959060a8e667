import NumericCore

/// Several short sets of studies side by side, one to a lane, in memory of its own.
struct LaneBlock: ~Copyable {
  /// What stands side by side: two registers of the baseline instruction set.
  typealias Vector = SIMD4<Double>
  static let width = Vector.scalarCount

  private typealias Room = UnsafeMutableBufferPointer<Vector>

  private let d, v, w: Room
  /// Estimate and variance of each set's most precise study, and each set's largest variance.
  private var referenceY = Vector.zero
  private var referenceV = Vector.zero
  private(set) var largestVariance = Vector.zero
  /// Number of studies besides the most precise one: of each set, and the most.
  private(set) var others = Vector.zero
  private var longest = 0
  /// Sets with a value that cannot be, which have no meaning here.
  private(set) var isRefused = Vector.Mask(repeating: false)

  init() {
    func room() -> Room {
      let buffer = Room.allocate(capacity: longestShortSet + 1)
      buffer.initialize(repeating: .zero)
      return buffer
    }
    (d, v, w) = (room(), room(), room())
  }

  deinit { for room in [d, v, w] { room.deallocate() } }

  /// Puts sets into the lanes; where there are fewer than lanes, the last one several times.
  mutating func load(_ sets: UnsafeBufferPointer<Int>, _ columns: SetColumns) {
    let last = sets.count - 1
    let (a, b, c, e) = (sets[0], sets[min(1, last)], sets[min(2, last)], sets[min(3, last)])
    let (ka, kb, kc, ke) = (columns.count(a), columns.count(b), columns.count(c), columns.count(e))
    longest = max(ka, kb, kc, ke) - 1
    others = Vector(Double(ka - 1), Double(kb - 1), Double(kc - 1), Double(ke - 1))
    if ka == kb, kb == kc, kc == ke {
      loadEven(columns[a], columns[b], columns[c], columns[e])
    } else {
      for (lane, set) in [a, b, c, e].enumerated() { load(lane, columns[set]) }
    }
  }

  /// Sets of one size, row by row.
  @inline(__always)
  private mutating func loadEven(
    _ a: SetColumns.Rows, _ b: SetColumns.Rows, _ c: SetColumns.Rows, _ e: SetColumns.Rows
  ) {
    @inline(__always)
    func estimates(_ i: Int) -> Vector { Vector(a.yi[i], b.yi[i], c.yi[i], e.yi[i]) }
    @inline(__always)
    func variances(_ i: Int) -> Vector { Vector(a.vi[i], b.vi[i], c.vi[i], e.vi[i]) }
    let last = longest
    var reference = Vector.zero
    var fits = Vector.Mask(repeating: true)
    referenceV = .init(repeating: .infinity)
    referenceY = .zero
    largestVariance = .zero
    for i in 0...last {
      let (estimate, variance) = (estimates(i), variances(i))
      d[i] = estimate
      v[i] = variance
      fits = fits .& StudyRange.fits(yi: estimate, vi: variance)
      let isSmaller = variance .< referenceV
      referenceV.replace(with: variance, where: isSmaller)
      referenceY.replace(with: estimate, where: isSmaller)
      reference.replace(with: Vector(repeating: Double(i)), where: isSmaller)
      largestVariance = .larger(largestVariance, variance)
    }
    isRefused = .!fits
    let (lastY, lastV) = (d[last], v[last])
    for i in 0..<last {
      let isReference = reference .== Vector(repeating: Double(i))
      d[i] = d[i].replacing(with: lastY, where: isReference) - referenceY
      v[i].replace(with: lastV, where: isReference)
    }
  }

  /// One set of any size.
  private mutating func load(_ lane: Int, _ set: SetColumns.Rows) {
    let (yi, vi) = set
    let last = yi.count - 1
    var reference = 0
    var largest = vi[0]
    var fits = StudyRange.fits(yi: yi[0], vi: vi[0])
    for i in 1...last {
      fits = fits .& StudyRange.fits(yi: yi[i], vi: vi[i])
      if vi[i] < vi[reference] { reference = i }
      largest = max(largest, vi[i])
    }
    isRefused[lane] = !fits
    referenceY[lane] = yi[reference]
    referenceV[lane] = vi[reference]
    largestVariance[lane] = largest
    let dLane = UnsafeMutableRawBufferPointer(d).assumingMemoryBound(to: Double.self)
    let vLane = UnsafeMutableRawBufferPointer(v).assumingMemoryBound(to: Double.self)
    for i in 0..<longest {
      let study = i == reference ? last : i
      let place = i * Self.width + lane
      dLane[place] = i < last ? yi[study] - yi[reference] : 0
      vLane[place] = i < last ? vi[study] : .infinity
    }
  }

  private var studies: ShortStudies<Vector> {
    ShortStudies(
      d: UnsafeBufferPointer(d), v: UnsafeBufferPointer(v), w: w, count: longest, referenceV: referenceV)
  }

  /// The means, from what `delta` is.
  func mean(_ delta: Vector) -> Vector { referenceY + delta }

  /// Σw, q, tr(P) and the mean of every set at its τ².
  @inline(never)
  func moments(at tau2: Vector) -> LaneMoments<Vector> { studies.moments(at: tau2) }

  /// All sums of every set at its τ².
  @inline(never)
  func sums(at tau2: Vector) -> LaneSums<Vector> { studies.sums(at: tau2) }

  /// Unweighted Σ(yᵢ − ȳ)² of every set, by two passes over the differences.
  @inline(never)
  func squares() -> Vector {
    var sum = Vector.zero
    for i in 0..<longest { sum += d[i] }
    let mean = sum / (others + 1)
    var squares = Vector.zero
    for i in 0..<longest {
      let r = d[i] - mean
      squares += Vector.zero.replacing(with: r * r, where: v[i] .< Vector(repeating: .infinity))
    }
    return mean * mean + squares
  }
}
