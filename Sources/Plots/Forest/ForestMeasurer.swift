/// Computes a forest plot's geometry.
struct ForestMeasurer {
  let table: ForestTable
  let style: ForestStyle
  let em: Double
  let limits: ForestLimits
  private let hasHeadings: Bool

  init(table: ForestTable, style: ForestStyle, em: Double, limits: ForestLimits) {
    self.table = table
    self.style = style
    self.em = em
    self.limits = limits
    hasHeadings = table.rows.contains { $0.rowType == .heading }
  }

  /// Width of a text in points.
  func width(_ text: String, bold: Bool = false) -> Double { TextMetrics.width(text, size: em, bold: bold) }

  /// Whether a row's texts are bold.
  func isBold(_ row: ForestRow) -> Bool {
    row.rowType == .heading || (style.frame.boldTotals && row.rowType == .overall)
      || (style.frame.boldTotals && row.rowType == .subgroup && row.studyID == nil)
  }

  /// How far a row's label is set in.
  func indent(_ row: ForestRow) -> Double {
    guard style.frame.indentsStudies, hasHeadings else { return 0 }
    return row.rowType == .study || row.rowType == .studyNotEstimable ? 0.9 * em : 0
  }

  /// The geometry: columns from left to right, rows from the given top downwards.
  func geometry(left: [GridColumn], right: [GridColumn]) -> ForestGeometry {
    var geometry = ForestGeometry(
      em: em, left: left.map(measured), right: right.map(measured),
      rowTop: [], rowHeight: [], rowTexts: table.rows.map { _ in nil }, bodyCount: bodyCount)
    fitSpans(&geometry.left)
    fitSpans(&geometry.right)
    widenForLines(&geometry)
    placeColumns(&geometry)
    geometry.headerLines = headerLines(geometry)
    breakRowTexts(&geometry)
    return geometry
  }

  /// Rows up to the last that has a mark; if there is none, all rows.
  private var bodyCount: Int {
    let last = table.rows.lastIndex { row in
      switch row.rowType {
      case .study, .studyNotEstimable, .subgroup, .overall, .prediction, .heading: true
      default: false
      }
    }
    return last.map { $0 + 1 } ?? table.rows.count
  }

  private func measured(_ column: GridColumn) -> GridColumn {
    var column = column
    for index in column.tracks.indices {
      var widest = 0.0
      for (row, text) in zip(table.rows, column.tracks[index].texts) {
        guard let text, column.cell != .label || !runsAcross(row) else { continue }
        let lines = column.cell == .label ? labelLines(text, row: row) : [text]
        for line in lines {
          let inset = column.cell == .label ? indent(row) : 0
          widest = max(widest, width(line, bold: isBold(row)) + inset)
        }
      }
      column.tracks[index].width = column.cell == .lights ? 1.3 * em : widest
    }
    column.heading = headingLines(column.heading, limit: max(column.tracksWidth(em: em), 14 * em))
    let heading = column.heading.map { width($0, bold: true) }.max() ?? 0
    let whole = zip(table.rows, column.whole).map { row, text in text.map { width($0, bold: isBold(row)) } ?? 0 }
    column.width = max(column.tracksWidth(em: em), heading, whole.max() ?? 0)
    return column
  }

  /// The lines of a label.
  func labelLines(_ text: String, row: ForestRow) -> [String] {
    let limit = limits.labelWidth * em - indent(row)
    let bold = isBold(row)
    if width(text, bold: bold) <= limit, !text.utf8.contains(0x0A) { return [text] }
    return LineBreaking.lines(text, limit: limit) { width($0, bold: bold) }
  }

  /// Whether a row's text runs across the columns.
  func runsAcross(_ row: ForestRow) -> Bool {
    switch row.rowType {
    case .heading: true
    case .heterogeneityText, .testText: !ForestComposer.isTotalEvents(row)
    default: false
    }
  }

