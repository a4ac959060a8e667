import Plots
import Testing

@Suite struct ForestTerminalTests {
  @Test(arguments: ForestSnapshotTests.samples.map(\.name))
  func snapshot(sample: String) throws {
    let input = try #require(ForestSnapshotTests.samples.first { $0.name == sample }).input
    let table = ForestBuilder.table(input)
    Snapshots.expect(ForestTerminal.text(table, style: .plain), equals: "forest-\(sample).txt")
  }

  @Test func asciiAndColour() {
    var options = ForestTerminal.Options()
    options.glyphs = .ascii
    let table = ForestBuilder.table(SampleForests.continuous())
    let text = ForestTerminal.text(table, style: .plain, options: options)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    Snapshots.expect(text, equals: "forest-continuous-ascii.txt")
    options.glyphs = .unicode
    options.color = true
    let colored = ForestTerminal.text(table, style: .plain, options: options)
    Snapshots.expect(colored, equals: "forest-continuous-colour.txt")
  }

  @Test(arguments: StressForests.all.map(\.name), [60, 80, 100, 140])
  func noLineIsTooWide(sample: String, columns: Int) throws {
    let input = try #require(StressForests.all.first { $0.name == sample }).input
    var options = ForestTerminal.Options()
    options.columns = columns
    for style in ForestStyle.all {
      let text = ForestTerminal.text(ForestBuilder.table(input, style: style), style: style, options: options)
      for line in text.split(separator: "\n") {
        #expect(Self.cells(line) <= columns, "\(style.name): \(line)")
      }
    }
  }

  /// An independent count of cells: East Asian letters and pictographs take two, marks none.
  static func cells(_ line: Substring) -> Int {
    line.reduce(0) { total, character in
      let scalars = character.unicodeScalars
      if scalars.allSatisfy({
        $0.properties.generalCategory == .format || $0.properties.canonicalCombiningClass != .notReordered
      }) {
        return total
      }
      let isWide = scalars.contains { (0x2E80...0xD7A3).contains($0.value) || $0.value > 0x1F300 }
      return total + (isWide ? 2 : 1)
    }
  }
}
