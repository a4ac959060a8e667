import NumericCore

/// Groups of subsets with like results, and the studies that tell them apart.
///
/// Estimate and I² of the subsets, each divided by its standard deviation, are split by k-means (Lloyd 1982) from seeded starts
/// (Arthur and Vassilvitskii 2007) into two, three and four groups; the number with the best mean silhouette is suggested, none where
/// that is below 0.6. The silhouette is taken from the groups' centres. A study that is in a group far more (or less) often than in all
/// subsets drives it. The idea of clusters in a GOSH plot is from Olkin, Dahabreh and Trikalinos (2012).
public struct SubsetClusters: Sendable {
  /// A group of subsets.
  public struct Cluster: Sendable {
    /// Number of subsets, mean estimate and mean I² (0–1).
    public let count: Int
    /// Mean estimate and mean I² (0–1).
    public let estimate, iSquared: Double
    /// By study, the share of the group's subsets that hold it less the share among all subsets.
    public let excess: [Double]
  }

  /// The groups by rising estimate; fewer than two when none are suggested.
  public let clusters: [Cluster]
  /// Mean silhouette of the groups, −1 to 1.
  public let silhouette: Double

  /// A study whose share differs by more than this marks a group.
  public static let notableExcess = 0.2
  private static let leastSilhouette = 0.6
  private static let mostPoints = 20_000
  private static let iterationLimit = 100

  /// Looks for groups among the subsets of at least two studies; of very many, evenly spaced ones are taken.
  public init(rows: [SubsetRow], subsets: SubsetSequence, seed: UInt64 = 1) {
    var points = [SIMD2<Double>]()
    var members = [[Int]]()
    let step = max(1, rows.count / Self.mostPoints)
    subsets.forEach(in: 0..<rows.count) { place, studies in
      let row = rows[place]
      guard place % step == 0, row.k > 1, row.estimate.isFinite, row.iSquared.isFinite else { return }
      points.append([row.estimate, row.iSquared])
      members.append(studies)
    }
    let scaled = Self.standardised(points)
    var best: (silhouette: Double, groups: [Int])?
    for count in 2...4 where scaled.count >= 10 * count {
      let groups = Self.kMeans(scaled, count, seed: seed)
      let value = Self.silhouette(scaled, groups)
      if value > (best?.silhouette ?? -.infinity) { best = (value, groups) }
    }
    silhouette = best?.silhouette ?? .nan
    guard let best, best.silhouette >= Self.leastSilhouette else {
      clusters = []
      return
    }
    clusters = Self.summaries(points, members, best.groups, studies: subsets.studies)
  }

  private static func standardised(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    guard !points.isEmpty else { return [] }
    let n = Double(points.count)
    let mean = points.reduce(SIMD2<Double>.zero, +) / n
    let variance = points.reduce(SIMD2<Double>.zero) { $0 + ($1 - mean) * ($1 - mean) } / n
    let scale = SIMD2(
      variance.x > 0 ? 1 / variance.x.squareRoot() : 0, variance.y > 0 ? 1 / variance.y.squareRoot() : 0)
    return points.map { ($0 - mean) * scale }
  }

  private static func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
    let d = a - b
    return (d * d).sum()
  }

  /// The group of each point.
  private static func kMeans(_ points: [SIMD2<Double>], _ count: Int, seed: UInt64) -> [Int] {
    var best: (cost: Double, groups: [Int])?
    for start in 0..<5 {
      var generator = Philox(seed: seed, stream: UInt64(8 * count + start))
      var centres = starts(points, count, &generator)
      var groups = [Int](repeating: -1, count: points.count)
      for _ in 0..<iterationLimit {
        let next = points.map { nearest($0, centres) }
        if next == groups { break }
        groups = next
        centres = self.centres(points, groups, centres)
      }
      let cost = zip(points, groups).reduce(0) { $0 + distance($1.0, centres[$1.1]) }
      if cost < (best?.cost ?? .infinity) { best = (cost, groups) }
    }
    return best?.groups ?? []
  }

  /// Points far from those chosen before, with a chance that grows with the squared distance.
  private static func starts(
    _ points: [SIMD2<Double>], _ count: Int, _ generator: inout Philox
  ) -> [SIMD2<Double>] {
    var chosen = [points[Int(generator.whole(below: UInt64(points.count)))]]
    while chosen.count < count {
      let weights = points.map { point in chosen.map { distance(point, $0) }.min() ?? 0 }
      var rest = generator.uniform() * weights.reduce(0, +)
      var place = points.count - 1
      for (i, weight) in weights.enumerated() {
        rest -= weight
        if rest < 0 {
          place = i
          break
        }
      }
      chosen.append(points[place])
    }
    return chosen
  }

  private static func nearest(_ point: SIMD2<Double>, _ centres: [SIMD2<Double>]) -> Int {
    var best = 0
    for c in centres.indices where distance(point, centres[c]) < distance(point, centres[best]) { best = c }
    return best
  }

  private static func centres(
    _ points: [SIMD2<Double>], _ groups: [Int], _ old: [SIMD2<Double>]
  ) -> [SIMD2<Double>] {
    var sums = [(total: SIMD2<Double>, count: Double)](repeating: (.zero, 0), count: old.count)
    for (point, group) in zip(points, groups) {
      sums[group].total += point
      sums[group].count += 1
    }
    return sums.indices.map { sums[$0].count > 0 ? sums[$0].total / sums[$0].count : old[$0] }
  }

  /// Mean of (b − a)/max(a, b), a and b the distances to the own and the next centre.
  private static func silhouette(_ points: [SIMD2<Double>], _ groups: [Int]) -> Double {
    let count = (groups.max() ?? 0) + 1
    let centres = centres(points, groups, [SIMD2<Double>](repeating: .zero, count: count))
    var sum = 0.0
    for (point, group) in zip(points, groups) {
      let own = distance(point, centres[group]).squareRoot()
      let other = centres.indices.filter { $0 != group }.map { distance(point, centres[$0]).squareRoot() }.min() ?? own
      sum += max(own, other) > 0 ? (other - own) / max(own, other) : 0
    }
    return points.isEmpty ? .nan : sum / Double(points.count)
  }

  private static func summaries(
    _ points: [SIMD2<Double>], _ members: [[Int]], _ groups: [Int], studies: Int
  ) -> [Cluster] {
    var all = [Double](repeating: 0, count: studies)
    for subset in members { for study in subset { all[study] += 1 } }
    let n = Double(members.count)
    return Set(groups).sorted().map { group in
      var (count, total) = (0.0, SIMD2<Double>.zero)
      var inside = [Double](repeating: 0, count: studies)
      for i in points.indices where groups[i] == group {
        count += 1
        total += points[i]
        for study in members[i] { inside[study] += 1 }
      }
      return Cluster(
        count: Int(count), estimate: total.x / count, iSquared: total.y / count,
        excess: (0..<studies).map { inside[$0] / count - all[$0] / n })
    }.sorted { $0.estimate < $1.estimate }
  }
}