  /// Widens columns whose common heading is wider than they are.
  private func fitSpans(_ columns: inout [GridColumn]) {
    var start = 0
    while start < columns.count {
      var end = start + 1
      guard let span = columns[start].span else {
        start = end
        continue
      }
      while end < columns.count, columns[end].span == span { end += 1 }
      let total = width(of: columns[start..<end])
      let lines = spanLines(span, width: total)
      let needed = lines.map { width($0, bold: true) }.max() ?? 0
      for index in start..<end where needed > total {
        columns[index].width += (needed - total) / Double(end - start)
      }
      start = end
    }
  }

  /// The lines of a heading over several columns.
  func spanLines(_ span: String, width total: Double) -> [String] {
    let measure = { (text: String) in width(text, bold: true) }
    let longest = min(LineBreaking.longestPart(span, measure: measure), 16 * em)
    return LineBreaking.lines(span, limit: max(total, 8 * em, longest), measure: measure)
  }

  /// Makes the block left of the plot so wide that lines inside the body take two lines at most.
  private func widenForLines(_ geometry: inout ForestGeometry) {
    let have = width(of: geometry.left[...])
    var needed = 0.0
    for row in table.rows[..<geometry.bodyCount] where runsAcross(row) {
      let text = row.label ?? ""
      let measure = { (text: String) in width(text, bold: isBold(row)) }
      needed = max(needed, LineBreaking.width(of: text, inLines: 2, measure: measure))
    }
    // A little more room is better than a second line.
    for row in table.rows where runsAcross(row) {
      let whole = width(row.label ?? "", bold: isBold(row))
      if whole <= have + 9 * em { needed = max(needed, whole) }
    }
    if have < needed, !geometry.left.isEmpty { geometry.left[0].width += needed - have }
  }

  /// Space between a column and the one before it; lights stand close together.
  private func gap(_ column: GridColumn, after previous: GridColumn?) -> Double {
    guard let previous else { return 0 }
    return (column.cell == .lights && previous.cell == .lights ? 0.3 : style.frame.gap) * em
  }

  /// Width of neighbouring columns with the spaces between them.
  private func width(of columns: ArraySlice<GridColumn>) -> Double {
    columns.indices.reduce(0) { total, index in
      total + columns[index].width + gap(columns[index], after: index > columns.startIndex ? columns[index - 1] : nil)
    }
  }

  private func placeColumns(_ geometry: inout ForestGeometry) {
    let margin = 0.9 * em
    let space = style.frame.gap * em
    geometry.contentLeft = margin
    let missing = limits.leastLeft - margin - width(of: geometry.left[...]) - space
    if missing > 0, !geometry.left.isEmpty { geometry.left[0].width += missing }
    geometry.plotLeft = place(&geometry.left, from: margin) + (geometry.left.isEmpty ? 0 : space)
    let heading = plotHeading.map { width($0, bold: true) }.max() ?? 0
    geometry.plotRight =
      geometry.plotLeft + max(limits.plotWidth * em, heading, favoursWidth, favoursInALine, limits.leastPlot)
    let right = place(&geometry.right, from: geometry.plotRight + (geometry.right.isEmpty ? 0 : space))
    geometry.contentRight = max(right, limits.leastContent)
  }

  /// Puts columns beside each other; gives the right edge of the last.
  private func place(_ columns: inout [GridColumn], from left: Double) -> Double {
    var x = left
    for index in columns.indices {
      x += gap(columns[index], after: index > 0 ? columns[index - 1] : nil)
      columns[index].left = x
      x += columns[index].width
    }
    return x
  }

  /// Width in which the longest words left and right of no effect stand beside each other.
  private var favoursWidth: Double {
    let measure = { (text: String) in width(text, bold: style.frame.favoursBold) }
    let longest = [table.axis.labelLeft, table.axis.labelRight].map { text in
      text.map { min(LineBreaking.longestPart($0, measure: measure), 14 * em) } ?? 0
    }
    return 2 * (longest.max() ?? 0) + 1.3 * em
  }

