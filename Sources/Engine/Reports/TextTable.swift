import TableIO

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
    var widths = head.map(DisplayWidth.of)
    for case .cells(let cells) in rows {
      for (i, cell) in cells.enumerated() where i < widths.count { widths[i] = max(widths[i], DisplayWidth.of(cell)) }
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
      let padding = String(repeating: " ", count: max(width - DisplayWidth.of(cell), 0))
      text += (i == 0 ? " " : "  ") + (alignment[i] == .left ? cell + padding : padding + cell)
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// How many terminal columns a text takes.
enum DisplayWidth {
  static func of(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width($1) }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
