import NumericCore
public import Synthesis

/// Refits of parts of the studies, on all cores, by the library for inverse-variance methods and from counts for the others.
struct DiagnosticRefits: Sendable {
  let pooler: Pooler
  let studies: StudySet
  /// The studies as the library takes them.
  let data: DiagnosticStudies
  /// The specification; `nil` for methods that pool counts.
  let model: PoolingModel?

  init(_ pooler: Pooler, _ inputs: PoolAnalysis.Inputs) {
    self.pooler = pooler
    studies = inputs.studies
    data = DiagnosticStudies(
      yi: studies.yi, vi: studies.vi, design: inputs.design?.matrix, terms: inputs.design?.names ?? ["intercept"],
      weights: inputs.weights)
    if case .inverseVariance(let method) = pooler.request.method { model = pooler.model(method) } else { model = nil }
  }

  /// The results of a piece of work for all indices below a count, in order.
  static func spread<Row: Sendable>(_ count: Int, _ work: @Sendable (Range<Int>) -> [Row]) -> [Row] {
    guard count > 64 else { return work(0..<count) }
    let ranges = Parallel.ranges(count, pieces: 8 * Parallel.coreCount)
    let parts = Parallel.map(ranges.count) { work(ranges[$0]) }
    var rows = [Row]()
    rows.reserveCapacity(count)
    for part in parts { rows += part }
    return rows
  }

  /// The pooled result without each study.
  func leaveOneOut() throws(FitError) -> [RefitRow] {
    if let model {
      let analysis = try LeaveOneOut(model: model, studies: data)
      return Self.spread(data.count) { analysis.rows($0) }
    }
    try needsTwo("a leave-one-out analysis")
    return Self.spread(studies.count) { $0.map { refit(others(than: $0)) } }
  }

  /// The pooled result without several studies, for all ways of taking them or many random ones.
  func leaveOut(_ count: Int, atMost limit: Int, seed: UInt64) throws(FitError) -> LeaveOutResult {
    guard studies.count > count else {
      throw .tooFewStudies(needed: count + 1, got: studies.count, what: "leaving out \(count) studies")
    }
    let combinations = Combinations(of: studies.count, taking: count, atMost: limit, seed: seed)
    let model = model.map { model in
      var plain = model
      plain.tauSquaredInterval = nil
      plain.prediction = .none
      return plain
    }
    let rows = Self.spread(combinations.count) { range in
      range.map { place -> RefitRow in
        let left = Set(combinations.at(place))
        let kept = (0..<studies.count).filter { !left.contains($0) }
        guard let model else { return refit(kept) }
        let (yi, vi) = (kept.map { data.yi[$0] }, kept.map { data.vi[$0] })
        let weights = data.weights.map { weights in kept.map { weights[$0] } }
        return (try? model.fit(yi: yi, vi: vi, weights: weights)).map { RefitRow($0) }
          ?? RefitRow(notEstimable: kept.count)
      }
    }
    return LeaveOutResult(combinations: combinations, rows: rows)
  }

  /// The pooled result of the first study of an order, the first two, …
  func cumulative(_ order: [Int]) throws(FitError) -> [RefitRow] {
    if let model {
      let analysis = try CumulativeAnalysis(model: model, studies: data.selecting(order))
      return Self.spread(data.count) { analysis.rows($0) }
    }
    return Self.spread(studies.count) { $0.map { refit(Array(order[...$0])) } }
  }

  /// The coordinates of the Baujat plot.
  func baujat(_ fit: Fit) throws(FitError) -> [BaujatPoint] {
    if let model {
      let analysis = try BaujatAnalysis(model: model, studies: data, fit: fit)
      return Self.spread(data.count) { analysis.points($0) }
    }
    try needsTwo("a Baujat plot")
    return Self.spread(studies.count) { range in
      range.map { i in
        BaujatPoint(
          yi: studies.yi[i], vi: studies.vi[i], all: fit, rest: try? pooler.fit(studies.selecting(others(than: i))))
      }
    }
  }

  /// Parts of Cochran's Q, of the studies that have an effect size; `nil` for the others.
  func contributions() throws(FitError) -> [HeterogeneityContribution?] {
    let known = data.yi.indices.filter { !data.yi[$0].isNaN }
    var parts = [HeterogeneityContribution?](repeating: nil, count: data.count)
    for (i, part) in zip(known, try HeterogeneityContribution.all(data.selecting(known))) { parts[i] = part }
    return parts
  }

  /// The results of subsets.
  func subsets(_ scheme: SubsetScheme) throws(FitError) -> SubsetResult {
    if let model {
      let analysis = try GOSH(model: model, studies: data, scheme: scheme)
      return SubsetResult(
        subsets: analysis.subsets, rows: Self.spread(analysis.count) { analysis.rows($0) })
    }
    try needsTwo("GOSH")
    let sequence = SubsetSequence(scheme, studies: studies.count)
    let rows = Self.spread(scheme.count(studies: studies.count)) { range in
      var rows = [SubsetRow]()
      sequence.forEach(in: range) { _, members in
        let fit = try? pooler.fit(studies.selecting(members))
        rows.append(fit.map { SubsetRow($0) } ?? SubsetRow(k: members.count))
      }
      return rows
    }
    return SubsetResult(subsets: sequence, rows: rows)
  }

  private func others(than study: Int) -> [Int] { (0..<studies.count).filter { $0 != study } }

  private func refit(_ rows: [Int]) -> RefitRow {
    (try? pooler.fit(studies.selecting(rows))).map { RefitRow($0) } ?? RefitRow(notEstimable: rows.count)
  }

  private func needsTwo(_ what: String) throws(FitError) {
    guard studies.count > 1 else { throw .tooFewStudies(needed: 2, got: studies.count, what: what) }
  }
}

/// The pooled results without several studies at a time.
public struct LeaveOutResult: Sendable {
  /// Which studies are left out.
  public let combinations: Combinations
  /// The results in their order.
  public let rows: [RefitRow]

  /// Places of the smallest and the largest estimate; `nil` when no result could be had.
  var extremes: (low: Int, high: Int)? {
    let known = rows.indices.filter { rows[$0].estimate.isFinite }
    guard let low = known.min(by: { rows[$0].estimate < rows[$1].estimate }),
      let high = known.max(by: { rows[$0].estimate < rows[$1].estimate })
    else { return nil }
    return (low, high)
  }

  /// How many results have an interval that excludes 0.
  var significantCount: Int { rows.filter { $0.lower > 0 || $0.upper < 0 }.count }
}

/// The results of many subsets of the studies.
public struct SubsetResult: Sendable {
  /// Which subsets.
  public let subsets: SubsetSequence
  /// Their results in order.
  public let rows: [SubsetRow]

  /// Mean estimate of the subsets with each study and of those without; NaN where there are none.
  var meansByStudy: [(with: Double, without: Double)] {
    var sums = [(with: Double, count: Double)](repeating: (0, 0), count: subsets.studies)
    var (total, all) = (0.0, 0.0)
    subsets.forEach(in: 0..<rows.count) { place, members in
      let estimate = rows[place].estimate
      guard estimate.isFinite else { return }
      total += estimate
      all += 1
      for study in members {
        sums[study].with += estimate
        sums[study].count += 1
      }
    }
    return sums.map { ($0.with / $0.count, (total - $0.with) / (all - $0.count)) }
  }
}