  /// Width in which the texts left and right of no effect stand in one line each, as far as that is worth it: up to a
  /// third more than the plot would have.
  private var favoursInALine: Double {
    let axis = table.axis
    guard let null = axis.null, axis.labelLeft != nil || axis.labelRight != nil else { return 0 }
    let share = AxisScale(log: axis.log, min: axis.min, max: axis.max, start: 0, end: 1).share(null)
    guard share > 0, share < 1 else { return 0 }
    func room(_ text: String?) -> Double { text.map { width($0, bold: style.frame.favoursBold) + 0.6 * em } ?? 0 }
    // At both ends of the axis is space for half a mark.
    let needed = max(room(axis.labelLeft) / share, room(axis.labelRight) / (1 - share)) + 0.2 * em
    return min(needed, 4 / 3 * limits.plotWidth * em)
  }

  /// Lines of the heading over the plot.
  var plotHeading: [String] {
    let lines = (table.headings["plot"] ?? "").split(separator: "\n").map { String($0) }
    return headingLines(lines, limit: limits.plotWidth * em)
  }

  /// Headings broken into lines no wider than a limit, or than their longest word.
  private func headingLines(_ lines: [String], limit: Double) -> [String] {
    let measure = { (text: String) in width(text, bold: true) }
    let longest = lines.map { min(LineBreaking.longestPart($0, measure: measure), 16 * em) }.max() ?? 0
    return lines.flatMap { LineBreaking.lines($0, limit: max(limit, longest), measure: measure) }
  }

  private func headerLines(_ geometry: ForestGeometry) -> Int {
    let columns = geometry.left + geometry.right
    var lines = 1
    for column in columns {
      var count = column.heading.count
      if let span = column.span { count += spanLines(span, width: spanWidth(span, in: columns)).count }
      lines = max(lines, count)
    }
    return lines
  }

  /// Width of the columns under a common heading.
  func spanWidth(_ span: String, in columns: [GridColumn]) -> Double {
    let members = columns.filter { $0.span == span }
    guard let first = members.first, let last = members.last else { return 0 }
    return last.left + last.width - first.left
  }

  private func breakRowTexts(_ geometry: inout ForestGeometry) {
    let block = geometry.leftEnd - geometry.contentLeft
    let full = geometry.contentRight - geometry.contentLeft
    let tail = table.rows[geometry.bodyCount...]
    // Lines of text stand beside the axis when they hardly need more lines there than across the whole figure.
    let broken = tail.reduce(0) { $0 + (runsAcross($1) ? lines($1, limit: block).count - 1 : 0) }
    geometry.tailBesideAxis = broken <= 1
    for (index, row) in table.rows.enumerated() where runsAcross(row) {
      let limit = index < geometry.bodyCount || geometry.tailBesideAxis ? block : full
      geometry.rowTexts[index] = .init(lines: lines(row, limit: limit), bold: isBold(row))
    }
    geometry.rowHeight = table.rows.enumerated().map { index, row in
      let lines = geometry.rowTexts[index]?.lines.count ?? labelLineCount(row)
      let single = style.frame.rowHeight * em
      if row.rowType == .blank { return single * 0.6 }
      return single + Double(max(1, lines) - 1) * geometry.lineHeight
    }
  }

  /// The lines of a text that runs across columns; what an equals sign joins stays together.
  private func lines(_ row: ForestRow, limit: Double) -> [String] {
    let text = row.label ?? ""
    let bold = isBold(row)
    if width(text, bold: bold) <= limit { return [text] }
    return LineBreaking.lines(LineBreaking.keepingEquations(text), limit: limit) { width($0, bold: bold) }
  }

  private func labelLineCount(_ row: ForestRow) -> Int {
    guard let label = row.label, row.rowType != .blank else { return 1 }
    return labelLines(label, row: row).count
  }
}
