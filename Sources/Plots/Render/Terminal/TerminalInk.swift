/// What a cell of a terminal picture belongs to, which decides its colour.
enum TerminalInk: Sendable {
  /// Ordinary text.
  case text
  /// Headings and pooled rows.
  case strong
  /// Rules, the axis and footers.
  case faint
  /// Studies.
  case study
  /// Pooled estimates.
  case pooled
  /// Prediction intervals.
  case prediction

  /// The escape sequence that begins the colour; the palette is that of the pictures, in 256 colours.
  private var start: String {
    switch self {
    case .text: ""
    case .strong: "\u{1B}[1m"
    case .faint: "\u{1B}[2m"
    case .study: "\u{1B}[38;5;32m"
    case .pooled: "\u{1B}[1m"
    case .prediction: "\u{1B}[38;5;166m"
    }
  }

  /// The text in this colour, or as it is without colour.
  func painted(_ text: String, color: Bool) -> String {
    guard color, !start.isEmpty, text.contains(where: { $0 != " " }) else { return text }
    return start + text + "\u{1B}[0m"
  }
}

/// One row of the plot in a terminal: a character and an ink per cell.
struct TerminalStrip {
  private(set) var cells: [Character]
  private(set) var inks: [TerminalInk]

  /// An empty row.
  init(width: Int) {
    cells = Array(repeating: " ", count: max(0, width))
    inks = Array(repeating: .text, count: max(0, width))
  }

  /// Puts a character into a cell; cells outside the row are left alone.
  mutating func put(_ character: Character, at index: Int, _ ink: TerminalInk) {
    guard cells.indices.contains(index) else { return }
    cells[index] = character
    inks[index] = ink
  }

  /// The character in a cell.
  subscript(index: Int) -> Character { cells.indices.contains(index) ? cells[index] : " " }

  /// Puts a text from a cell onwards; every character takes one cell.
  mutating func put(_ text: String, from index: Int, _ ink: TerminalInk) {
    for (offset, character) in text.enumerated() { put(character, at: index + offset, ink) }
  }

  /// The row as text, neighbours of one ink painted together.
  func text(color: Bool) -> String {
    guard color else { return String(cells) }
    var out = ""
    var start = 0
    while start < cells.count {
      var end = start + 1
      while end < cells.count, inks[end] == inks[start] { end += 1 }
      out += inks[start].painted(String(cells[start..<end]), color: true)
      start = end
    }
    return out
  }
}
