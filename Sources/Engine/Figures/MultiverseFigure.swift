import EffectSizes
import Plots

extension FigureRecipe {
  /// All defensible analyses by their estimates, on one scale.
  static let multiverse = FigureRecipe(
    MultiversePlot.self, "all defensible analyses by their estimates, and the choices behind them", pools: false
  ) { request throws(EvidenceError) in
    var question = MultiverseRequest(pool: request.pool)
    var multiverse = try Multiverse(question)
    let k = multiverse.studies.count
    var note = "\(k) \(k == 1 ? "study" : "studies")."
    if !multiverse.hasOneScale {
      // Measures of other scales cannot stand on one axis.
      question.measures = [multiverse.studies.measure.code]
      multiverse = try Multiverse(question)
      note += " Analyses by other measures, whose scales are others, are left out."
    }
    let names = MultiverseLevels(multiverse.evaluator).names
    let rows = multiverse.rows.enumerated().map { place, row in
      func level(_ kind: MultiverseChoice.Kind) -> String { names[kind.rawValue][row.levels[kind.rawValue]] }
      var result = MultiversePlot.Row()
      result.estimate = row.result.estimate
      (result.ciLower, result.ciUpper) = (row.result.lower, row.result.upper)
      (result.measure, result.correction, result.variance) = (level(.measure), level(.correction), level(.variance))
      (result.method, result.inference, result.exclusion) = (level(.method), level(.inference), level(.exclusion))
      result.isUsual = place == multiverse.reference
      return result
    }
    let about = FigureAbout(request, multiverse.studies, note: note)
    return FigureRun(
      MultiversePlot(about: about, rows: rows), multiverse.studies, warnings: multiverse.warnings,
      command: request.pool.command)
  }
}
