/// One level of a subgroup analysis.
public struct Subgroup: Sendable {
  /// The level.
  public let name: String
  /// Indices of its studies, rising.
  public let rows: [Int]
  /// Its analysis.
  public let fit: Fit

  /// A level with its studies and analysis.
  public init(name: String, rows: [Int], fit: Fit) {
    self.name = name
    self.rows = rows
    self.fit = fit
  }
}

/// Separate analyses of the levels of a grouping, and the test that they do not differ.
public struct SubgroupAnalysis: Sendable {
  /// The levels in order of first appearance.
  public let subgroups: [Subgroup]
  /// The test of differences between the levels; `nil` with one level.
  public let test: SubgroupTest?
  /// What a careful statistician would add.
  public let notes: [Note]
}

/// The test that the effects of subgroups do not differ.
public struct SubgroupTest: Sendable {
  /// Q between the subgroups.
  public let q: Double
  /// Number of subgroups less one.
  public let degreesOfFreedom: Int
  /// Upper tail of χ² (or of the F that a common τ² with t-based inference uses).
  public let pValue: Double
}

extension PoolingModel {
  /// Pools every level of a grouping by itself and compares the levels.
  ///
  /// With separate τ² each level is fitted alone, with normal inference when it has one study, and Q = Σ wⱼ(θⱼ − θ̄)² with
  /// wⱼ = 1/seⱼ², se of the chosen inference. With a common τ² the levels are the coefficients of one meta-regression
  /// and Q is its omnibus χ² (m F with t-based inference).
  ///
  /// Source: Borenstein and Higgins (2013), Prevention Science 14, 134–143; Borenstein et al. (2009), chapter 19.
  ///
  /// - Parameters:
  ///   - groups: the level of each study.
  ///   - commonTauSquared: whether all levels share one τ².
  /// - Throws: what the fits throw; the error of a level names it.
  public func fitSubgroups(
    yi: [Double], vi: [Double], groups: [String], weights: [Double]? = nil, commonTauSquared: Bool = false
  ) throws(FitError) -> SubgroupAnalysis {
    guard groups.count == yi.count else {
      throw .invalidSpecification("\(groups.count) group labels for \(yi.count) studies")
    }
    guard !yi.isEmpty else { throw .noStudies }
    let studies = SubgroupStudies(yi: yi, vi: vi, groups: groups, weights: weights)
    if commonTauSquared, studies.levels.count > 1 {
      return try CommonTauSquaredSubgroups(model: self, studies: studies).analysis()
    }
    return try SeparateSubgroups(model: self, studies: studies).analysis()
  }
}

/// The studies of a subgroup analysis and their levels.
struct SubgroupStudies {
  let yi, vi: [Double]
  let weights: [Double]?
  /// The levels in order of first appearance, with their rows.
  let levels: [(name: String, rows: [Int])]

  init(yi: [Double], vi: [Double], groups: [String], weights: [Double]?) {
    self.yi = yi
    self.vi = vi
    self.weights = weights
    var places: [String: Int] = [:]
    var levels: [(name: String, rows: [Int])] = []
    for (row, name) in groups.enumerated() {
      if let place = places[name] {
        levels[place].rows.append(row)
      } else {
        places[name] = levels.count
        levels.append((name, [row]))
      }
    }
    self.levels = levels
  }

  /// A fit of one level alone.
  func fit(_ model: PoolingModel, level: (name: String, rows: [Int])) throws(FitError) -> Fit {
    try model.fit(
      yi: level.rows.map { yi[$0] }, vi: level.rows.map { vi[$0] },
      weights: weights.map { all in level.rows.map { all[$0] } })
  }
}
