import NumericCore

/// The rows of a long set, four to a vector, without the most precise study.
///
/// Sums run over blocks and chunks of fixed length, whose results are added in order: rounding stays small for millions of studies,
/// and chunks may be summed by any number of threads.
struct LongRows: @unchecked Sendable {
  // Unchecked: the memory is only read.
  typealias Vector = SIMD4<Double>

  private let y, v: UnsafeRawBufferPointer
  private let count: Int
  private let reference: Int

  /// Vectors to a block, and to a chunk.
  private static let blockLength = 512
  private static let chunkLength = 16 * blockLength

  /// Rows whose most precise study is known.
  init(_ yi: UnsafeBufferPointer<Double>, _ vi: UnsafeBufferPointer<Double>, reference: Int) {
    (y, v) = (UnsafeRawBufferPointer(yi), UnsafeRawBufferPointer(vi))
    count = yi.count
    self.reference = reference
  }

  private var vectorCount: Int { (count + 3) / 4 }

  /// The vectors of a block that are full, before and behind the one with the reference.
  @inline(__always)
  private func full(_ block: Range<Int>) -> (before: Range<Int>, behind: Range<Int>) {
    let end = max(min(block.upperBound, count / 4), block.lowerBound)
    let odd = min(max(reference / 4, block.lowerBound), end)
    return (block.lowerBound..<odd, min(odd + (odd == reference / 4 ? 1 : 0), end)..<end)
  }

  @inline(__always)
  private func vectors(_ place: Int) -> (y: Vector, v: Vector) {
    (
      y.loadUnaligned(fromByteOffset: 32 &* place, as: Vector.self),
      v.loadUnaligned(fromByteOffset: 32 &* place, as: Vector.self)
    )
  }

  /// A vector that is not full: where there is no study, or the reference, the origin and v = ∞.
  private func oddVector(_ place: Int, origin: Double) -> (y: Vector, v: Vector) {
    var (estimates, variances) = (Vector(repeating: origin), Vector(repeating: .infinity))
    for lane in 0..<4 where 4 * place + lane < count && 4 * place + lane != reference {
      estimates[lane] = y.loadUnaligned(fromByteOffset: 32 * place + 8 * lane, as: Double.self)
      variances[lane] = v.loadUnaligned(fromByteOffset: 32 * place + 8 * lane, as: Double.self)
    }
    return (estimates, variances)
  }

  /// The weighted sums over all studies but the reference at τ² = t, with rᵢ = yᵢ − origin.
  func weightedSums(at t: Double, from origin: Double, _ threads: Int) -> WeightedSums<Double> {
    let chunks = (vectorCount + Self.chunkLength - 1) / Self.chunkLength
    guard chunks > 1 else { return weightedSums(0..<vectorCount, t, origin) }
    return Parallel.map(chunks, jobs: threads) { chunk in
      let start = chunk * Self.chunkLength
      return weightedSums(start..<min(start + Self.chunkLength, vectorCount), t, origin)
    }.reduce(into: WeightedSums()) { $0.add($1) }
  }

  private func weightedSums(_ chunk: Range<Int>, _ t: Double, _ origin: Double) -> WeightedSums<Double> {
    var total = WeightedSums<Double>()
    var start = chunk.lowerBound
    while start < chunk.upperBound {
      let end = min(start + Self.blockLength, chunk.upperBound)
      total.add(sums(start..<end, t, origin))
      start = end
    }
    return total
  }

  private func sums(_ block: Range<Int>, _ t: Double, _ origin: Double) -> WeightedSums<Double> {
    var s = WeightedSums<Vector>()
    let (full, t, from) = (full(block), Vector(repeating: t), Vector(repeating: origin))
    for place in full.before { s.take(vectors(place), t, from) }
    for place in full.behind { s.take(vectors(place), t, from) }
    let (own, last) = (reference / 4, count / 4)
    if block.contains(own) { s.take(oddVector(own, origin: origin), t, from) }
    if count % 4 > 0, last != own, block.contains(last) { s.take(oddVector(last, origin: origin), t, from) }
    return s.sum
  }
}

/// Sums over weights wᵢ and zᵢ = wᵢrᵢ.
struct WeightedSums<Value: Lanes> {
  var w = Value.zero
  var ww = Value.zero
  var www = Value.zero
  var z = Value.zero
  var wz = Value.zero
  var wwz = Value.zero
  var zr = Value.zero
  var zz = Value.zero
  var wzz = Value.zero
}

extension WeightedSums: Sendable where Value: Sendable {}

extension WeightedSums<SIMD4<Double>> {
  /// Takes studies.
  @inline(__always)
  fileprivate mutating func take(
    _ studies: (y: SIMD4<Double>, v: SIMD4<Double>), _ t: SIMD4<Double>, _ origin: SIMD4<Double>
  ) {
    let weight = 1 / (studies.v + t)
    let r = studies.y - origin
    let residual = weight * r
    w += weight
    z += residual
    zr += residual * r
    zz += residual * residual
    let product = weight * residual
    wz += product
    wzz += product * residual
    wwz += weight * product
    let square = weight * weight
    ww += square
    www += square * weight
  }

  /// The sums over the lanes.
  fileprivate var sum: WeightedSums<Double> {
    var s = WeightedSums<Double>()
    (s.w, s.ww, s.www) = (w.sum(), ww.sum(), www.sum())
    (s.z, s.wz, s.wwz) = (z.sum(), wz.sum(), wwz.sum())
    (s.zr, s.zz, s.wzz) = (zr.sum(), zz.sum(), wzz.sum())
    return s
  }
}

extension WeightedSums<Double> {
  fileprivate mutating func add(_ other: Self) {
    w += other.w
    ww += other.ww
    www += other.www
    z += other.z
    wz += other.wz
    wwz += other.wwz
    zr += other.zr
    zz += other.zz
    wzz += other.wzz
  }
}
