import EffectSizes
public import Synthesis

/// Case diagnostics of a pooled analysis as run.
public struct DiagnoseReport: Sendable {
  /// What was asked.
  public let request: DiagnoseRequest
  /// The studies in the analysis.
  public let studies: StudySet
  /// The fit of all studies.
  public let fit: Fit
  /// What could not be done, and why.
  public private(set) var warnings: [String]
  /// The influence set, with its cut-offs of |DFFITS| and leverage.
  public private(set) var influence: [InfluenceRow]?
  private(set) var limits = (dffits: Double.nan, leverage: Double.nan)
  /// The pooled result without each study.
  public private(set) var leaveOneOut: [RefitRow]?
  /// The pooled result without several studies at a time.
  public private(set) var leaveOut: LeaveOutResult?
  /// The pooled result as studies accumulate, in the order of `order`.
  public private(set) var cumulative: [RefitRow]?
  private(set) var order: [Int] = []
  /// Coordinates of the Baujat plot.
  public private(set) var baujat: [BaujatPoint]?
  /// Results of the subsets.
  public private(set) var gosh: SubsetResult?
  /// Groups of subsets with like results.
  public private(set) var clusters: SubsetClusters?
  /// Standardised residuals against normal quantiles.
  public private(set) var quantiles: ResidualQuantiles?
  /// Studies that lie apart.
  public private(set) var outliers: [Outlier]?
  /// Contributions to Q; `nil` for a study without an effect size.
  public private(set) var contributions: [HeterogeneityContribution?]?
  /// Profile of the likelihood of τ².
  public private(set) var profile: TauSquaredProfile?

  /// Random subsets where all are asked for of too many studies.
  static let sampleSize = 1_000_000
  /// Combinations of left-out studies that are all run; of more, so many random ones.
  static let mostCombinations = 20_000
  /// Subsets that `--all` looks at.
  static let subsetsOfOverview = 10_000

  /// Runs a request.
  /// - Throws: 64, 65, 66 or 69, as the interface says.
  public init(_ request: DiagnoseRequest) throws(EvidenceError) {
    try request.check()
    let pooler = try Pooler(request.pool)
    let inputs = try PoolAnalysis.Inputs(request.pool)
    try TrialFamilies.check(inputs.studies)
    self.request = request
    studies = inputs.studies
    fit =
      if let design = inputs.design { try pooler.fit(studies, design: design, weights: inputs.weights) } else {
        try pooler.fit(studies, weights: inputs.weights)
      }
    warnings = studies.warnings + fit.notes.map(\.message)
    let order = try AccumulationOrder.rows(studies, by: request.order)
    self.order = order
    let refits = DiagnosticRefits(pooler, inputs)
    for diagnostic in Diagnostic.allCases where request.wantsAll || request.diagnostics.contains(diagnostic) {
      try attempt(diagnostic, refits)
    }
  }

  /// Runs one diagnostic; under `--all` a failure is a warning.
  private mutating func attempt(_ diagnostic: Diagnostic, _ refits: DiagnosticRefits) throws(EvidenceError) {
    if let reason = request.reasonAgainst(diagnostic) {
      warnings.append("left out: \(reason.message)")
      return
    }
    do throws(FitError) { try run(diagnostic, refits) } catch {
      let failure = EvidenceError(error)
      guard request.wantsAll else { throw failure }
      warnings.append("--\(diagnostic.rawValue) left out: \(failure.message)")
    }
  }

  private mutating func run(_ diagnostic: Diagnostic, _ refits: DiagnosticRefits) throws(FitError) {
    switch diagnostic {
    case .influence: influence = try influenceRows(refits)
    case .leaveOneOut: leaveOneOut = try refits.leaveOneOut()
    case .cumulative: cumulative = try refits.cumulative(order)
    case .baujat: baujat = try refits.baujat(fit)
    case .leaveOut:
      leaveOut = try refits.leaveOut(request.leaveOut, atMost: Self.mostCombinations, seed: request.seed)
    case .gosh:
      let result = try refits.subsets(scheme())
      gosh = result
      clusters = SubsetClusters(rows: result.rows, subsets: result.subsets, seed: request.seed)
    case .outliers:
      let rows: [InfluenceRow] = if let influence { influence } else { try influenceRows(refits) }
      outliers = try Outlier.all(rows, studies: refits.data, fit: fit)
    case .heterogeneity: contributions = try refits.contributions()
    case .quantiles: quantiles = try ResidualQuantiles(fit: fit, studies: refits.data, seed: request.seed)
    case .profile:
      if let model = refits.model { profile = try TauSquaredProfile(model: model, studies: refits.data) }
    }
  }

  private mutating func influenceRows(_ refits: DiagnosticRefits) throws(FitError) -> [InfluenceRow] {
    guard let model = refits.model else { return [] }
    let analysis = try InfluenceAnalysis(model: model, studies: refits.data, fit: fit)
    limits = (analysis.dffitsLimit, analysis.leverageLimit)
    return DiagnosticRefits.spread(refits.data.count) { analysis.rows($0) }
  }

  /// All subsets, or as many random ones as were asked for, or as an overview or a machine can bear.
  private mutating func scheme() -> SubsetScheme {
    let k = studies.count
    if let wanted = request.subsets { return SubsetScheme(atMost: wanted, studies: k, seed: request.seed) }
    if request.wantsAll, !request.diagnostics.contains(.gosh) {
      return SubsetScheme(atMost: Self.subsetsOfOverview, studies: k, seed: request.seed)
    }
    if k > SubsetScheme.mostStudies {
      warnings.append(
        "\(k) studies have too many subsets to look at all: \(Self.sampleSize) random ones, seed \(request.seed)")
    }
    return SubsetScheme(atMost: k > SubsetScheme.mostStudies ? Self.sampleSize : .max, studies: k, seed: request.seed)
  }

  /// Where the numbers come from.
  var provenance: Provenance {
    var provenance = Provenance(command: request.pool.command, studies: studies)
    let drawsSubsets = gosh.map { $0.subsets.scheme != .all } ?? false
    if drawsSubsets || quantiles != nil || leaveOut?.combinations.isAll == false { provenance.seed = request.seed }
    return provenance
  }
}
