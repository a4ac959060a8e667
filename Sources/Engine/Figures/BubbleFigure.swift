import NumericCore
import Plots
import Synthesis

extension FigureRecipe {
  /// Estimates against a moderator with the fitted line.
  static let bubble = FigureRecipe(
    BubblePlot.self, "estimates against a moderator, with the line of a meta-regression and its bands",
    options: [.names], allowsModerators: true
  ) { request throws(EvidenceError) in
    let analysis = try PoolAnalysis(request.pool)
    let studies = analysis.studies
    guard let design = analysis.design else {
      throw EvidenceError(
        .usage, "plot bubble needs a moderator", hint: "add --mods with one numeric column, such as --mods '~ year'")
    }
    let (name, values) = try moderator(design, studies)
    var settings = BubblePlot.Settings()
    settings.moderator = name
    settings.labels = request.names
    var rows = (0..<studies.count).map { i in
      BubblePlot.Row(study: studies.labels[i], x: values[i], y: studies.yi[i], weight: analysis.weight(i))
    }
    rows += try line(analysis, design, name, values)
    let about = FigureAbout(request, studies, analysis.fit)
    return FigureRun(BubblePlot(about: about, settings: settings, rows: rows), analysis)
  }

  /// The one numeric moderator of a design.
  /// - Throws: 64 for several, and for one that is not numeric.
  private static func moderator(
    _ design: Design, _ studies: StudySet
  ) throws(EvidenceError) -> (name: String, values: [Double]) {
    let names = design.recipe.formula.columnNames
    guard let name = names.first, names.count == 1 else {
      throw EvidenceError(
        .usage, "plot bubble has one horizontal axis, but --mods names \(names.count) columns",
        hint: "name one numeric column, such as --mods '~ year'")
    }
    guard case .numbers(let values) = studies.moderator(try studies.column(name, option: "--mods")) else {
      throw EvidenceError(
        .usage, "plot bubble needs a numeric moderator, and \(name) holds words",
        hint: "show the levels with evidence forest --subgroup \(name)")
    }
    return (name, values)
  }

  /// The fitted values, with both intervals, over the range of the moderator.
  private static func line(
    _ analysis: PoolAnalysis, _ design: Design, _ name: String, _ values: [Double]
  ) throws(EvidenceError) -> [BubblePlot.Row] {
    guard let low = values.min(), let high = values.max(), low < high else { return [] }
    let places = (0...linePlaces).map { low + (high - low) * Double($0) / Double(linePlaces) }
    var columns = DesignColumns(count: places.count)
    columns[name] = .numbers(places)
    let matrix: Matrix
    do { matrix = try design.recipe.matrix(for: columns) } catch { throw EvidenceError(error, option: "--mods") }
    do throws(FitError) {
      let fitted = try analysis.fit.predict(matrix, method: analysis.request.prediction)
      return zip(places, fitted).map { place, row in
        let interval = row.estimate.interval
        return BubblePlot.Row(
          lineAt: place, fitted: row.estimate.value, confidence: (interval.lower, interval.upper),
          prediction: row.prediction.map { ($0.interval.lower, $0.interval.upper) })
      }
    } catch { throw EvidenceError(error) }
  }

  /// Steps of the line: smooth at the size of a page.
  private static let linePlaces = 100
}
