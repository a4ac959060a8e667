/// Widths of text in cells of a terminal.
package enum TerminalWidth {
  /// Number of cells that a text takes.
  package static func cells(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + cells($1) }
  }

  /// Number of cells that a character takes: 2 where any part is wide, 0 for marks on their own.
  package static func cells(_ character: Character) -> Int {
    var cells = 0
    for scalar in character.unicodeScalars {
      switch ScalarClass(scalar) {
      case .zero: if scalar.value == 0xFE0F { cells = 2 }
      case .narrow: cells = max(cells, 1)
      case .wide: cells = 2
      }
    }
    return cells
  }

  /// The text, cut to a number of cells; a cut text ends in an ellipsis.
  package static func truncated(_ text: String, to limit: Int, ellipsis: String = "…") -> String {
    if cells(text) <= limit { return text }
    let room = limit - cells(ellipsis)
    if room < 0 { return "" }
    var kept = ""
    var used = 0
    for character in text {
      let width = cells(character)
      if used + width > room { break }
      kept.append(character)
      used += width
    }
    while kept.last == " " { kept.removeLast() }
    return kept + ellipsis
  }

  /// The text filled with spaces to a number of cells, at its end or, set flush right, at its beginning.
  package static func padded(_ text: String, to width: Int, flushRight: Bool = false) -> String {
    let fill = String(repeating: " ", count: max(0, width - cells(text)))
    return flushRight ? fill + text : text + fill
  }
}
