/// Weighted power sums of all studies as functions of τ², from which those without any one study follow at once.
///
/// With wᵢ = 1/(vᵢ + t) and dᵢ = yᵢ − c, c the weighted mean at t = 0, the nine sums Σwᵢᵃdᵢᵇ (a = 1, 2, 3; b = 0, 1, 2) hold
/// everything that an estimator of τ² asks for. In s = log(t + v_min) each is analytic for |Im s| < π, as its poles
/// t = −vᵢ lie on that line or at −∞. So Chebyshev interpolation with 24 nodes on panels of length 2 in s has an error below 10⁻¹⁸ of the
/// largest value; the factor (t + v_min)ᵃ keeps the values of a panel of one size. The sums of k − 1 studies then cost the
/// same whatever k, and all k refits together need time k.
/// Source of the interpolation formula: Berrut and Trefethen 2004, SIAM Review 46, 501, equations 4.2 and 5.3.
struct DeletionSums: Sendable {
  /// Estimates and variances.
  let yi, vi: [Double]
  /// What estimates are taken from.
  let centre: Double
  /// Σdᵢ, Σdᵢ², Σvᵢ.
  let sumD, sumDD, sumV: Double
  /// The largest variance.
  let largestV: Double
  private let smallest: Double
  private let start: Double
  private let farthest: Double
  private let atZero: Powers
  private let nodes: [SIMD4<Double>]
  private let values: [Powers]

  /// Σwᵃ, Σwᵃd, Σwᵃd² in the first three places, for a = 1, 2, 3.
  struct Powers: Sendable {
    var first = SIMD4<Double>.zero
    var second = SIMD4<Double>.zero
    var third = SIMD4<Double>.zero

    /// Adds a study.
    @inline(__always)
    mutating func add(weight: Double, _ powers: SIMD4<Double>) {
      let a = weight * powers
      let b = weight * a
      first += a
      second += b
      third += weight * b
    }
  }

  /// Fewer studies than this are refitted from scratch, which is as fast.
  static let fewest = 200
  private static let nodeCount = 24
  private static let panelLimit = 64

  /// The sums of some studies; `nil` when they are few, or their variances too far apart for a handful of panels.
  init?(yi: [Double], vi: [Double]) {
    guard yi.count >= Self.fewest, let smallest = vi.min(), let largest = vi.max() else { return nil }
    let weights = vi.map { 1 / $0 }
    let shift = zip(weights, yi).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    var (d1, d2, v1) = (0.0, 0.0, 0.0)
    for i in yi.indices {
      let d = yi[i] - shift
      d1 += d
      d2 += d * d
      v1 += vi[i]
    }
    let k = Double(yi.count)
    let reach = 4 * (d2 / (k - 1) + v1 / k + (largest < 1e3 * v1 / k ? largest : 0))
    let first = log(smallest)
    let panels = ((log(reach + smallest) - first) / 2).rounded(.up)
    guard panels.isFinite, panels <= Double(Self.panelLimit) else { return nil }
    (self.yi, self.vi, centre, sumD, sumDD, sumV) = (yi, vi, shift, d1, d2, v1)
    self.smallest = smallest
    largestV = largest
    start = first
    farthest = exp(first + 2 * panels) - smallest
    atZero = Self.direct(yi: yi, vi: vi, centre: shift, at: 0)
    nodes = Self.nodes
    values = Self.tabulate(yi: yi, vi: vi, centre: shift, start: first, panels: Int(panels))
  }

  /// Place on [−1, 1] and barycentric weight of each Chebyshev node of the first kind.
  private static let nodes: [SIMD4<Double>] = (0..<nodeCount).map { j in
    let angle = (Double(j) + 0.5) * Double.pi / Double(nodeCount)
    return SIMD4(cos(angle), (j.isMultiple(of: 2) ? 1 : -1) * cos(angle - Double.pi / 2), 0, 0)
  }

  private static func tabulate(
    yi: [Double], vi: [Double], centre: Double, start: Double, panels: Int
  ) -> [Powers] {
    let smallest = exp(start)
    return (0..<panels * nodeCount).map { place in
      let s = start + 2 * Double(place / nodeCount) + 1 + nodes[place % nodeCount].x
      let scale = exp(s)
      var sums = direct(yi: yi, vi: vi, centre: centre, at: max(0, scale - smallest))
      sums.first *= scale
      sums.second *= scale * scale
      sums.third *= scale * scale * scale
      return sums
    }
  }

