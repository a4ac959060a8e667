/// The marks of a forest plot: squares, intervals, diamonds, prediction intervals.
extension ForestLayout {
  /// Height of a row with one line of text.
  private var row: Double { style.frame.rowHeight * em }

  /// Everything inside the plot, from back to front.
  mutating func drawPlot(top: Double, bottom: Double) {
    if let null = table.axis.null, (0...1).contains(scale.share(null)) {
      let x = scale.place(null)
      drawing.items.append(
        .line(from: .init(x, top), to: .init(x, bottom), stroke: .init(theme.muted, width: theme.line)))
    }
    if style.marks.pooledLines { drawPooledLines(top: top) }
    let sizes = ForestMarkSizes(table: table, row: row)
    for (index, entry) in table.rows.enumerated() {
      let y = geometry.rowTop[index] + geometry.rowHeight[index] / 2
      switch entry.rowType {
      case .study: drawStudy(entry, y: y, side: sizes.side(entry))
      case .subgroup, .overall: drawDiamond(entry, y: y)
      case .prediction: drawPrediction(entry, y: y)
      default: break
      }
    }
  }

  private mutating func drawPooledLines(top: Double) {
    for (index, entry) in table.rows.enumerated() where entry.rowType == .overall && entry.subgroup == nil {
      guard let estimate = entry.estimateDisplay, (0...1).contains(scale.share(estimate)) else { continue }
      let x = scale.place(estimate)
      let isCommon = entry.model == ForestPooled.Model.common.rawValue
      let bottom = geometry.rowTop[index] + geometry.rowHeight[index] / 2
      drawing.items.append(
        .line(
          from: .init(x, top), to: .init(x, bottom),
          stroke: .init(theme.muted, width: theme.thin * 1.4, dash: isCommon ? [3, 2] : [0.8, 1.6])))
    }
  }

  private func studyColor(_ entry: ForestRow) -> Color {
    let marks = style.marks
    if entry.meanE != nil || entry.meanC != nil { return theme.color(marks.continuous) }
    if entry.eventsE != nil || entry.eventsC != nil { return theme.color(marks.binary) }
    return theme.color(marks.generic)
  }

  private mutating func drawStudy(_ entry: ForestRow, y: Double, side: Double) {
    guard let estimate = entry.estimateDisplay, let lower = entry.ciLowerDisplay, let upper = entry.ciUpperDisplay,
      !scale.share(estimate).isNaN
    else { return }
    let ink = theme.color(style.marks.interval)
    let span = ClippedSpan(lower: lower, upper: upper, scale: scale)
    drawInterval(span, y: y, color: ink, caps: style.marks.caps)
    guard (0...1).contains(scale.share(estimate)) else { return }
    let x = scale.place(estimate)
    let half = side / 2
    let box = Drawing.Box(left: x - half, top: y - half, right: x + half, bottom: y + half)
    let paint = Drawing.Paint(fill: studyColor(entry))
    switch style.marks.shape {
    case .square: drawing.items.append(.rectangle(box, paint: paint))
    case .rhombus:
      // A rhombus of the same area as the square.
      let reach = half * 1.4142135623730951
      drawing.items.append(
        .polygon(
          [.init(x - reach, y), .init(x, y - reach), .init(x + reach, y), .init(x, y + reach)], paint: paint))
    }
    // An interval that ends well inside its box is drawn on it in the colour of the canvas.
    let reach = style.marks.shape == .square ? half : half * 1.4142135623730951
    let inset = 0.12 * em
    if span.left > x - reach + inset || span.right < x + reach - inset {
      let from = max(span.left, x - reach)
      let to = min(span.right, x + reach)
      let paper = theme.background ?? Color(0xFFFFFF)
      drawing.items.append(.line(from: .init(from, y), to: .init(to, y), stroke: .init(paper, width: theme.line)))
    }
  }

