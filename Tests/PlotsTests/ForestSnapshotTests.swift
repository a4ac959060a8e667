import Plots
import Testing

/// Pictures of real data in every style and theme, byte for byte.
@Suite struct ForestSnapshotTests {
  static let samples: [(name: String, input: ForestInput)] = [
    ("bcg", SampleForests.bcg()), ("bcg-subgroups", SampleForests.bcg(subgroups: true)),
    ("bcg-both", SampleForests.bcg(both: true)), ("mbt", SampleForests.mbt()),
    ("continuous", SampleForests.continuous()), ("proportions", SampleForests.proportions()),
    ("generic", SampleForests.generic()),
  ]

  /// Samples that are kept in every style; the others are kept in the plain one.
  static let inEveryStyle = ["bcg-subgroups", "mbt", "continuous"]

  static let kept = samples.flatMap { sample in
    ForestStyle.all.map { (sample.name, $0.name) }
  }.filter { inEveryStyle.contains($0.0) || $0.1 == "plain" }

  @Test(arguments: kept)
  func style(sample: String, style: String) throws {
    let input = try #require(Self.samples.first { $0.name == sample }).input
    let style = try ForestStyle.named(style)
    let table = ForestBuilder.table(input, style: style)
    let svg = SVGRenderer.svg(ForestLayout.drawing(table, style: style))
    Snapshots.expect(svg, equals: "forest-\(sample)-\(style.name).svg")
  }
}

/// The ways of drawing a prediction interval, and the dark theme.
@Suite struct ForestVariantTests {
  @Test(arguments: ForestMarks.PredictionShape.allCases)
  func predictionShape(_ shape: ForestMarks.PredictionShape) {
    var style = ForestStyle.plain
    style.marks.predictionShape = shape
    let table = ForestBuilder.table(SampleForests.bcg(), style: style)
    let drawing = ForestLayout.drawing(table, style: style)
    LayoutCheck.expectClean(drawing, shape.rawValue)
    Snapshots.expect(SVGRenderer.svg(drawing), equals: "forest-prediction-\(shape.rawValue).svg")
  }

  @Test(arguments: ForestStyle.all.map(\.name))
  func dark(style: String) throws {
    let style = try ForestStyle.named(style)
    let table = ForestBuilder.table(SampleForests.mbt(), style: style)
    let drawing = ForestLayout.drawing(table, style: style, theme: .dark)
    #expect(SVGRenderer.svg(drawing).contains("#16181d"))
    Snapshots.expect(SVGRenderer.svg(drawing), equals: "forest-dark-\(style.name).svg")
  }

  @Test func clippedMarksHaveArrows() {
    var options = ForestOptions()
    options.axisRange = (0.4, 1.2)
    let table = ForestBuilder.table(SampleForests.bcg(both: true), options: options)
    let drawing = ForestLayout.drawing(table, style: .plain)
    LayoutCheck.expectClean(drawing, "clipped")
    Snapshots.expect(SVGRenderer.svg(drawing), equals: "forest-clipped.svg")
  }
}
