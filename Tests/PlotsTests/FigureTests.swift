import Plots
import Testing

@Suite struct FigureTests {
  @Test(arguments: SampleFigures.all.map(\.name))
  func snapshot(name: String) throws {
    let figure = try #require(SampleFigures.all.first { $0.name == name }).figure
    let drawing = figure.drawing(theme: .light, maximumWidth: nil)
    #expect(LayoutCheck.textFaults(drawing).isEmpty, "\(LayoutCheck.textFaults(drawing).prefix(4))")
    Snapshots.expect(SVGRenderer.svg(drawing), equals: "\(name).svg")
  }

  @Test(arguments: SampleFigures.all.map(\.name))
  func redrawingFromTheDataGivesTheSameBytes(name: String) throws {
    let figure = try #require(SampleFigures.all.first { $0.name == name }).figure
    let again = try FigureKinds.figure(document: figure.document)
    for theme in Theme.all {
      let first = SVGRenderer.svg(figure.drawing(theme: theme, maximumWidth: 120))
      #expect(first == SVGRenderer.svg(again.drawing(theme: theme, maximumWidth: 120)))
    }
  }

  /// Where labels are too many for the height, that of no effect stays.
  @Test func crowdedAxesKeepTheLabelOfZero() {
    let rows = [-0.05, 0.2, -0.75, -0.8, 0.16, 0.24, 0.33, 0.08, 0.31].map { value in
      var row = InfluencePlot.Row()
      row.dffits = value
      return row
    }
    let texts = InfluencePlot(about: FigureAbout(), settings: .init(), rows: rows).drawing().items.compactMap { item in
      if case .text(let text) = item { text.string } else { nil }
    }
    #expect(texts.contains("0.0") && texts.contains("0.4") && texts.contains("−0.4"), "\(texts)")
    #expect(!texts.contains("0.2"))
  }

  @Test func everyKindHasASample() {
    let kinds = Set(SampleFigures.all.map { type(of: $0.figure).kind })
    #expect(kinds == Set(FigureKinds.all.map { $0.kind }))
  }

  @Test(arguments: FigureKinds.all.map { $0.kind })
  func emptyFiguresAreDrawn(kind: String) throws {
    let document = PlotValue.record([
      .init("schema", .text("evidence.plot/1")), .init("kind", .text(kind)), .init("about", .record([])),
      .init("rows", .list([])),
      .init(
        "settings", .record([.init("vertical", .text("se")), .init("effect", .text("odds-ratio"))])),
    ])
    let figure = try FigureKinds.figure(document: document)
    let drawing = figure.drawing(theme: .dark, maximumWidth: 80)
    #expect(LayoutCheck.textFaults(drawing).isEmpty)
    #expect(drawing.width * drawing.scale <= 80 * 72 / 25.4 + 1e-9)
  }

  @Test func wrongDataAreRefused() {
    #expect(throws: PlotDataError.self) { try FigureKinds.figure(document: .record([.init("kind", .text("pie"))])) }
    var document = SampleFigures.baujat.document
    document = .record(
      document.fields.map { $0.name == "rows" ? .init("rows", .list([.record([.init("x", .text("much"))])])) : $0 })
    #expect(throws: PlotDataError.field(name: "x", row: 1, expected: "a number")) {
      try FigureKinds.figure(document: document)
    }
  }

  @Test(arguments: [ForestInput.Sequence.cumulative, .leaveOneOut])
  func sequences(_ sequence: ForestInput.Sequence) {
    typealias BCG = BCGNumbers
    let isCumulative = sequence == .cumulative
    let order = isCumulative ? [0, 1, 5, 2, 9, 8, 11, 4, 6, 10, 12, 3, 7] : Array(0..<13)
    let steps = order.indices.map { index in
      let (b, se) = isCumulative ? (BCG.cumB[index], BCG.cumSE[index]) : (BCG.looB[index], BCG.looSE[index])
      var step = ForestStep(study: BCG.studies[order[index]], effect: SampleForests.effect(b, se))
      step.pValue = isCumulative ? BCG.cumP[index] : BCG.looP[index]
      step.iSquared = (isCumulative ? BCG.cumI2[index] : BCG.looI2[index]) / 100
      step.tauSquared = isCumulative ? BCG.cumT[index] : BCG.looT[index]
      return step
    }
    let table = ForestBuilder.table(SampleForests.bcg().sequence(sequence, steps: steps))
    let drawing = ForestLayout.drawing(table, style: .plain)
    LayoutCheck.expectClean(drawing, sequence.rawValue)
    Snapshots.expect(SVGRenderer.svg(drawing), equals: "forest-\(sequence.rawValue).svg")
    Snapshots.expect(ForestTerminal.text(table, style: .plain), equals: "forest-\(sequence.rawValue).txt")
  }
}