  /// The sums by their definition.
  private static func direct(yi: [Double], vi: [Double], centre: Double, at t: Double) -> Powers {
    var sums = Powers()
    var low = 0
    while low < yi.count {
      let high = min(low + 1024, yi.count)
      var block = Powers()
      for i in low..<high {
        let d = yi[i] - centre
        block.add(weight: 1 / (vi[i] + t), SIMD4(1, d, d * d, 0))
      }
      sums.first += block.first
      sums.second += block.second
      sums.third += block.third
      low = high
    }
    return sums
  }

  /// The sums at τ² = t.
  func powers(at t: Double) -> Powers {
    if t == 0 { return atZero }
    guard t < farthest else { return Self.direct(yi: yi, vi: vi, centre: centre, at: t) }
    let scale = t + smallest
    let place = max(0, (log(scale) - start) / 2)
    let panel = min(Int(place), values.count / Self.nodeCount - 1)
    let x = 2 * (place - Double(panel)) - 1
    var sums = Powers()
    var total = 0.0
    for j in 0..<Self.nodeCount {
      let node = nodes[j]
      let value = values[panel * Self.nodeCount + j]
      let distance = x - node.x
      if distance == 0 { return Self.unscaled(value, 1, scale) }
      let c = node.y / distance
      total += c
      sums.first += c * value.first
      sums.second += c * value.second
      sums.third += c * value.third
    }
    return Self.unscaled(sums, total, scale)
  }

  private static func unscaled(_ sums: Powers, _ total: Double, _ scale: Double) -> Powers {
    Powers(
      first: sums.first / (total * scale), second: sums.second / (total * scale * scale),
      third: sums.third / (total * scale * scale * scale))
  }

  /// Whether the sums without a study keep their digits: the study does not make up nearly all of any of them.
  func canDelete(_ study: Int) -> Bool {
    let d = yi[study] - centre
    let w = 1 / vi[study]
    let own = SIMD4(w, w * d * d, w * w * d * d, d * d)
    let all = SIMD4(atZero.first.x, atZero.first.z, atZero.second.z, sumDD)
    let shares = own .<= 0.99 * all
    return shares[0] && shares[1] && shares[2] && shares[3] && w * w <= 0.99 * atZero.second.x
  }
}

/// The sums of all studies but one.
struct DeletedStudy: Sendable {
  let sums: DeletionSums
  let study: Int

  /// Number of studies left.
  var count: Int { sums.yi.count - 1 }
  /// Σvᵢ of the studies left.
  var sumV: Double { sums.sumV - sums.vi[study] }
  /// Σ(yᵢ − ȳ)² of the studies left.
  var totalSumOfSquares: Double {
    let d = sums.yi[study] - sums.centre
    let rest = sums.sumD - d
    return max(0, sums.sumDD - d * d - rest * rest / Double(count))
  }

  /// Σlog(vᵢ + τ²) of the studies left.
  func sumOfLogVariances(at t: Double) -> Double {
    sums.vi.reduce(0) { $0 + log($1 + t) } - log(sums.vi[study] + t)
  }

  /// All sums at τ² = t.
  func sums(at t: Double) -> ProfileSums {
    var p = sums.powers(at: t)
    let d = sums.yi[study] - sums.centre
    var own = DeletionSums.Powers()
    own.add(weight: 1 / (sums.vi[study] + t), SIMD4(1, d, d * d, 0))
    p.first -= own.first
    p.second -= own.second
    p.third -= own.third
    let s1 = p.first.x
    let m = p.first.y / s1
    let zz = p.second.z - 2 * m * p.second.y + m * m * p.second.x
    let wz = p.second.y - m * p.second.x
    let wzz = p.third.z - 2 * m * p.third.y + m * m * p.third.x
    let ratio = p.second.x / s1
    return ProfileSums(
      sumW: s1, sumW2: p.second.x, q: max(0, p.first.z - p.first.y * m), traceP: s1 - ratio,
      tracePP: p.second.x - 2 * p.third.x / s1 + ratio * ratio, yPPy: max(0, zz), yPPPy: max(0, wzz - wz * wz / s1),
      mean: sums.centre + m)
  }
}
