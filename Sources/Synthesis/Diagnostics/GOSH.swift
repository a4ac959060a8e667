/// The pooled result of one subset of the studies; what does not exist is `NaN`.
public struct SubsetRow: Sendable {
  /// Number of studies.
  public var k: Int
  /// The estimate.
  public var estimate = Double.nan
  /// Cochran's Q, I² (0–1), H², τ²; none for one study, τ² none for equal effects.
  public var q = Double.nan, iSquared = Double.nan, hSquared = Double.nan, tauSquared = Double.nan

  /// A row of which only the size is known.
  public init(k: Int) { self.k = k }

  /// The row of a fit.
  public init(_ fit: Fit) {
    let row = RefitRow(fit)
    k = fit.k
    estimate = row.estimate
    q = row.q ?? .nan
    iSquared = row.iSquared ?? .nan
    hSquared = row.hSquared ?? .nan
    tauSquared = row.tauSquared ?? .nan
  }
}

/// A graphical display of study heterogeneity (GOSH): the model fitted to the subsets of the studies.
///
/// A subset that cannot be fitted has `NaN` in its row. Without moderators and weights a subset costs one solution for τ²
/// on a workspace that is kept; equal effects cost two look-ups (`SubsetTables`).
/// Source: Olkin, Dahabreh and Trikalinos 2012, Research Synthesis Methods 3, 214.
public struct GOSH: Sendable {
  /// The subsets.
  public let subsets: SubsetSequence
  private let model: PoolingModel
  private let studies: DiagnosticStudies
  private let tables: SubsetTables?

  /// The analysis of a model and its studies.
  /// - Throws: `tooFewStudies` for fewer than two studies; `invalidSpecification` with moderators, or for all subsets
  ///   of more than 24 studies.
  public init(model: PoolingModel, studies: DiagnosticStudies, scheme: SubsetScheme) throws(FitError) {
    guard studies.design == nil else {
      throw .invalidSpecification("fits of all subsets (GOSH) are for models without moderators")
    }
    guard studies.count > 1 else { throw .tooFewStudies(needed: 2, got: studies.count, what: "GOSH") }
    guard scheme != .all || studies.count <= SubsetScheme.mostStudies else {
      throw .invalidSpecification("all subsets are for at most \(SubsetScheme.mostStudies) studies")
    }
    self.model = model.withoutIntervals
    self.studies = studies
    subsets = SubsetSequence(scheme, studies: studies.count)
    tables =
      scheme == .all && model.method.tauSquared == nil && studies.weights == nil
      ? SubsetTables(yi: studies.yi, vi: studies.vi) : nil
  }

  /// Number of subsets.
  public var count: Int { subsets.scheme.count(studies: studies.count) }

  /// The rows of a range of subsets.
  public func rows(_ range: Range<Int>) -> [SubsetRow] {
    if let tables { return tables.rows(range, subsets) }
    var rows = [SubsetRow]()
    rows.reserveCapacity(range.count)
    guard model.ruleOfSums(studies) != nil else {
      subsets.forEach(in: range) { _, members in
        rows.append((try? model.fit(studies.selecting(members))).map { SubsetRow($0) } ?? SubsetRow(k: members.count))
      }
      return rows
    }
    var problem = PoolingProblem()
    var y = studies.yi
    var v = studies.vi
    subsets.forEach(in: range) { _, members in
      for (place, study) in members.enumerated() { (y[place], v[place]) = (studies.yi[study], studies.vi[study]) }
      let count = members.count
      y.withUnsafeBufferPointer { y in
        v.withUnsafeBufferPointer { v in
          problem.studies.load(
            yi: UnsafeBufferPointer(rebasing: y[..<count]), vi: UnsafeBufferPointer(rebasing: v[..<count]))
        }
      }
      rows.append(row(problem))
    }
    return rows
  }

  private func row(_ problem: PoolingProblem) -> SubsetRow {
    var row = SubsetRow(k: problem.k)
    guard let core = try? model.interceptCore(problem) else { return row }
    row.estimate = core.atTau.mean
    guard problem.k > 1 else { return row }
    let h = core.heterogeneity(problem, model: model)
    row.q = core.atZero.q
    row.iSquared = h.iSquared
    row.hSquared = h.hSquared
    row.tauSquared = core.solution?.value ?? .nan
    return row
  }
}
