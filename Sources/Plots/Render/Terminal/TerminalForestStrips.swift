/// Draws the marks of a forest plot into rows of terminal cells.
struct TerminalForestStrips {
  let axis: ForestAxis
  let width: Int
  let glyphs: TerminalGlyphs
  private let scale: AxisScale
  private let largestWeight: Double

  init(table: ForestTable, width: Int, glyphs: TerminalGlyphs) {
    axis = table.axis
    self.width = width
    self.glyphs = glyphs
    scale = AxisScale(log: axis.log, min: axis.min, max: axis.max, start: 0, end: Double(max(1, width - 1)))
    largestWeight = table.rows.compactMap { $0.rowType == .study ? $0.weightRandom ?? $0.weightCommon : nil }.max() ?? 0
  }

  /// Cell of a value, held within the axis.
  private func cell(_ value: Double) -> Int { Int(scale.placeInside(value).rounded()) }

  /// Cell of the line of no effect.
  private var nullCell: Int? {
    axis.null.flatMap { (0...1).contains(scale.share($0)) ? cell($0) : nil }
  }

  /// The row's marks, with the line of no effect behind them where rows are joined by it.
  func strip(_ row: ForestRow) -> TerminalStrip {
    var strip = TerminalStrip(width: width)
    if let nullCell { strip.put(glyphs.null, at: nullCell, .faint) }
    switch row.rowType {
    case .study: drawStudy(row, &strip)
    case .subgroup, .overall: drawDiamond(row, &strip)
    case .prediction:
      drawSpan(
        row, &strip, ink: .prediction, line: glyphs.prediction,
        ends: (glyphs.predictionStart, glyphs.predictionEnd))
    default: break
    }
    return strip
  }

  private func drawStudy(_ row: ForestRow, _ strip: inout TerminalStrip) {
    guard let estimate = row.estimateDisplay else { return }
    drawSpan(
      row, &strip, ink: .study, line: glyphs.interval, ends: (glyphs.intervalStart, glyphs.intervalEnd))
    if (0...1).contains(scale.share(estimate)) { strip.put(square(row), at: cell(estimate), .study) }
  }

  private func square(_ row: ForestRow) -> Character {
    let weight = row.weightRandom ?? row.weightCommon ?? largestWeight
    let share = largestWeight > 0 ? weight / largestWeight : 1
    let steps = glyphs.squares.count
    return glyphs.squares[max(0, min(steps - 1, Int((share.squareRoot() * Double(steps)).rounded(.down))))]
  }

  private func drawDiamond(_ row: ForestRow, _ strip: inout TerminalStrip) {
    guard let estimate = row.estimateDisplay else { return }
    drawSpan(row, &strip, ink: .pooled, line: glyphs.diamond, ends: (glyphs.diamondStart, glyphs.diamondEnd))
    if (0...1).contains(scale.share(estimate)) { strip.put(glyphs.diamondMiddle, at: cell(estimate), .pooled) }
  }

  /// A line from end to end; ends beyond the axis become arrows.
  private func drawSpan(
    _ row: ForestRow, _ strip: inout TerminalStrip, ink: TerminalInk, line: Character,
    ends: (start: Character, end: Character)
  ) {
    guard let lower = row.ciLowerDisplay, let upper = row.ciUpperDisplay else { return }
    let span = ClippedSpan(lower: lower, upper: upper, scale: scale)
    let (first, last) = (Int(span.left.rounded()), Int(span.right.rounded()))
    guard first <= last else { return }
    for index in first...last {
      let crosses = strip[index] == glyphs.null && line == glyphs.interval
      strip.put(crosses ? glyphs.crossing : line, at: index, ink)
    }
    if !span.isClippedRight || last > first {
      strip.put(span.isClippedRight ? glyphs.clippedEnd : ends.end, at: last, ink)
    }
    if !span.isClippedLeft && last == first && span.isClippedRight { return }
    if last > first || span.isClippedLeft {
      strip.put(span.isClippedLeft ? glyphs.clippedStart : ends.start, at: first, ink)
    }
  }

  /// The axis with its ticks, and the labels under them.
  func axisStrips() -> [TerminalStrip] {
    var line = TerminalStrip(width: width)
    for index in 0..<width { line.put(glyphs.axis, at: index, .faint) }
    var labels = TerminalStrip(width: width)
    let texts = Ticks.labels(axis.ticks, logarithmic: axis.log).map { glyphs.isASCII ? ASCIIText.folded($0) : $0 }
    let null = axis.null.flatMap { axis.ticks.firstIndex(of: $0) }
    var taken: [Range<Int>] = []
    for index in [null].compactMap({ $0 }) + axis.ticks.indices.filter({ $0 != null }) {
      guard (-1e-9...(1 + 1e-9)).contains(scale.share(axis.ticks[index])) else { continue }
      let place = cell(axis.ticks[index])
      line.put(place == nullCell ? glyphs.crossing : glyphs.tick, at: place, .faint)
      let length = texts[index].count
      let start = max(0, min(width - length, place - (length - 1) / 2))
      let range = (start - 1)..<(start + length + 1)
      if taken.contains(where: { $0.overlaps(range) }) { continue }
      taken.append(start..<(start + length))
      labels.put(texts[index], from: start, .text)
    }
    return [line, labels]
  }

  /// The texts left and right of no effect as whole lines: beside it where the line has room, else under each other.
  ///
  /// `offset` is the column where the plot begins, `total` the length of a line.
  func favoursLines(offset: Int, total: Int) -> [String] {
    let fold = { (text: String?) in glyphs.isASCII ? ASCIIText.folded(text ?? "") : text ?? "" }
    let (left, right) = (fold(axis.labelLeft), fold(axis.labelRight))
    if left.isEmpty, right.isEmpty { return [] }
    let middle = offset + (nullCell ?? width / 2)
    if TerminalWidth.cells(left) < middle, TerminalWidth.cells(right) < total - middle - 1 {
      let before = TerminalWidth.padded(left, to: middle - 1, flushRight: true)
      return [right.isEmpty ? before : before + "   " + right]
    }
    let texts = [left, right].filter { !$0.isEmpty }
    return texts.map { Self.centred($0, at: middle, total: total, ellipsis: glyphs.ellipsis) }
  }

  /// A line with a text whose middle is at a column, as far as the line has room.
  static func centred(_ text: String, at middle: Int, total: Int, ellipsis: String) -> String {
    let cut = TerminalWidth.truncated(text, to: total, ellipsis: ellipsis)
    let cells = TerminalWidth.cells(cut)
    let indent = max(0, min(total - cells, middle - cells / 2))
    return String(repeating: " ", count: indent) + cut
  }
}
