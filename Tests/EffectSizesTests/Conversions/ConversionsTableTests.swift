import EffectSizes
import TestSupport
import Testing

@Suite struct ConversionsTableTests {
  /// Every small table comes back from its odds ratio, its φ and its χ² with the margins.
  @Test func tablesReturn() throws {
    for a in 1...5 {
      for (b, c, d) in [(7, 3, 9), (2, 40, 11), (60, 6, 1)] {
        let cells = [a, b, c, d].map(Double.init)
        let total = cells.reduce(0, +)
        let (row, column) = (cells[0] + cells[1], cells[0] + cells[2])
        let product = row * (total - row) * column * (total - column)
        let cross = cells[0] * cells[3] - cells[1] * cells[2]
        let gap = abs(cross) - total / 2
        var ways = [
          ["ori": cells[0] * cells[3] / (cells[1] * cells[2])], ["ri": cross / product.squareRoot()],
        ]
        if gap > 0 { ways.append(["x2i": (cross < 0 ? -1 : 1) * total * gap * gap / product]) }
        for way in ways {
          let columns = try reported(way.merging(["ni": total, "n1i": row, "n2i": column]) { $1 })
          let table = try TableRoute.recover(columns, 0).table
          #expect([table.ai, table.bi, table.ci, table.di] == cells, "\(way)")
        }
      }
    }
  }

  @Test func extremeOddsRatiosStayWithinTheMargins() throws {
    for ratio in [1e-12, 1e-3, 1, 1e3, 1e12] {
      let table = try TableRoute.recover(try reported(["ori": ratio, "ni": 100, "n1i": 80, "n2i": 70]), 0).table
      #expect(min(table.ai, table.bi, table.ci, table.di) >= 0)
      #expect(table.ai + table.bi == 80 && table.ai + table.ci == 70)
    }
  }

  @Test func refusals() throws {
    let refused: [[String: Double]] = [
      ["ori": 2, "ni": 80, "n1i": 95, "n2i": 20], ["ri": -0.95, "ni": 80, "n1i": 38, "n2i": 20],
      ["ori": 2, "n1i": 9, "n2i": 2], ["ni": 80, "n1i": 38, "n2i": 20], ["ri": 0.3, "ni": 80, "n1i": 38, "n2i": -1],
    ]
    for values in refused {
      #expect(throws: ConversionProblem.self) { try TableRoute.recover(try reported(values), 0) }
    }
  }
}
