/// Several short sets of studies side by side, one to a lane, in memory of its own.
struct LaneBlock: ~Copyable {
  /// What stands side by side: two registers of the baseline instruction set.
  typealias Vector = SIMD4<Double>
  static let width = Vector.scalarCount

  private typealias Room = UnsafeMutableBufferPointer<Vector>

  /// The sums of a lane, by their place in `values`.
  enum Value: Int { case sumW, q, traceP, mean, sumW2, tracePP, yPPy, yPPPy }

  private let d, v, w: Room
  /// Variance and estimate of each set's most precise study, τ² at which it is looked at next.
  private let heads: Room
  private let values: Room
  /// Number of studies besides the most precise one, in each lane.
  private let counts: UnsafeMutableBufferPointer<Int>

  init() {
    func room(_ count: Int, _ value: Double) -> Room {
      let buffer = Room.allocate(capacity: count)
      buffer.initialize(repeating: Vector(repeating: value))
      return buffer
    }
    (d, v, w) = (room(longestShortSet, 0), room(longestShortSet, .infinity), room(longestShortSet, 0))
    (heads, values) = (room(3, 1), room(8, 0))
    counts = .allocate(capacity: Self.width)
    counts.initialize(repeating: 0)
  }

  deinit {
    for room in [d, v, w, heads, values] { room.deallocate() }
    counts.deallocate()
  }

  @inline(__always)
  private func doubles(_ room: Room) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableRawBufferPointer(room).assumingMemoryBound(to: Double.self)
  }

  /// Puts a set into a lane, to be looked at at τ² = 0; its largest variance.
  func load(_ lane: Int, yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>) -> Double {
    let k = yi.count
    var reference = 0
    var smallest = vi[0]
    var largest = smallest
    for i in 1..<k {
      let variance = vi[i]
      reference = variance < smallest ? i : reference
      smallest = variance < smallest ? variance : smallest
      largest = variance > largest ? variance : largest
    }
    let shift = yi[reference]
    let head = doubles(heads)
    head[lane] = smallest
    head[Self.width + lane] = shift
    head[2 * Self.width + lane] = 0
    let (dLane, vLane) = (doubles(d), doubles(v))
    var place = lane
    for i in 0..<k where i != reference {
      dLane[place] = yi[i] - shift
      vLane[place] = vi[i]
      place += Self.width
    }
    let end = counts[lane] * Self.width + lane
    while place < end {
      dLane[place] = 0
      vLane[place] = .infinity
      place += Self.width
    }
    counts[lane] = k - 1
    return largest
  }

  /// Has a lane looked at at τ² next.
  @inline(__always)
  func ask(_ lane: Int, at tau2: Double) { doubles(heads)[2 * Self.width + lane] = tau2 }

  /// A sum of a lane, as last looked at.
  @inline(__always)
  func value(_ value: Value, _ lane: Int) -> Double { doubles(values)[value.rawValue * Self.width + lane] }

  private var studies: ShortStudies<Vector> {
    var longest = 0
    for count in counts { longest = max(longest, count) }
    return ShortStudies(
      d: UnsafeBufferPointer(d), v: UnsafeBufferPointer(v), w: w, count: longest, referenceV: heads[0])
  }

  @inline(__always)
  private func keep(_ m: LaneMoments<Vector>) {
    values[Value.sumW.rawValue] = m.sumW
    values[Value.q.rawValue] = m.q
    values[Value.traceP.rawValue] = m.traceP
    values[Value.mean.rawValue] = heads[1] + m.delta
  }

  /// Looks at every lane at its τ²: Σw, q, tr(P) and the mean.
  @inline(never)
  func findMoments() { keep(studies.moments(at: heads[2])) }

  /// Looks at every lane at its τ²: all sums.
  @inline(never)
  func findSums() {
    let s = studies.sums(at: heads[2])
    keep(s.moments)
    values[Value.sumW2.rawValue] = s.sumW2
    values[Value.tracePP.rawValue] = s.tracePP
    values[Value.yPPy.rawValue] = s.yPPy
    values[Value.yPPPy.rawValue] = s.yPPPy
  }

  /// Unweighted Σ(yᵢ − ȳ)² of the set in a lane, by two passes over the differences.
  func squares(_ lane: Int) -> Double {
    let dLane = doubles(d)
    var sum = 0.0
    for i in 0..<counts[lane] { sum += dLane[i * Self.width + lane] }
    let mean = sum / Double(counts[lane] + 1)
    var squares = mean * mean
    for i in 0..<counts[lane] {
      let r = dLane[i * Self.width + lane] - mean
      squares += r * r
    }
    return squares
  }
}
