/// Draws a forest plot as text for a terminal.
///
/// Columns line up for letters of any width; names that are too long end in an ellipsis; what does not fit the number
/// of columns goes in this order: what the arms reported, then the weights, then the ends of the names.
public struct ForestTerminal {
  /// How a terminal shows text.
  public struct Options: Sendable {
    /// Number of columns.
    public var columns = 100
    /// The characters to draw with.
    public var glyphs = TerminalGlyphs.unicode
    /// Whether escape sequences give colour.
    public var color = false

    /// 100 columns of Unicode without colour.
    public init() {}
  }

  private let table: ForestTable
  private let options: Options
  private let columns: TerminalForestColumns
  private let strips: TerminalForestStrips
  private var out = ""

  /// The plot as lines of text, the last one ended too.
  public static func text(_ table: ForestTable, style: ForestStyle, options: Options = Options()) -> String {
    var options = options
    options.columns = max(40, options.columns)
    var terminal = ForestTerminal(table, style: style, options: options)
    terminal.draw()
    return terminal.out
  }

  private init(_ table: ForestTable, style: ForestStyle, options: Options) {
    self.table = table
    self.options = options
    columns = TerminalForestColumns(table: table, style: style, options: options)
    strips = TerminalForestStrips(table: table, width: columns.plotWidth, glyphs: options.glyphs)
  }

  private mutating func draw() {
    if !table.title.isEmpty {
      for line in wrapped(table.title) { add(TerminalInk.strong.painted(line, color: options.color)) }
      add("")
    }
    for line in columns.headings { add(TerminalInk.strong.painted(line, color: options.color)) }
    let rule = String(repeating: options.glyphs.rule, count: columns.totalWidth)
    add(TerminalInk.faint.painted(rule, color: options.color))
    let last = table.rows.lastIndex {
      $0.rowType != .heterogeneityText && $0.rowType != .testText && $0.rowType != .blank
    }
    let bodyEnd = last.map { $0 + 1 } ?? table.rows.count
    for index in 0..<bodyEnd { drawRow(index) }
    drawAxis()
    for index in bodyEnd..<table.rows.count { drawRow(index) }
    if !table.footers.isEmpty { add("") }
    for footer in table.footers {
      for line in wrapped(footer) { add(TerminalInk.faint.painted(line, color: options.color)) }
    }
  }

  private mutating func add(_ line: String) {
    var line = line
    while line.last == " " { line.removeLast() }
    out += line + "\n"
  }

  private func wrapped(_ text: String) -> [String] {
    let folded = options.glyphs.isASCII ? ASCIIText.folded(text) : text
    return LineBreaking.lines(folded, limit: Double(columns.totalWidth)) { Double(TerminalWidth.cells($0)) }
  }

  private mutating func drawRow(_ index: Int) {
    let row = table.rows[index]
    let isTail = row.rowType == .heterogeneityText || row.rowType == .testText
    if row.rowType == .heading || (isTail && !ForestComposer.isTotalEvents(row)) {
      let ink: TerminalInk = row.rowType == .heading ? .strong : .text
      for line in wrapped(row.label ?? "") { add(ink.painted(line, color: options.color)) }
      return
    }
    if row.rowType == .blank || isTail {
      let line = columns.line(index, plot: "", color: false)
      add(line)
      return
    }
    let strip = strips.strip(row).text(color: options.color)
    add(columns.line(index, plot: strip, color: options.color))
  }

  private mutating func drawAxis() {
    for strip in strips.axisStrips() { add(columns.plotOnly(strip.text(color: options.color))) }
    let offset = columns.plotOffset
    for line in strips.favoursLines(offset: offset, total: columns.totalWidth) { add(line) }
    if let label = table.axis.label {
      let text = options.glyphs.isASCII ? ASCIIText.folded(label) : label
      let middle = offset + columns.plotWidth / 2
      add(
        TerminalForestStrips.centred(
          text, at: middle, total: columns.totalWidth, ellipsis: options.glyphs.ellipsis))
    }
  }
}
