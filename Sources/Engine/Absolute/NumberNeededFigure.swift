import EffectSizes
public import Plots

extension NumberNeededReport {
  /// The effect over the range of baseline risks, drawn; the rows are pointed out on it unless they are the curve.
  ///
  /// The baseline risk is held fixed at each place of the curve.
  /// - Throws: 64 when the rows are tables, or the measure needs no baseline risk: there is no curve to draw.
  public func figure() throws(EvidenceError) -> BaselineRiskPlot {
    let named = rows.filter { $0.baselineRisk != nil }
    guard let effect, let largest = named.compactMap(\.baselineRisk).max(), effect.measure.needsBaseline else {
      throw EvidenceError(
        .usage, "a curve needs an effect that is applied to baseline risks",
        hint: "add --pool --baseline-risk controls:range, or type an effect with --baseline-risk")
    }
    let isCurve = named.count >= NumberNeededReport.fewestPlaces
    var places = [BaselineRiskPlot.Row]()
    if isCurve {
      places = named.compactMap { $0.place(name: nil) }
    } else {
      let end = min(1, 1.3 * largest)
      for i in 0...NumberNeededReport.steps {
        let risk = end * Double(i) / Double(NumberNeededReport.steps)
        let absolute = try absolutely { () throws(AbsoluteEffectError) in try effect.absolute(at: risk) }
        let limits = absolute.difference.limits
        places.append(
          .init(baseline: risk, difference: absolute.difference.value, lower: limits.lower, upper: limits.upper))
      }
      places += named.compactMap { $0.place(name: $0.pointName) }
    }
    var about = FigureAbout()
    about.measure = effect.measure.shortCode
    about.measureName = effect.measure.name
    about.level = level
    about.note = effect.measure.method
    var settings = BaselineRiskPlot.Settings()
    settings.eventIsGood = event == .good
    return BaselineRiskPlot(about: about, settings: settings, rows: places)
  }

  /// The figure as SVG.
  /// - Throws: as ``figure()``.
  public func svg() throws(EvidenceError) -> String { SVGRenderer.svg(try figure().drawing()) }

  /// From so many rows on they are the curve themselves.
  private static let fewestPlaces = 8
  /// Places of a curve: smooth at the size of a page.
  private static let steps = 100
}

extension NumberNeededRow {
  fileprivate func place(name: String?) -> BaselineRiskPlot.Row? {
    baselineRisk.map {
      .init(
        baseline: $0, difference: difference.value, lower: difference.limits.lower, upper: difference.limits.upper,
        name: name)
    }
  }

  /// The number needed, beside the words for the baseline risk when they are more than a number.
  fileprivate var pointName: String {
    let number = NumberNeededText(.decimals(1)).estimate(number)
    return Double(label) == nil ? "\(label): \(number)" : number
  }
}
