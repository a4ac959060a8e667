import Plots

/// A table of text for people: columns aligned, a rule under the head, widths by what the terminal shows.
struct TextTable {
  /// How a column stands.
  enum Alignment {
    case left, right
  }

  private let head: [String]
  private let alignment: [Alignment]
  private var rows: [Row] = []

  private enum Row {
    case cells([String])
    case rule
  }

  /// A table with a head; columns stand right unless said otherwise.
  init(_ head: [String], _ alignment: [Alignment]) {
    self.head = head
    self.alignment = alignment
  }

  /// Adds a row of as many cells as the head has.
  mutating func row(_ cells: [String]) { rows.append(.cells(cells)) }

  /// Adds a rule.
  mutating func rule() { rows.append(.rule) }

  /// The lines of the table, each indented by two blanks, no blanks at their ends.
  var lines: [String] {
    var widths = head.map(TerminalWidth.cells)
    for case .cells(let cells) in rows {
      for (i, cell) in cells.enumerated() where i < widths.count {
        widths[i] = max(widths[i], TerminalWidth.cells(cell))
      }
    }
    let rule = "  " + String(repeating: "─", count: widths.reduce(0, +) + 2 * max(widths.count - 1, 0))
    let body = rows.map { row in
      switch row {
      case .cells(let cells): line(cells, widths)
      case .rule: rule
      }
    }
    return head.allSatisfy(\.isEmpty) ? body : [line(head, widths), rule] + body
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = " "
    for (i, width) in widths.enumerated() {
      let cell = i < cells.count ? cells[i] : ""
      let padding = String(repeating: " ", count: max(width - TerminalWidth.cells(cell), 0))
      text += (i == 0 ? " " : "  ") + (alignment[i] == .left ? cell + padding : padding + cell)
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}
