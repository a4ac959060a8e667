import EffectSizes
import Plots
import Synthesis

extension FigureRecipe {
  /// Estimates against their precision.
  static let funnel = FigureRecipe(
    FunnelPlot.self, "estimates against their precision",
    options: [.vertical, .reference, .contours, .addTauSquared]
  ) { request throws(EvidenceError) in
    let analysis = try PoolAnalysis(request.pool)
    let studies = analysis.studies
    let about = FigureAbout(request, studies, analysis.fit)
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
    let rows = (0..<studies.count).filter { studies.vi[$0] > 0 }.map { i in
      FunnelPlot.Row(
        study: studies.labels[i], yi: studies.yi[i], sei: studies.vi[i].squareRoot(), ni: studies.participants(i))
    }
    if settings.vertical == .size, !rows.contains(where: { ($0.ni ?? 0) > 0 }) {
      throw EvidenceError(
        .usage, "--vertical n needs the sizes of the studies, which the data do not have",
        hint: "map a column with --map ni=column, or use --vertical precision")
    }
    return FigureRun(FunnelPlot(about: about, settings: settings, rows: rows), analysis)
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

extension StudySet {
  /// Number of participants of a study, of both groups together where there are two; `nil` when the data do not say.
  func participants(_ i: Int) -> Double? {
    func sum(_ roles: Role...) -> Double? {
      var total = 0.0
      for role in roles {
        guard let column = columns[role], column[i].isFinite else { return nil }
        total += column[i]
      }
      return total
    }
    return sum(.ni) ?? sum(.n1i, .n2i) ?? sum(.ai, .bi, .ci, .di) ?? sum(.xi, .mi)
  }
}
