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

  @Test(arguments: samples.map(\.name), ForestStyle.all.map(\.name))
  func style(sample: String, style: String) throws {
    let input = try #require(Self.samples.first { $0.name == sample }).input
    let style = try ForestStyle.named(style)
    let table = ForestBuilder.table(input, style: style)
    let svg = SVGRenderer.svg(ForestLayout.drawing(table, style: style))
    Snapshots.expect(svg, equals: "forest-\(sample)-\(style.name).svg")
  }
}
