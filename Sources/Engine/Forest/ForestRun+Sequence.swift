import Plots
import Synthesis

extension ForestRun {
  /// The pooled results as studies come in, or without each of them, in the order that `sort` names.
  /// - Throws: 65 for a column that is absent, and what the analysis throws.
  static func steps(
    _ sequence: ForestInput.Sequence, _ request: ForestRequest, _ analysis: PoolAnalysis
  ) throws(EvidenceError) -> [ForestStep] {
    var diagnose = DiagnoseRequest(pool: request.pool)
    diagnose.diagnostics = [sequence == .cumulative ? .cumulative : .leaveOneOut]
    diagnose.order = try order(request.sort, analysis.studies)
    let report = try DiagnoseReport(diagnose)
    let rows = report.cumulative ?? report.order.compactMap { report.leaveOneOut?[$0] }
    let display = Display(analysis.studies)
    return zip(report.order, rows).map { study, row in
      var step = ForestStep(study: report.studies.labels[study], effect: ForestEffect(row, display))
      (step.pValue, step.iSquared, step.tauSquared) = (row.pValue, row.iSquared, row.tauSquared)
      return step
    }
  }

  /// The column by which studies accumulate, from the word that sorts a forest.
  private static func order(_ sort: String, _ studies: StudySet) throws(EvidenceError) -> String? {
    let isDescending = sort.hasPrefix("-")
    let sign = isDescending ? "-" : ""
    let word = isDescending ? String(sort.dropFirst()) : sort
    switch word {
    case "entered" where !isDescending: return nil
    case "effect": return sign + "yi"
    case "weight": return sign + "vi"
    default:
      _ = try studies.column(word, option: "--sort")
      return sort
    }
  }
}

extension ForestEffect {
  /// The estimate of a step; `nil` where the model could not be fitted.
  init?(_ row: RefitRow, _ display: Display) {
    guard row.estimate.isFinite else { return nil }
    self.init(
      estimate: row.estimate, standardError: row.standardError, lower: row.lower, upper: row.upper,
      displayed: .init(
        estimate: display.function(row.estimate), lower: display.function(row.lower),
        upper: display.function(row.upper)))
  }
}
