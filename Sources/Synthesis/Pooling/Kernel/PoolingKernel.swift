/// The pooling of many small sets with one specification: no allocation per set, the same bits as `PoolingModel.fit`.
///
///     var kernel = try PoolingKernel(model: PoolingModel(method: .random(.reml), inference: .hartungKnapp))
///     let row = try kernel.fit(yi: yi.span, vi: vi.span)
///
/// Keeps its workspace and the critical values between sets; give each thread its own. Intercept-only, without user
/// weights, with the inferences normal, t, Hartung–Knapp and Hartung–Knapp ad hoc; intervals for τ² and prediction intervals of the
/// model are not made.
public struct PoolingKernel: Sendable {
  /// The specification.
  public let model: PoolingModel
  private let rule: WaldRule
  private var problem = PoolingProblem()
  private var criticalValues: CriticalValueCache

  /// A kernel for a specification; throws `invalidSpecification` for one that needs more than the kernel gives.
  public init(model: PoolingModel) throws(FitError) {
    try model.validate()
    guard let rule = model.inference.waldRule else {
      throw .invalidSpecification("\(model.inference.word) inference is not for batches; fit each set by itself")
    }
    if let estimator = model.method.tauSquared, estimator.needsWeights {
      throw .invalidSpecification("\(estimator.code) needs weights; fit each set by itself")
    }
    self.model = model
    self.rule = rule
    criticalValues = try CriticalValueCache(level: model.level)
  }

  /// Whether a specification can be run here.
  public static func supports(_ model: PoolingModel) -> Bool { (try? PoolingKernel(model: model)) != nil }

  /// Pools one set. Throws `noStudies`, `domain` for a value that cannot be, or `notConverged`.
  public mutating func fit(yi: Span<Double>, vi: Span<Double>) throws(FitError) -> PooledRow {
    let k = yi.count
    guard k == vi.count else {
      throw .invalidSpecification("yi and vi differ in length: \(k) and \(vi.count)")
    }
    return try yi.withUnsafeBufferPointer { y throws(FitError) in
      try vi.withUnsafeBufferPointer { v throws(FitError) in
        try problem.studies.borrow(checking: y, vi: v)
        defer { problem.studies.letGo() }
        return try pool()
      }
    }
  }

  private mutating func pool() throws(FitError) -> PooledRow {
    let core = try model.interceptCore(problem)
    let usesT = rule.usesT && problem.k > 1
    let critical = try criticalValues.value(degreesOfFreedom: usesT ? problem.k - 1 : nil)
    return core.row(problem, model: model, rule: rule, law: critical.law, critical: critical.value)
  }
}
