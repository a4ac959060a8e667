import EffectSizes
import Plots
import Synthesis

extension FigureRecipe {
  /// Estimates against their precision.
  static let funnel = FigureRecipe(
    FunnelPlot.self, "estimates against their precision",
    options: [.vertical, .reference, .contours, .addTauSquared, .trimAndFill]
  ) { request throws(EvidenceError) in
    let analysis = try PoolAnalysis(request.pool)
    let studies = analysis.studies
    var about = FigureAbout(request, studies, analysis.fit)
    var settings = FunnelPlot.Settings()
    settings.vertical = try vertical(request.vertical)
    settings.contours = request.contours
    if request.contours, about.null == nil {
      throw EvidenceError(
        .usage, "contours show significance against no effect, which \(studies.measureCode) of one group does not have",
        hint: "leave out --contours")
    }
    try setReference(&settings, request.reference, analysis, null: about.null)
    if request.addsTauSquared { settings.tau2 = analysis.fit.heterogeneity.tauSquared }
    let data = try studies.biasStudies(request.pool.data, model: try model(request))
    var rows = (0..<studies.count).filter { studies.vi[$0] > 0 }.map { i in
      FunnelPlot.Row(
        study: studies.labels[i], yi: studies.yi[i], sei: studies.vi[i].squareRoot(), ni: data.sizes?[i])
    }
    if settings.vertical == .size, !rows.contains(where: { ($0.ni ?? 0) > 0 }) {
      throw EvidenceError(
        .usage, "--vertical n needs the sizes of the studies, which the data do not have",
        hint: "map a column with --map ni=column, or use --vertical precision")
    }
    if let estimator = request.trimAndFill {
      let result = try filled(data, estimator, request)
      rows += result.filled.map { study in
        FunnelPlot.Row(
          study: "Filled: \(studies.labels[study.mirrored])", yi: study.yi, sei: study.vi.squareRoot(),
          ni: data.sizes?[study.mirrored], filled: true)
      }
      if settings.referenceName == nil {
        (settings.reference, settings.referenceName) = (result.fit.pooled?.value, "Pooled, with those filled in")
      }
      about.note? += " \(result.missing) filled in on the \(result.side.rawValue) (\(estimator.rawValue))."
    }
    return FigureRun(FunnelPlot(about: about, settings: settings, rows: rows), analysis)
  }

  /// The specification of the pool; that of equal effects for methods that pool counts.
  private static func model(_ request: FigureRequest) throws(EvidenceError) -> PoolingModel {
    guard case .inverseVariance(let method) = request.pool.method else {
      return PoolingModel(method: .equalEffects)
    }
    return try Pooler(request.pool).model(method)
  }

  private static func filled(
    _ data: BiasStudies, _ estimator: TrimAndFill.Estimator, _ request: FigureRequest
  ) throws(EvidenceError) -> TrimAndFill {
    if request.pool.method.worksOnCounts || request.pool.weightsColumn != nil {
      throw EvidenceError(
        .usage, "--trim-and-fill needs an inverse-variance method without --weights",
        hint: "use an inverse-variance method such as REML")
    }
    do throws(FitError) { return try TrimAndFill(data, estimator: estimator) } catch { throw EvidenceError(error) }
  }

  private static func vertical(_ word: String?) throws(EvidenceError) -> FunnelPlot.Vertical {
    guard let word else { return .standardError }
    if let vertical = FunnelPlot.Vertical(rawValue: word) { return vertical }
    throw EvidenceError(
      .usage, "--vertical \(word) is not known",
      hint: "choose from " + FunnelPlot.Vertical.allCases.map(\.rawValue).joined(separator: ", "))
  }

  private static func setReference(
    _ settings: inout FunnelPlot.Settings, _ word: String?, _ analysis: PoolAnalysis, null: Double?
  ) throws(EvidenceError) {
    switch word ?? "pooled" {
    case "pooled":
      settings.reference = analysis.fit.pooled?.value
    case "null":
      guard let null else {
        throw EvidenceError(
          .usage, "--reference null: \(analysis.studies.measureCode) of one group has no value of no effect",
          hint: "use --reference pooled")
      }
      (settings.reference, settings.referenceName) = (null, "No effect")
    default:
      throw EvidenceError(.usage, "--reference \(word ?? "") is not known", hint: "choose from pooled, null")
    }
  }
}

extension Measure {
  /// Whether a value stands for no effect: 0 on the analysis scale, unless the measure is of a single group.
  var hasNullEffect: Bool {
    switch family {
    case .proportion, .rate, .mean, .agreement: false
    default: true
    }
  }
}
