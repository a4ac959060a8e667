import NumericCore

/// Where the results of many groups go: one buffer for each column, at least as long as there are groups.
///
/// The memory is the caller's and must live while a batch runs; a column that is `nil` is not wanted, and p-values that nobody
/// wants are not computed. What does not exist is `NaN`: everything but `k` and `status` for a group that failed, τ² for
/// equal effects, heterogeneity for a single study, p where the standard error is 0.
///
///     var results = GroupResults()
///     results.estimate = estimates
///     results.status = statuses
public struct GroupResults: @unchecked Sendable {
  // Unchecked: threads write to places of their own, and the caller waits for them.

  /// A column of numbers.
  public typealias Column = UnsafeMutableBufferPointer<Double>

  /// The pooled estimate on the analysis scale (log for ratios), and its standard error.
  public var estimate: Column?, standardError: Column?
  /// Ends of the confidence interval, on the analysis scale.
  public var lower: Column?, upper: Column?
  /// Two-sided p-value of the estimate.
  public var p: Column?
  /// τ², on the square of the analysis scale.
  public var tauSquared: Column?
  /// I² in per cent.
  public var iSquared: Column?
  /// Cochran's Q, and its p-value.
  public var q: Column?, qP: Column?
  /// Ends of the prediction interval; `NaN` unless the request asks for one.
  public var predictionLower: Column?, predictionUpper: Column?
  /// Number of studies pooled; 0 for a group that failed.
  public var k: UnsafeMutableBufferPointer<Int32>?
  /// The raw value of a `GroupStatus`.
  public var status: UnsafeMutableBufferPointer<Int32>?

  /// No column.
  public init() {}

  /// The columns of numbers.
  var numbers: [Column?] {
    [estimate, standardError, lower, upper, p, tauSquared, iSquared, q, qP, predictionLower, predictionUpper]
  }

  /// Whether every column that is there has room for so many groups.
  public func holds(_ groups: Int) -> Bool {
    numbers.allSatisfy { ($0?.count ?? groups) >= groups } && (k?.count ?? groups) >= groups
      && (status?.count ?? groups) >= groups
  }

  /// Marks a group as failed.
  public func fail(_ group: Int, _ status: GroupStatus) {
    for column in numbers { column?[group] = .nan }
    k?[group] = 0
    self.status?[group] = status.rawValue
  }

  /// Stores the row of a set of k studies.
  func store(_ row: RowNumbers<Double>, k: Int, at group: Int) {
    estimate?[group] = row.estimate
    standardError?[group] = row.standardError
    lower?[group] = row.estimate - row.reach
    upper?[group] = row.estimate + row.reach
    p?[group] = row.p
    tauSquared?[group] = row.tauSquared
    iSquared?[group] = row.iSquared
    q?[group] = row.q
    qP?[group] = row.qP
    predictionLower?[group] = row.estimate - row.predictionReach
    predictionUpper?[group] = row.estimate + row.predictionReach
    self.k?[group] = Int32(clamping: k)
    status?[group] = GroupStatus.ok.rawValue
  }

  /// Stores the rows of as many sets as there are lanes, of k studies each, one behind the other.
  func store(_ rows: RowNumbers<LaneBlock.Vector>, k: Int, from group: Int) {
    @inline(__always)
    func put(_ column: Column?, _ values: LaneBlock.Vector) {
      guard let column, let place = column.baseAddress else { return }
      precondition(group >= 0 && group + LaneBlock.width <= column.count, "the column is too short for its groups")
      UnsafeMutableRawPointer(place + group).storeBytes(of: values, as: LaneBlock.Vector.self)
    }
    put(estimate, rows.estimate)
    put(standardError, rows.standardError)
    put(lower, rows.estimate - rows.reach)
    put(upper, rows.estimate + rows.reach)
    put(p, rows.p)
    put(tauSquared, rows.tauSquared)
    put(iSquared, rows.iSquared)
    put(q, rows.q)
    put(qP, rows.qP)
    put(predictionLower, rows.estimate - rows.predictionReach)
    put(predictionUpper, rows.estimate + rows.predictionReach)
    for place in group..<(group + LaneBlock.width) {
      self.k?[place] = Int32(clamping: k)
      status?[place] = GroupStatus.ok.rawValue
    }
  }

  /// Stores the numbers of a whole fit.
  public func store(_ fit: Fit, at group: Int) {
    let pooled = fit.pooled
    let h = fit.heterogeneity
    estimate?[group] = pooled?.value ?? .nan
    standardError?[group] = pooled?.standardError ?? .nan
    lower?[group] = pooled?.interval.lower ?? .nan
    upper?[group] = pooled?.interval.upper ?? .nan
    p?[group] = pooled?.pValue ?? .nan
    tauSquared?[group] = h.tauSquared ?? .nan
    iSquared?[group] = h.iSquared.map { 100 * $0 } ?? .nan
    q?[group] = h.q ?? .nan
    qP?[group] = h.qPValue ?? .nan
    predictionLower?[group] = fit.prediction?.interval.lower ?? .nan
    predictionUpper?[group] = fit.prediction?.interval.upper ?? .nan
    k?[group] = Int32(clamping: fit.k)
    status?[group] = (fit.convergence.converged ? GroupStatus.ok : .notConverged).rawValue
  }
}

/// Result columns with memory of their own.
public final class GroupResultStorage: Sendable {
  /// Number of groups.
  public let count: Int
  /// All columns.
  public let columns: GroupResults

  /// Columns for so many groups, filled with `NaN` and 0.
  public init(count: Int) {
    self.count = count
    var columns = GroupResults()
    func numbers() -> GroupResults.Column {
      let column = GroupResults.Column.allocate(capacity: count)
      column.initialize(repeating: .nan)
      return column
    }
    func integers() -> UnsafeMutableBufferPointer<Int32> {
      let column = UnsafeMutableBufferPointer<Int32>.allocate(capacity: count)
      column.initialize(repeating: 0)
      return column
    }
    (columns.estimate, columns.standardError, columns.lower, columns.upper) = (
      numbers(), numbers(), numbers(), numbers()
    )
    (columns.p, columns.tauSquared, columns.iSquared, columns.q) = (numbers(), numbers(), numbers(), numbers())
    (columns.qP, columns.predictionLower, columns.predictionUpper) = (numbers(), numbers(), numbers())
    (columns.k, columns.status) = (integers(), integers())
    self.columns = columns
  }

  deinit {
    for column in columns.numbers { column?.deallocate() }
    columns.k?.deallocate()
    columns.status?.deallocate()
  }
}
