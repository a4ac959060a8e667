/// The texts of a forest plot: headings, labels and figures.
extension ForestLayout {
  /// Headings, the last line of each at the bottom.
  mutating func drawHeader(bottom: Double, plotBottom: Double) {
    let last = bottom - 0.35 * em - 0.28 * geometry.lineHeight
    let columns = geometry.left + geometry.right
    var spans: [String] = []
    for column in columns {
      for (index, line) in column.heading.reversed().enumerated() {
        let y = last - Double(index) * geometry.lineHeight
        if column.isText {
          text(line, x: column.left, y: y, bold: true)
        } else {
          text(line, x: column.left + column.width / 2, y: y, anchor: .middle, bold: true)
        }
      }
      if let span = column.span, !spans.contains(span) { spans.append(span) }
    }
    for span in spans { drawSpan(span, columns: columns, last: last) }
    let middle = (geometry.plotLeft + geometry.plotRight) / 2
    for (index, line) in measurer.plotHeading.reversed().enumerated() {
      text(
        line, x: middle, y: last - (bottom - plotBottom) - Double(index) * geometry.lineHeight, anchor: .middle,
        bold: true)
    }
  }

  private mutating func drawSpan(_ span: String, columns: [GridColumn], last: Double) {
    let members = columns.filter { $0.span == span }
    guard let first = members.first, let end = members.last else { return }
    let below = members.map(\.heading.count).max() ?? 0
    let width = end.left + end.width - first.left
    for (index, line) in measurer.spanLines(span, width: width).reversed().enumerated() {
      let y = last - Double(below + index) * geometry.lineHeight
      text(line, x: first.left + width / 2, y: y, anchor: .middle, bold: true)
    }
  }

  /// Labels, figures, lines of text and the rules between rows.
  mutating func drawRows() {
    let firstTotal = table.rows.firstIndex { $0.rowType == .overall && $0.subgroup == nil }
    for (index, row) in table.rows.enumerated() where row.rowType != .blank {
      if style.frame.rowRules, index < geometry.bodyCount, let bottom = bottom(ofRow: index) {
        rule(bottom, color: theme.hairline, width: theme.thin)
      }
      if style.frame.totalRule, index == firstTotal {
        rule(geometry.rowTop[index], color: theme.hairline, width: theme.thin)
      }
      if let texts = geometry.rowTexts[index] {
        let color = style.frame.mutesLines && row.rowType != .heading ? theme.muted : nil
        drawLines(texts.lines, row: index, bold: texts.bold, color: color)
      } else {
        drawCells(index, row)
      }
    }
  }

  private mutating func drawLines(
    _ lines: [String], row index: Int, bold: Bool, inset: Double = 0, left: Double? = nil, color: Color? = nil
  ) {
    let block = Double(lines.count - 1) * geometry.lineHeight
    let middle = geometry.rowTop[index] + geometry.rowHeight[index] / 2 - block / 2
    for (line, string) in lines.enumerated() {
      let y = baseline(middle: middle + Double(line) * geometry.lineHeight)
      text(string, x: (left ?? geometry.contentLeft) + inset, y: y, bold: bold, color: color)
    }
  }

  private mutating func drawCells(_ index: Int, _ row: ForestRow) {
    let bold = measurer.isBold(row)
    let y = baseline(middle: geometry.rowTop[index] + geometry.rowHeight[index] / 2)
    for column in geometry.left + geometry.right {
      switch column.cell {
      case .label:
        if let label = row.label {
          let lines = measurer.labelLines(label, row: row)
          drawLines(lines, row: index, bold: bold, inset: measurer.indent(row), left: column.left)
        }
      case .figures: drawFigures(column, row: index, y: y, bold: bold)
      case .lights:
        if let text = column.tracks.first?.texts[index] {
          let middle = geometry.rowTop[index] + geometry.rowHeight[index] / 2
          drawLight(RiskOfBias(word: text) ?? .unclear, x: column.left + column.width / 2, y: middle)
        }
      }
    }
  }

  private mutating func drawFigures(_ column: GridColumn, row index: Int, y: Double, bold: Bool) {
    if column.whole.indices.contains(index), let whole = column.whole[index] {
      let block = max(column.tracksWidth(em: em), measurer.width(whole, bold: bold))
      text(whole, x: column.left + (column.width + block) / 2, y: y, anchor: .end, bold: bold)
      return
    }
    var x = column.left + (column.isText ? 0 : (column.width - column.tracksWidth(em: em)) / 2)
    for (number, track) in column.tracks.enumerated() {
      if number > 0 { x += track.gap * em }
      if let string = track.texts[index] {
        let share: Double = track.anchor == .start ? 0 : track.anchor == .middle ? 0.5 : 1
        text(string, x: x + share * track.width, y: y, anchor: track.anchor, bold: bold)
      }
      x += track.width
    }
  }
}
