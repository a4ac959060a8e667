import EffectSizes
import Synthesis

/// The result of one group.
struct BatchResult: Sendable {
  var k = 0
  var estimate, standardError, lower, upper, p, tauSquared, iSquared, q, qP: Double?
  var predictionLower, predictionUpper: Double?
  var status = "ok"
}

/// Fits groups one after another; each thread has its own.
struct BatchFitter {
  private let shape: BatchShape
  private let pooler: Pooler
  private let options: EffectOptions
  private let isGiven: Bool
  private var kernel: PoolingKernel?
  private var yi: [Double] = []
  private var vi: [Double] = []

  init(_ shape: BatchShape, _ request: BatchRequest) throws(EvidenceError) {
    self.shape = shape
    pooler = try Pooler(request.pool)
    options = try EffectOptions(request.pool.measure)
    isGiven = shape.measure.family == .given && shape.roles == [.yi, .vi]
    guard case .inverseVariance(let method) = request.pool.method else { return }
    if request.pool.prediction == .none, request.pool.fixedTauSquared == nil, request.pool.iSquared == .tauSquared {
      kernel = try? PoolingKernel(model: pooler.model(method))
    }
  }

  /// The result of a group.
  mutating func fit(_ rows: BatchRows, _ range: Range<Int>, fault: BatchRows.Fault?) -> BatchResult {
    if let fault { return failed("bad_value: line \(fault.line): \(fault.message)") }
    do throws(EvidenceError) {
      let effects = isGiven ? try given(rows, range) : try computed(rows, range)
      return try pool(effects.columns, effects.kept)
    } catch {
      return failed(error.message)
    }
  }

  private func failed(_ status: String) -> BatchResult {
    var result = BatchResult()
    result.status = status
    return result
  }

  /// Estimates and variances as they stand; rows that lack one are left out.
  private mutating func given(
    _ rows: BatchRows, _ range: Range<Int>
  ) throws(EvidenceError) -> (columns: StudyColumns?, kept: Int) {
    yi.removeAll(keepingCapacity: true)
    vi.removeAll(keepingCapacity: true)
    for row in range {
      let (y, v) = (rows.values[0][row], rows.values[1][row])
      if y.isNaN || v.isNaN { continue }
      if v < 0 { throw BatchFitter.bad(rows.lines[row], "vi = \(v.shortText), expected a variance of 0 or more") }
      yi.append(options.flip ? -y : y)
      vi.append(v)
    }
    return (nil, yi.count)
  }

  /// Effect sizes of the group's rows.
  private mutating func computed(
    _ rows: BatchRows, _ range: Range<Int>
  ) throws(EvidenceError) -> (columns: StudyColumns?, kept: Int) {
    var columns = StudyColumns(count: range.count)
    for (index, role) in shape.roles.enumerated() { columns[role] = Array(rows.values[index][range]) }
    let effects: EffectColumns
    do { effects = try shape.measure.estimate(columns, options) } catch {
      throw EvidenceError(.usage, error.description)
    }
    var dropped = Set<Int>()
    let keepsNotEstimable = pooler.request.method.worksOnCounts
    for problem in effects.problems {
      switch problem.kind {
      case .impossible(let role, let value, let expected):
        throw BatchFitter.bad(
          rows.lines[range.lowerBound + problem.index], "\(role.rawValue) = \(value.shortText), expected \(expected)")
      case .notEstimable where keepsNotEstimable: continue
      default: dropped.insert(problem.index)
      }
    }
    let kept = (0..<range.count).filter { !dropped.contains($0) }
    yi = kept.map { effects.yi[$0] }
    vi = kept.map { effects.vi[$0] }
    return (columns.selecting(kept), kept.count)
  }

  private static func bad(_ line: Int32, _ message: String) -> EvidenceError {
    EvidenceError(.badData, "bad_value: line \(line): \(message)")
  }

  private mutating func pool(_ columns: StudyColumns?, _ k: Int) throws(EvidenceError) -> BatchResult {
    guard k > 0 else { return failed("no_usable_rows") }
    do throws(FitError) {
      if kernel != nil { return BatchResult(try kernelRow()) }
      if case .inverseVariance(let method) = pooler.request.method {
        return BatchResult(try pooler.model(method).fit(yi: yi, vi: vi))
      }
      let data = CountStudies(
        measure: shape.measure, columns: columns ?? StudyColumns(count: k), rows: EffectColumns(yi: yi, vi: vi))
      return BatchResult(try pooler.fitCounts(data))
    } catch {
      throw EvidenceError(.notEstimable, BatchFitter.status(error))
    }
  }

  private mutating func kernelRow() throws(FitError) -> PooledRow {
    guard var kernel else { throw .noStudies }
    self.kernel = nil
    defer { self.kernel = kernel }
    return try kernel.fit(yi: yi.span, vi: vi.span)
  }

  /// The first word says what happened, the rest why.
  private static func status(_ error: FitError) -> String {
    switch error {
    case .noStudies: "no_usable_rows"
    case .notConverged(let what, _, _): "not_converged: \(what)"
    case .tooFewStudies: "too_few_studies: " + EvidenceError(error).message
    case .domain: "bad_value: " + EvidenceError(error).message
    default: "not_estimable: " + EvidenceError(error).message
    }
  }
}

extension BatchResult {
  init(_ row: PooledRow) {
    k = row.k
    (estimate, standardError, lower, upper, p) = (row.estimate, row.standardError, row.lower, row.upper, row.pValue)
    (tauSquared, q, qP) = (row.tauSquared, row.q, row.qPValue)
    iSquared = row.iSquared.map { 100 * $0 }
    if !row.converged { status = "not_converged: tau²" }
  }

  init(_ fit: Fit) {
    k = fit.k
    guard let pooled = fit.pooled else { return }
    (estimate, standardError, p) = (pooled.value, pooled.standardError, pooled.pValue)
    (lower, upper) = (pooled.interval.lower, pooled.interval.upper)
    (tauSquared, q, qP) = (fit.heterogeneity.tauSquared, fit.heterogeneity.q, fit.heterogeneity.qPValue)
    iSquared = fit.heterogeneity.iSquared.map { 100 * $0 }
    (predictionLower, predictionUpper) = (fit.prediction?.interval.lower, fit.prediction?.interval.upper)
    if !fit.convergence.converged { status = "not_converged: \(fit.convergence.method)" }
  }
}
