import NumericCore

/// The Doi plot of some studies, and the LFK index of its asymmetry.
///
/// A study stands for Nᵢ = 100 · max(v) / vᵢ people who all have its effect, so that the least precise study is 100 people. In the order
/// of the effects the mid-rank of a study is mᵢ = N₁ + … + Nᵢ₋₁ + Nᵢ/2, and zᵢ = Φ⁻¹((mᵢ − ½) / ΣN) is its normal quantile. The plot
/// shows |zᵢ| over yᵢ with 0 on top: a mountain with two limbs, whose tip is the study t of the smallest |z|. With effects brought to
/// the spread of their quantiles, R = (max z − min z) / (max y − min y), the index is
///
///     LFK = 5/(2k) · Σ [zᵢ + R (yᵢ − yₜ)],
///
/// which is 0 for two equal limbs and positive where more, or farther, studies lie on the right of the tip. Adding a number to all
/// effects, or another unit, changes nothing; turning the sign turns that of the index but for the ½ of the mid-ranks.
///
/// Equal effects keep the order in which they are given, and the index may depend on it.
///
/// Source: Furuya-Kanamori, Barendregt and Doi (2018), International Journal of Evidence-Based Healthcare 16, 195–203. The constants are
/// those with which the index agrees with metasens 1.5-2, to rounding. The index is no significance test: at its cut-offs between none and
/// almost 30% of meta-analyses without bias are called asymmetric, depending on the number and size of the studies and on heterogeneity
/// (Schwarzer, Rücker and Semaca 2024, Research Synthesis Methods 15, 603–615).
public struct LFKIndex: Sendable {
  /// A study in the plot.
  public struct Point: Sendable {
    /// Its place among the studies.
    public let study: Int
    /// Its effect on the analysis scale.
    public let yi: Double
    /// The normal quantile of its mid-rank; the plot shows the absolute value.
    public let z: Double
  }

  /// The authors' words for an index.
  public enum Asymmetry: String, Sendable, CaseIterable {
    /// |LFK| ≤ 1.
    case none
    /// 1 < |LFK| ≤ 2.
    case minor
    /// |LFK| > 2.
    case major
  }

  /// The studies in the order of their effects.
  public let points: [Point]
  /// Place of the tip among the points: the smallest |z|, the first of several.
  public let tip: Int
  /// The index.
  public let value: Double
  /// Number of studies that have the effect of another.
  public let tied: Int

  /// What the index says by the authors' cut-offs.
  public var asymmetry: Asymmetry {
    switch abs(value) {
    case ...1: .none
    case ...2: .minor
    default: .major
    }
  }

  /// The plot of some studies.
  /// - Throws: `tooFewStudies` below 3; `notEstimable` when all effects are equal; `domain` for a variance that is no
  ///   positive number, and for effects whose range is none.
  public init(_ studies: BiasStudies) throws(FitError) {
    try studies.require(3, "the LFK index")
    for (i, v) in studies.vi.enumerated() where !(v > 0 && v.isFinite) {
      throw .domain(what: "sampling variance of study \(i + 1)", value: v, expected: "a positive number")
    }
    let order = studies.yi.indices.sorted { (studies.yi[$0], $0) < (studies.yi[$1], $1) }
    let y = order.map { studies.yi[$0] }
    let range = y[y.count - 1] - y[0]
    guard range.isFinite else {
      throw .domain(what: "range of the effects", value: range, expected: "a finite number")
    }
    guard range > 0 else {
      throw .notEstimable(
        what: "the LFK index (all effects are equal)", hint: "without different effects the Doi plot has no limbs")
    }
    let z = try LFKIndex.quantiles(order.map { studies.vi[$0] })
    let tip = z.indices.reduce(0) { abs(z[$1]) < abs(z[$0]) ? $1 : $0 }
    let scale = (z[z.count - 1] - z[0]) / range
    let sum = zip(y, z).reduce(0) { $0 + $1.1 + scale * ($1.0 - y[tip]) }
    value = 2.5 * sum / Double(y.count)
    points = order.indices.map { Point(study: order[$0], yi: y[$0], z: z[$0]) }
    self.tip = tip
    tied = y.indices.filter { ($0 > 0 && y[$0 - 1] == y[$0]) || ($0 + 1 < y.count && y[$0 + 1] == y[$0]) }.count
  }

  /// Normal quantiles of mid-ranks, from variances in the order of the effects.
  private static func quantiles(_ variances: [Double]) throws(FitError) -> [Double] {
    let greatest = variances.max() ?? 1
    let people = variances.map { 100 * (greatest / $0) }
    let total = people.reduce(0, +)
    var below = 0.0
    var quantiles = [Double]()
    for count in people {
      let share = (below + 0.5 * count - 0.5) / total
      guard let z = try? Normal.quantile(share), z.isFinite else {
        throw .notEstimable(
          what: "the LFK index (the variances are too far apart)",
          hint: "check the variances, or use --tests egger")
      }
      quantiles.append(z)
      below += count
    }
    return quantiles
  }
}
