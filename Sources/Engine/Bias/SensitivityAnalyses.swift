import EffectSizes
import Synthesis

/// What the sensitivity analyses say: selection by size, confounding, worst cases, fragility, unreported and missing outcomes.
struct SensitivityAnalyses: Sendable {
  private(set) var copas: CopasModel?
  private(set) var eValue: EValue?
  private(set) var worstCase: WorstCase?
  private(set) var fragility: FragilityIndex?
  private(set) var pUniform: PUniformStar?
  private(set) var pCurve: PCurve?
  private(set) var zCurve: ZCurve?
  private(set) var outcomeReporting: OutcomeReportingBound?
  /// The pool under each assumption about missing outcomes.
  private(set) var missing: [(assumption: MissingOutcomes.Assumption, fit: Fit)] = []
  /// What could not be done, and why.
  private(set) var remarks: [String] = []

  /// Copas's model is left out of the one-page report beyond this number of studies, as its grid then takes seconds.
  private static let mostStudiesOfReport = 200

  /// None.
  init() {}

  /// Runs those that a request asks for.
  /// - Throws: 64 or 69; for the one-page report what cannot be done is a remark.
  init(_ request: BiasRequest, _ data: BiasStudies, _ studies: StudySet, _ fit: Fit?) throws(EvidenceError) {
    for method in SensitivityMethod.allCases where request.sensitivity.contains(method) {
      if method == .copas, request.isReport, data.count > Self.mostStudiesOfReport {
        remarks.append("the Copas selection model takes long for \(data.count) studies; ask with --copas")
        continue
      }
      try attempt("--\(method.rawValue)", request) { this throws(EvidenceError) in
        try this.run(method, request, data, studies, fit)
      }
    }
    if !request.unreported.isEmpty {
      try attempt("the outcome-reporting bound", request) { this throws(EvidenceError) in
        this.outcomeReporting = try SensitivityAnalyses.bound(request, data)
      }
    }
    if let question = request.missing {
      try attempt("missing outcomes", request) { this throws(EvidenceError) in
        this.missing = try question.fits(data, studies)
      }
    }
  }

  private mutating func attempt(
    _ what: String, _ request: BiasRequest, _ work: (inout SensitivityAnalyses) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    do throws(EvidenceError) { try work(&self) } catch {
      guard request.isReport else { throw error }
      remarks.append("\(what) was left out: \(error.message)" + (error.hint.map { "; \($0)" } ?? ""))
    }
  }

  private mutating func run(
    _ method: SensitivityMethod, _ request: BiasRequest, _ data: BiasStudies, _ studies: StudySet, _ fit: Fit?
  ) throws(EvidenceError) {
    do throws(FitError) {
      switch method {
      case .copas: copas = try SensitivityAnalyses.copas(data, request.side)
      case .eValue: eValue = try SensitivityAnalyses.eValue(data, studies, fit)
      case .worstCase: worstCase = try WorstCase(data)
      case .fragility: fragility = try SensitivityAnalyses.fragility(data, studies)
      case .pUniform:
        // Two-sided selection has no direction of its own: p-uniform* takes that of the pool.
        let pooled = try data.model.fit(yi: data.yi, vi: data.vi).coefficients[0].value
        let direction = request.hasChosenAlternative ? request.alternative : (pooled < 0 ? .less : .greater)
        pUniform = try PUniformStar(data, alternative: direction)
      case .pCurve: pCurve = try PCurve(data)
      case .zCurve: zCurve = try ZCurve(data, seed: request.seed)
      }
    } catch { throw EvidenceError(error) }
  }

  private static func bound(_ request: BiasRequest, _ data: BiasStudies) throws(EvidenceError) -> OutcomeReportingBound
  {
    do { return try OutcomeReportingBound(data, unreported: request.unreported, side: request.side) } catch {
      throw EvidenceError(error)
    }
  }

  private static func copas(_ data: BiasStudies, _ side: TrimAndFill.Side?) throws(FitError) -> CopasModel {
    let model = try CopasModel(data, side: side)
    guard model.adjusted != nil else {
      throw .notEstimable(
        what: "the effect adjusted by the Copas selection model (no degree of selection explains the asymmetry)",
        hint: "turn the side round with --side, or try --selection stepfun or --limit")
    }
    return model
  }

  private static func eValue(_ data: BiasStudies, _ studies: StudySet, _ fit: Fit?) throws(FitError) -> EValue {
    let pool = if let fit { fit } else { try data.model.fit(yi: data.yi, vi: data.vi) }
    guard let scale = riskRatioScale(studies) else {
      throw .invalidSpecification(
        "an E-value needs a ratio (RR, OR, HR, IRR) or a standardised mean difference, not \(studies.measure.code)")
    }
    return try EValue(pool.coefficients[0], tauSquared: pool.heterogeneity.tauSquared, scale: scale)
  }

  /// The measure's way to a risk ratio. Outcomes are rare up to 15% in the control groups; without counts they are taken for
  /// common.
  private static func riskRatioScale(_ studies: StudySet) -> EValue.RiskRatioScale? {
    var isRare = false
    if let table = studies.twoByTwo {
      let events = table.c.reduce(0, +)
      isRare = events <= 0.15 * (events + table.d.reduce(0, +))
    }
    switch studies.measure.code {
    case "RR", "IRR": return .riskRatio
    case "OR", "PETO": return isRare ? .rareOutcome : .oddsRatio
    case "HR": return .hazardRatio
    case "SMD", "SMDH", "SMD1", "SMD1H": return .standardizedMeanDifference
    default: return nil
    }
  }

  private static func fragility(_ data: BiasStudies, _ studies: StudySet) throws(FitError) -> FragilityIndex {
    guard let table = studies.twoByTwo, studies.measure.hasNullEffect else {
      throw .invalidSpecification(
        "the fragility index needs the counts of 2×2 tables and a measure that compares groups")
    }
    let (measure, options) = (studies.measure, studies.options)
    return try FragilityIndex(table, model: data.model) { changed in
      var columns = StudyColumns(count: changed.count)
      columns[.ai] = changed.a
      columns[.bi] = changed.b
      columns[.ci] = changed.c
      columns[.di] = changed.d
      guard let effects = try? measure.estimate(columns, options) else { return nil }
      let usable = effects.yi.indices.filter { effects.yi[$0].isFinite && effects.vi[$0] > 0 }
      return usable.isEmpty ? nil : (usable.map { effects.yi[$0] }, usable.map { effects.vi[$0] })
    }
  }
}
