/// The columns of figures beside a forest plot in a terminal, and how wide each is.
struct TerminalForestColumns {
  /// A column as lines of text, one per row, all of one width.
  private struct Column {
    var heading: [String]
    var texts: [String]
    var width: Int
    var isLabel = false
  }

  /// Number of cells of the plot, and of everything.
  private(set) var plotWidth = 0
  private(set) var totalWidth = 0
  /// The lines of the headings.
  private(set) var headings: [String] = []
  private var left: [Column] = []
  private var right: [Column] = []
  private let table: ForestTable
  private let glyphs: TerminalGlyphs
  private static let gap = 2
  private static let leastPlot = 18, mostPlot = 64
  /// A name may be cut to `goodLabel` cells for the sake of other columns, and to `leastLabel` for that of the plot.
  private static let leastLabel = 12, goodLabel = 26, mostLabel = 44
  private static let mostHeading = 16

  init(table: ForestTable, style: ForestStyle, options: ForestTerminal.Options) {
    self.table = table
    glyphs = options.glyphs
    // Candidates from the fullest set of columns to the barest; the first that leaves room for the plot is taken.
    let full = table.cells.map { $0 == .arms ? .armsCombined : $0 }
    let own = Set(table.extraColumns.map { ForestCell.extra($0.name) })
    let withoutArms = full.filter { $0 != .armsCombined && $0 != .generic && !own.contains($0) }
    let bare = withoutArms.filter { $0 != .weight }
    for cells in [full, withoutArms, bare] {
      var reduced = table
      reduced.cells = cells
      if cells.count < full.count { reduced.extraColumns = [] }
      let grid = ForestGridBuilder(table: reduced, style: style).columns()
      left = grid.left.map(column)
      right = grid.right.map(column)
      fit(options.columns, isBarest: cells == bare)
      if plotWidth >= Self.leastPlot { break }
    }
    plotWidth = max(10, plotWidth)
    totalWidth = left.reduce(plotWidth) { $0 + $1.width + Self.gap }
    totalWidth = right.reduce(totalWidth) { $0 + $1.width + Self.gap }
    headings = headingLines()
  }

  /// Shares the columns of the terminal between the plot and the names.
  private mutating func fit(_ columns: Int, isBarest: Bool) {
    let figures = (left + right).filter { !$0.isLabel }.reduce(0) { $0 + $1.width + Self.gap }
    let label = (left + right).first { $0.isLabel }?.width ?? 0
    let room = columns - figures - Self.gap
    let spare = room - Self.leastPlot
    let labelWidth = min(label, max(min(Self.mostLabel, spare), isBarest ? Self.leastLabel : Self.goodLabel))
    plotWidth = min(Self.mostPlot, room - labelWidth)
    for index in left.indices where left[index].isLabel { left[index].width = labelWidth }
    for index in right.indices where right[index].isLabel { right[index].width = labelWidth }
  }

  private func folded(_ text: String) -> String { glyphs.isASCII ? ASCIIText.folded(text) : text }

  private func column(_ grid: GridColumn) -> Column {
    let trackWidths = grid.tracks.map { track in
      track.texts.reduce(0) { max($0, $1.map { TerminalWidth.cells(folded($0)) } ?? 0) }
    }
    var texts: [String] = []
    for row in table.rows.indices {
      if grid.whole.indices.contains(row), let whole = grid.whole[row] {
        texts.append(folded(whole))
      } else if grid.cell == .label {
        texts.append(label(row, grid))
      } else {
        texts.append(joined(grid, row: row, widths: trackWidths))
      }
    }
    let body = texts.reduce(0) { max($0, TerminalWidth.cells($1)) }
    // The name of an arm says enough; that its figures are events and totals shows.
    let heading = LineBreaking.lines(
      folded(grid.span ?? grid.heading.joined(separator: "\n")), limit: Double(max(body, Self.mostHeading))
    ) { Double(TerminalWidth.cells($0)) }
    let width = max(body, heading.map { TerminalWidth.cells($0) }.max() ?? 0)
    return Column(heading: heading, texts: texts, width: width, isLabel: grid.cell == .label)
  }

  /// A name, set in below a subgroup's heading; a name written from right to left is closed by a direction mark, so
  /// that the figures after it stay in place.
  private func label(_ row: Int, _ grid: GridColumn) -> String {
    let entry = table.rows[row]
    guard let text = grid.tracks.first?.texts[row], entry.rowType != .heading else { return "" }
    if (entry.rowType == .heterogeneityText || entry.rowType == .testText) && !ForestComposer.isTotalEvents(entry) {
      return ""
    }
    let isStudy = entry.rowType == .study || entry.rowType == .studyNotEstimable
    let indent = isStudy && table.rows.contains { $0.rowType == .heading } ? "  " : ""
    return indent + folded(text)
  }

  private func joined(_ grid: GridColumn, row: Int, widths: [Int]) -> String {
    var text = ""
    for (index, track) in grid.tracks.enumerated() {
      if track.gap > 0, index > 0 { text += " " }
      let piece = folded(track.texts[row] ?? "")
      text += TerminalWidth.padded(piece, to: widths[index], flushRight: track.anchor == .end)
    }
    return text.allSatisfy { $0 == " " } ? "" : text
  }

  /// A row: the figures left of the plot, the plot, the figures right of it.
  func line(_ row: Int, plot: String, color: Bool) -> String {
    let ink: TerminalInk = table.rows[row].isPooled ? .strong : .text
    let plotText = plot.isEmpty ? String(repeating: " ", count: plotWidth) : plot
    let before = left.map { ink.painted(cell($0, $0.texts[row]), color: color) }
    let after = right.map { ink.painted(cell($0, $0.texts[row]), color: color) }
    return (before + [plotText] + after).joined(separator: String(repeating: " ", count: Self.gap))
  }

  /// A line with nothing but something in the place of the plot.
  func plotOnly(_ text: String) -> String {
    String(repeating: " ", count: plotOffset) + text
  }

  /// Number of cells left of the plot.
  var plotOffset: Int { left.reduce(0) { $0 + $1.width + Self.gap } }

  private func cell(_ column: Column, _ text: String) -> String {
    let cut = TerminalWidth.truncated(text, to: column.width, ellipsis: glyphs.ellipsis)
    let padded = TerminalWidth.padded(cut, to: column.width, flushRight: !column.isLabel)
    return cut.unicodeScalars.contains(where: ScalarClass.isRightToLeft) && !glyphs.isASCII
      ? padded + "\u{200E}" : padded
  }

  private func headingLines() -> [String] {
    let count = (left + right).map(\.heading.count).max() ?? 0
    let gap = String(repeating: " ", count: Self.gap)
    return (0..<count).map { line in
      let pieces = { (column: Column) -> String in
        let index = line - (count - column.heading.count)
        return cell(column, column.heading.indices.contains(index) ? column.heading[index] : "")
      }
      let plot = String(repeating: " ", count: plotWidth)
      return (left.map(pieces) + [plot] + right.map(pieces)).joined(separator: gap)
    }
  }
}
