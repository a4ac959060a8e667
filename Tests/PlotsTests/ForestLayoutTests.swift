import Plots
import Testing

/// No overlap, nothing cut, whatever the data.
@Suite struct ForestLayoutTests {
  @Test(arguments: StressForests.all.map(\.name), ForestStyle.all.map(\.name))
  func stress(sample: String, style: String) throws {
    let input = try #require(StressForests.all.first { $0.name == sample }).input
    let style = try ForestStyle.named(style)
    let table = ForestBuilder.table(input, style: style)
    for width in [nil, 120.0, 400.0] {
      let drawing = ForestLayout.drawing(table, style: style, maximumWidth: width)
      LayoutCheck.expectClean(drawing, "\(sample), \(style.name), \(width.map { "\($0)" } ?? "free")")
      if let width { #expect(drawing.width * drawing.scale <= width * 72 / 25.4 + 1e-9) }
    }
  }

  @Test(arguments: ForestSnapshotTests.samples.map(\.name), ForestStyle.all.map(\.name))
  func samples(sample: String, style: String) throws {
    let input = try #require(ForestSnapshotTests.samples.first { $0.name == sample }).input
    let style = try ForestStyle.named(style)
    let table = ForestBuilder.table(input, style: style)
    LayoutCheck.expectClean(ForestLayout.drawing(table, style: style), "\(sample), \(style.name)")
  }

  @Test func theCheckFindsFaults() {
    var drawing = Drawing(width: 100, height: 20, title: "", summary: "")
    func text(_ string: String, x: Double) -> Drawing.Item {
      .text(.init(string, at: .init(x, 12), size: 8, color: Theme.light.ink))
    }
    drawing.items = [text("one", x: 5), text("two", x: 15), text("beyond", x: 90)]
    drawing.items.append(.line(from: .init(6, 0), to: .init(6, 20), stroke: .init(Theme.light.ink)))
    let faults = LayoutCheck.faults(drawing)
    #expect(faults.contains { $0.contains("“one” overlaps “two”") })
    #expect(faults.contains { $0.contains("outside") })
    #expect(faults.contains { $0.contains("lies on") })
  }

  @Test func redrawingFromTheDataGivesTheSameBytes() throws {
    for (_, input) in ForestSnapshotTests.samples + StressForests.all {
      for style in ForestStyle.all {
        let table = ForestBuilder.table(input, style: style)
        let again = try ForestTable(document: table.document)
        let first = SVGRenderer.svg(ForestLayout.drawing(table, style: style))
        #expect(first == SVGRenderer.svg(ForestLayout.drawing(again, style: style)))
        #expect(again.document == table.document)
      }
    }
  }

  @Test func anotherStyleGivesThatStylesFigure() {
    let input = SampleForests.bcg(subgroups: true, both: true)
    #expect(ForestBuilder.table(input, style: .jama).restyled(.bmj) == ForestBuilder.table(input, style: .bmj))
    #expect(ForestBuilder.table(input, style: .bmj).restyled(.jama) == ForestBuilder.table(input, style: .jama))
  }
}
