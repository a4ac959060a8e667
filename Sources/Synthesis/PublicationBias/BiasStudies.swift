public import NumericCore

/// The studies of an analysis as the methods for publication bias need them.
public struct BiasStudies: Sendable {
  /// Sizes of the two groups of each study.
  public struct GroupSizes: Sendable {
    /// Size of group 1 and of group 2, one a study.
    public var first, second: [Double]

    /// Sizes from two columns of one length.
    public init(first: [Double], second: [Double]) {
      self.first = first
      self.second = second
    }
  }

  /// Estimates and sampling variances on the analysis scale.
  public var yi, vi: [Double]
  /// How the studies are pooled; regressions on a predictor take method and inference from it.
  public var model: PoolingModel
  /// Total size of each study, `nil` when the data have none.
  public var sizes: [Double]?
  /// Sizes of the groups, `nil` when the data have none.
  public var groupSizes: GroupSizes?
  /// The raw 2×2 tables, `nil` when the data are something else.
  public var table: TwoByTwoColumns?
  /// Moderators that come before the predictor, with the names of their columns.
  public var design: Matrix?
  /// Names of the columns of `design`.
  public var terms: [String] = []

  /// Studies with nothing but estimates and variances.
  public init(yi: [Double], vi: [Double], model: PoolingModel = PoolingModel()) {
    self.yi = yi
    self.vi = vi
    self.model = model
  }

  /// Number of studies.
  public var count: Int { yi.count }

  /// Standard errors.
  var sei: [Double] { vi.map { $0.squareRoot() } }

  /// The sizes of the groups.
  /// - Throws: `invalidSpecification` when there are none, `domain` for one that cannot be.
  func requireGroupSizes(_ what: String) throws(FitError) -> GroupSizes {
    guard let groupSizes else {
      throw .invalidSpecification("\(what) needs the sizes of both groups (n1i, n2i), which the data do not have")
    }
    try BiasStudies.checkSizes(groupSizes.first)
    try BiasStudies.checkSizes(groupSizes.second)
    return groupSizes
  }

  /// The total sizes.
  /// - Throws: as for the sizes of groups.
  func requireSizes(_ what: String) throws(FitError) -> [Double] {
    guard let sizes else {
      throw .invalidSpecification("\(what) needs the sizes of the studies (ni), which the data do not have")
    }
    try BiasStudies.checkSizes(sizes)
    return sizes
  }

  /// The 2×2 tables.
  /// - Throws: `invalidSpecification` when there are none.
  func requireTable(_ what: String) throws(FitError) -> TwoByTwoColumns {
    guard let table else {
      throw .invalidSpecification("\(what) needs the counts of 2×2 tables, which the data do not have")
    }
    return table
  }

  /// Throws unless there are enough studies.
  func require(_ needed: Int, _ what: String) throws(FitError) {
    guard count > 0 else { throw .noStudies }
    guard count >= needed else { throw .tooFewStudies(needed: needed, got: count, what: what) }
  }

  private static func checkSizes(_ sizes: [Double]) throws(FitError) {
    for (i, n) in sizes.enumerated() where !(n > 0 && n.isFinite) {
      throw .domain(what: "size of study \(i + 1)", value: n, expected: "a positive number")
    }
  }
}
