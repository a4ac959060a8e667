import Testing

@testable import Plots

/// Several plots in a figure, pooled results only, judgements, and the small tools of layout.
@Suite struct ForestPanelTests {
  @Test(arguments: ForestStyle.all.map(\.name))
  func plotsStandInLine(style: String) throws {
    let style = try ForestStyle.named(style)
    let inputs = [SampleForests.mbt(), SampleForests.continuous(), SampleForests.proportions()]
    let panels = ForestPanels(
      title: "Three outcomes of one review, a title long enough to need two lines in a narrow figure",
      panels: inputs.map { ForestBuilder.table($0, style: style) })
    for width in [nil, 110.0] {
      let drawing = try panels.drawing(maximumWidth: width)
      LayoutCheck.expectClean(drawing, style.name)
      // The rules under the headings begin and end at the same places.
      let rules = drawing.items.compactMap { item -> [Double]? in
        if case .line(let from, let to, let stroke) = item, from.y == to.y, stroke.width == Theme.light.line,
          to.x - from.x > 0.9 * (drawing.width - 2 * 0.9 * Theme.light.fontSize) - 1
        {
          return [from.x, to.x]
        }
        return nil
      }
      #expect(rules.count >= 3 && Set(rules).count == 1, "\(style.name): \(rules)")
    }
    let again = try ForestPanels(document: panels.document)
    #expect(again.document == panels.document)
    Snapshots.expect(SVGRenderer.svg(try panels.drawing()), equals: "forest-panels-\(style.name).svg")
  }

  @Test func remarksThatAreTrueOfSeveralPlotsStandUnderTheLast() throws {
    let table = ForestBuilder.table(SampleForests.mbt())
    let drawing = try ForestPanels(panels: [table, table]).drawing()
    let remarks = drawing.items.count { item in
      if case .text(let text) = item { text.string.hasPrefix("Random-effects model, inverse") } else { false }
    }
    #expect(remarks == 1)
  }

  @Test func wrongPanelsAreRefused() {
    let empty = PlotValue.record([.init("schema", .text(ForestPanels.schema)), .init("panels", .list([]))])
    #expect(throws: PlotDataError.self) { try ForestPanels(document: empty) }
    var table = ForestBuilder.table(SampleForests.mbt())
    table.style = "nature"
    #expect(throws: PlotDataError.self) { try ForestPanels(panels: [table]).drawing() }
  }

  @Test(arguments: ForestStyle.all.map(\.name))
  func pooledResultsOnly(style: String) throws {
    let style = try ForestStyle.named(style)
    var options = ForestOptions()
    options.showStudies = false
    let table = ForestBuilder.table(SampleForests.bcg(subgroups: true).summary(), style: style, options: options)
    #expect(
      table.rows.filter { $0.rowType == .subgroup }.map(\.label) == [
        "Random allocation", "Alternate allocation", "Systematic allocation",
      ])
    LayoutCheck.expectClean(ForestLayout.drawing(table, style: style), style.name)
  }

  @Test func judgements() {
    let words = [
      ("Low", RiskOfBias.low), ("low risk of bias", .low), ("Some concerns", .some), ("Moderate", .some),
      ("High risk", .high), ("Serious", .high), ("critical", .critical), ("Unclear risk", .unclear), ("NI", .unclear),
    ]
    for (word, judgement) in words { #expect(RiskOfBias(word: word) == judgement, "\(word)") }
    for judgement in RiskOfBias.allCases { #expect(RiskOfBias(word: judgement.sign) == judgement) }
    #expect(RiskOfBias(word: "random") == nil)
  }

  @Test func curvesKeepTheirShape() {
    let circle = (0...400).map { step -> Drawing.Point in
      let angle = Double(step) / 400 * 3
      return .init(100 * PlotMath.exp(-angle), 50 * angle * angle)
    }
    let simplified = CurveSimplification.simplified(circle)
    #expect(simplified.count < 100 && simplified.first == circle.first && simplified.last == circle.last)
    for point in circle {
      let distance = zip(simplified, simplified.dropFirst()).map { from, to -> Double in
        let (dx, dy) = (to.x - from.x, to.y - from.y)
        let share = max(0, min(1, ((point.x - from.x) * dx + (point.y - from.y) * dy) / (dx * dx + dy * dy)))
        let (x, y) = (point.x - from.x - share * dx, point.y - from.y - share * dy)
        return (x * x + y * y).squareRoot()
      }.min()
      #expect((distance ?? 1) <= 0.05 + 1e-9)
    }
    #expect(CurveSimplification.simplified([.init(0, 0), .init(1, 0), .init(2, 0)]) == [.init(0, 0), .init(2, 0)])
  }

  @Test func remarksLeaveNoWordAlone() {
    let text = "one two three four five six seven eight nine ten"
    let measure = { (text: String) in Double(text.count) }
    let greedy = LineBreaking.lines(text, limit: 44, measure: measure)
    let balanced = LineBreaking.balanced(text, limit: 44, measure: measure)
    #expect(greedy.count == 2 && balanced.count == 2 && balanced[1].count > greedy[1].count)
    #expect(balanced.joined(separator: " ") == text)
  }
}
