public import Synthesis

/// What the methods for publication bias say about a set of studies.
public struct BiasAnalysis: Sendable {
  /// What was asked.
  public let request: BiasRequest
  /// The studies in the analysis.
  public let studies: StudySet
  /// The pool that the methods start from, where it can be made.
  public private(set) var fit: Fit?
  /// Tests for small-study effects.
  public private(set) var tests: [SmallStudyResult] = []
  /// The Doi plot with its LFK index.
  public private(set) var lfkIndex: LFKIndex?
  /// Trim and fill.
  public private(set) var trimAndFill: TrimAndFill?
  /// Fail-safe numbers.
  public private(set) var failSafe: [FailSafeResult] = []
  /// Excess of significant results.
  public private(set) var excessSignificance: ExcessSignificance?
  /// PET and PEESE.
  public private(set) var precisionEffect: PrecisionEffect?
  /// The limit meta-analysis.
  public private(set) var limit: LimitMetaAnalysis?
  /// The selection model.
  public private(set) var selection: SelectionModel?
  /// Sensitivity analyses.
  private(set) var sensitivity = SensitivityAnalyses()
  private var remarks: [String] = []

  /// Below this number of studies the tests have little power.
  static let fewStudies = 10

  /// Runs a request.
  /// - Throws: 64, 65, 66 or 69, as the interface says; for the one-page report only what concerns the data as a whole.
  public init(_ request: BiasRequest) throws(EvidenceError) {
    let method = try BiasAnalysis.method(request)
    let pooler = try Pooler(request.pool)
    let inputs = try PoolAnalysis.Inputs(request.pool)
    try TrialFamilies.check(inputs.studies)
    guard inputs.studies.count > 0 else { throw EvidenceError(.noStudies) }
    self.request = request
    studies = inputs.studies
    var data = try studies.biasStudies(request.pool.data, model: pooler.model(method))
    if let design = inputs.design {
      data.design = design.matrix
      data.terms = design.names
    }
    fit = try? data.design == nil ? pooler.fit(studies) : nil
    try run(data)
    remarks = BiasAdvice(self).remarks + remarks
  }

  /// The methods work on estimates and variances; options of the pool that they have no use for are refused.
  private static func method(_ request: BiasRequest) throws(EvidenceError) -> PoolingMethod {
    let pool = request.pool
    let unused: [(String, Bool)] = [
      ("--weights", pool.weightsColumn != nil), ("--subgroup", pool.subgroupColumn != nil),
      ("--permute", pool.permutation != nil), ("--glmm", pool.glmmModel != nil),
      ("--threshold", pool.threshold != nil),
    ]
    if let option = unused.first(where: \.1)?.0 {
      throw EvidenceError(.usage, "\(option) is not available with bias")
    }
    guard case .inverseVariance(let method) = pool.method else {
      throw EvidenceError(
        .usage, "bias is not available with --method \(pool.methodCode)",
        hint: "use an inverse-variance method such as REML")
    }
    return method
  }

  private mutating func run(_ data: BiasStudies) throws(EvidenceError) {
    let options = request.options
    let side = request.side
    for test in request.tests {
      if let result = try attempt(test.name, { () throws(FitError) in try test.run(data, options) }) {
        tests.append(result)
      }
    }
    guard data.design == nil else { return try refuseModerators() }
    if request.lfkIndex {
      lfkIndex = try attempt("the LFK index") { () throws(FitError) in try LFKIndex(data) }
    }
    if let estimator = request.trimAndFill {
      trimAndFill = try attempt("trim and fill") { () throws(FitError) in
        try TrimAndFill(data, estimator: estimator, side: side)
      }
    }
    for method in request.failSafe {
      if let result = try attempt("fail-safe N (\(method.name))", { () throws(FitError) in try method.run(data) }) {
        failSafe.append(result)
      }
    }
    if request.excessSignificance {
      excessSignificance = try attempt("the test of excess significance") { () throws(FitError) in
        try ExcessSignificance(data)
      }
    }
    if request.petPeese {
      precisionEffect = try attempt("PET-PEESE") { () throws(FitError) in try PrecisionEffect(data) }
    }
    if let form = request.selection {
      let alternative = request.alternative
      selection = try attempt("the selection model") { () throws(FitError) in
        try SelectionModel(data, form: form, alternative: alternative)
      }
    }
    if request.limit {
      limit = try attempt("the limit meta-analysis") { () throws(FitError) in try LimitMetaAnalysis(data) }
    }
    sensitivity = try SensitivityAnalyses(request, data, studies, fit)
    remarks += sensitivity.remarks
  }

  /// Runs a method; in the one-page report its failure is a remark.
  private mutating func attempt<Result>(
    _ what: String, _ method: () throws(FitError) -> Result
  ) throws(EvidenceError) -> Result? {
    do throws(FitError) { return try method() } catch {
      let failure = EvidenceError(error)
      guard request.isReport else { throw failure }
      remarks.append("\(what) was left out: \(failure.message)" + (failure.hint.map { "; \($0)" } ?? ""))
      return nil
    }
  }

  /// Only Egger's regression takes moderators.
  private mutating func refuseModerators() throws(EvidenceError) {
    var others = request
    others.tests = []
    if others.isEmpty { return }
    guard request.isReport else {
      throw EvidenceError(.usage, "--mods is for --tests egger only", hint: "ask for the other methods without --mods")
    }
    remarks.append("--mods went into Egger's test only; the other methods take no moderators and were left out")
  }

  /// What a careful reader should know.
  public var warnings: [String] { studies.warnings + (trimAndFill?.fit.notes.map(\.message) ?? []) + remarks }

  /// Where the numbers come from.
  var provenance: Provenance { Provenance(command: request.pool.command, studies: studies) }
}