  /// A line with arrow heads where it is clipped.
  private mutating func drawInterval(_ span: ClippedSpan, y: Double, color: Color, caps: Bool) {
    let arrow = 0.42 * em
    if span.right > span.left {
      let from = span.left + (span.isClippedLeft ? arrow * 0.8 : 0)
      let to = span.right - (span.isClippedRight ? arrow * 0.8 : 0)
      if to > from {
        drawing.items.append(
          .line(from: .init(from, y), to: .init(to, y), stroke: .init(color, width: theme.line)))
      }
    }
    if span.isClippedLeft { drawArrow(tip: scale.start, y: y, length: arrow, color: color, points: -1) }
    if span.isClippedRight { drawArrow(tip: scale.end, y: y, length: arrow, color: color, points: 1) }
    if caps {
      for (x, isClipped) in [(span.left, span.isClippedLeft), (span.right, span.isClippedRight)] where !isClipped {
        drawing.items.append(
          .line(
            from: .init(x, y - 0.25 * em), to: .init(x, y + 0.25 * em), stroke: .init(color, width: theme.line)))
      }
    }
  }

  private mutating func drawArrow(tip: Double, y: Double, length: Double, color: Color, points: Double) {
    let base = tip - points * length
    let half = length * 0.55
    drawing.items.append(
      .polygon([.init(tip, y), .init(base, y - half), .init(base, y + half)], paint: .init(fill: color)))
  }

  private mutating func drawDiamond(_ entry: ForestRow, y: Double) {
    guard let estimate = entry.estimateDisplay, let lower = entry.ciLowerDisplay, let upper = entry.ciUpperDisplay
    else { return }
    let isCommon = entry.model == ForestPooled.Model.common.rawValue
    let fill = theme.color(isCommon ? style.marks.common : style.marks.random)
    let border = style.marks.diamondBorder.map { Drawing.Stroke(theme.color($0), width: theme.line) }
    let paint = Drawing.Paint(fill: fill, stroke: border ?? .init(fill, width: theme.thin))
    let half = (entry.rowType == .overall ? 0.36 : 0.3) * row
    let span = ClippedSpan(lower: lower, upper: upper, scale: scale)
    let arrow = 0.5 * em
    let shape = ClippedDiamond(
      left: scale.share(lower), middle: scale.share(estimate), right: scale.share(upper), scale: scale,
      clippedLeft: span.isClippedLeft ? scale.start + arrow + 0.2 * em : nil,
      clippedRight: span.isClippedRight ? scale.end - arrow - 0.2 * em : nil)
    let points = shape.points(y: y, half: half)
    if points.count > 2 { drawing.items.append(.polygon(points, paint: paint)) }
    let tint = border?.color ?? fill
    if span.isClippedLeft { drawArrow(tip: scale.start, y: y, length: arrow, color: tint, points: -1) }
    if span.isClippedRight { drawArrow(tip: scale.end, y: y, length: arrow, color: tint, points: 1) }
  }

  private mutating func drawPrediction(_ entry: ForestRow, y: Double) {
    guard let lower = entry.ciLowerDisplay, let upper = entry.ciUpperDisplay else { return }
    let span = ClippedSpan(lower: lower, upper: upper, scale: scale)
    let color = theme.color(style.marks.prediction)
    switch style.marks.predictionShape {
    case .line: drawInterval(span, y: y, color: color, caps: true)
    case .bar: drawBar(span, y: y, color: color)
    case .density:
      let density = PredictionDensity(entry, scale: scale, baseline: y + 0.42 * row, height: 0.8 * row)
      drawing.items.append(.polygon(density.outline, paint: .init(fill: color, opacity: 0.25)))
      drawing.items.append(.polygon(density.inside(span), paint: .init(fill: color, opacity: 0.6)))
      drawInterval(span, y: y + 0.42 * row, color: color, caps: false)
    }
  }

  private mutating func drawBar(_ span: ClippedSpan, y: Double, color: Color) {
    let arrow = 0.5 * em
    let half = 0.13 * row
    let left = span.left + (span.isClippedLeft ? arrow : 0)
    let right = span.right - (span.isClippedRight ? arrow : 0)
    if right > left {
      let box = Drawing.Box(left: left, top: y - half, right: right, bottom: y + half)
      drawing.items.append(.rectangle(box, paint: .init(fill: color)))
    }
    if span.isClippedLeft { drawArrow(tip: scale.start, y: y, length: arrow, color: color, points: -1) }
    if span.isClippedRight { drawArrow(tip: scale.end, y: y, length: arrow, color: color, points: 1) }
  }
}
