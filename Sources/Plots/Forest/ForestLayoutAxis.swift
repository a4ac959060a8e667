/// The axis of a forest plot, and the texts on both sides of no effect.
extension ForestLayout {
  /// From displayed units to places; at both ends is space for half a mark or half a tick label, and on both sides of
  /// no effect for the longest word that stands there.
  static func scale(_ axis: ForestAxis, geometry: ForestGeometry, style: ForestStyle) -> AxisScale {
    let labels = Ticks.labels(axis.ticks, logarithmic: axis.log)
    let widest = labels.map { TextMetrics.width($0, size: geometry.em) }.max() ?? 0
    let inset = max(0.7 * geometry.em, min(widest / 2, 2.5 * geometry.em))
    var start = geometry.plotLeft + inset
    var end = geometry.plotRight - inset
    let share = axis.null.map(AxisScale(log: axis.log, min: axis.min, max: axis.max, start: 0, end: 1).share)
    if let share, share > 0.1, share < 0.9 {
      func room(_ text: String?) -> Double {
        let measure = { TextMetrics.width($0, size: geometry.em, bold: style.frame.favoursBold) }
        return LineBreaking.longestPart(text ?? "", measure: measure) + 0.65 * geometry.em
      }
      let most = 0.25 * (end - start)
      let right = style.frame.favoursAtTop ? geometry.plotRight : max(geometry.plotRight, geometry.contentRight)
      end = max(end - most, min(end, start + (right - room(axis.labelRight) - start) / share))
      start = min(
        start + most, max(start, (geometry.plotLeft + room(axis.labelLeft) - share * end) / (1 - share)))
    }
    return AxisScale(log: axis.log, min: axis.min, max: axis.max, start: start, end: end)
  }

  /// The axis with ticks, labels, title and, unless they stand at the top, the favours texts; gives its bottom.
  mutating func drawAxis(top: Double) -> Double {
    let stroke = Drawing.Stroke(theme.ink, width: theme.line)
    drawing.items.append(.line(from: .init(scale.start, top), to: .init(scale.end, top), stroke: stroke))
    let labels = Ticks.labels(table.axis.ticks, logarithmic: table.axis.log)
    let places = table.axis.ticks.map(scale.place)
    let shown = visibleLabels(labels, places: places)
    let labelBase = top + 0.4 * em + 0.85 * em
    for (index, x) in places.enumerated() where x >= scale.start - 0.01 && x <= scale.end + 0.01 {
      drawing.items.append(.line(from: .init(x, top), to: .init(x, top + 0.35 * em), stroke: stroke))
      if shown.contains(index) { text(labels[index], x: x, y: labelBase, anchor: .middle) }
    }
    var y = labelBase + 0.3 * em
    if !style.frame.favoursAtTop, favoursHeight > 0 {
      drawFavours(top: y)
      y += favoursHeight
    }
    if style.frame.axisTitle, let title = table.axis.label {
      let middle = (geometry.plotLeft + geometry.plotRight) / 2
      let width = geometry.plotRight - geometry.plotLeft
      for line in LineBreaking.lines(title, limit: width, measure: { measurer.width($0) }) {
        text(line, x: middle, y: y + 0.95 * em, anchor: .middle)
        y += geometry.lineHeight
      }
    }
    return y + 0.15 * em
  }

  /// Which tick labels are printed: that of no effect first, then the others from both ends where there is room.
  private func visibleLabels(_ labels: [String], places: [Double]) -> Set<Int> {
    var shown: [Int] = []
    let null = table.axis.null.flatMap { table.axis.ticks.firstIndex(of: $0) }
    let order = [null].compactMap { $0 } + labels.indices.filter { $0 != null }
    for index in order {
      let half = measurer.width(labels[index]) / 2 + 0.25 * em
      let isFree = shown.allSatisfy { other in
        abs(places[other] - places[index]) >= half + measurer.width(labels[other]) / 2 + 0.05 * em
      }
      if isFree { shown.append(index) }
    }
    return Set(shown)
  }

  /// The texts left and right of no effect, broken into lines and placed.
  private struct Favours {
    var left: [String] = []
    var right: [String] = []
    var leftX = 0.0, rightX = 0.0
    var leftAnchor = Drawing.Anchor.end, rightAnchor = Drawing.Anchor.start
  }

  /// Beside no effect where their words fit there, else at the ends of the plot, each with half of it.
  private var favours: Favours {
    let left = table.axis.labelLeft ?? ""
    let right = table.axis.labelRight ?? ""
    var favours = Favours()
    guard !left.isEmpty || !right.isEmpty else { return favours }
    let bold = style.frame.favoursBold
    let measure = { (text: String) in measurer.width(text, bold: bold) }
    let middle = table.axis.null.map(scale.placeInside) ?? (geometry.plotLeft + geometry.plotRight) / 2
    let gap = 0.6 * em
    // Below the axis there is room beyond the plot, but for lines of text at its left.
    let isTop = style.frame.favoursAtTop
    let from = isTop || geometry.tailBesideAxis ? geometry.plotLeft : geometry.contentLeft
    let to = isTop ? geometry.plotRight : max(geometry.plotRight, geometry.contentRight)
    let (leftRoom, rightRoom) = (middle - gap - from, to - middle - gap)
    if LineBreaking.longestPart(left, measure: measure) <= leftRoom,
      LineBreaking.longestPart(right, measure: measure) <= rightRoom
    {
      favours.left = left.isEmpty ? [] : LineBreaking.lines(left, limit: leftRoom, measure: measure)
      favours.right = right.isEmpty ? [] : LineBreaking.lines(right, limit: rightRoom, measure: measure)
      favours.leftX = middle - gap
      favours.rightX = middle + gap
      return favours
    }
    favours.leftX = geometry.plotLeft
    favours.rightX = geometry.plotRight
    (favours.leftAnchor, favours.rightAnchor) = (.start, .end)
    let width = geometry.plotRight - geometry.plotLeft
    let share = measure(left) + measure(right) + 2 * gap <= width ? width : width / 2 - gap
    favours.left = left.isEmpty ? [] : LineBreaking.lines(left, limit: share, measure: measure)
    favours.right = right.isEmpty ? [] : LineBreaking.lines(right, limit: share, measure: measure)
    return favours
  }

  /// Height of the favours texts, 0 without.
  var favoursHeight: Double {
    let favours = self.favours
    return Double(max(favours.left.count, favours.right.count)) * geometry.lineHeight
  }

  /// Draws the favours texts.
  mutating func drawFavours(top: Double) {
    let favours = self.favours
    let bold = style.frame.favoursBold
    let count = max(favours.left.count, favours.right.count)
    let sides = [
      (favours.left, favours.leftX, favours.leftAnchor), (favours.right, favours.rightX, favours.rightAnchor),
    ]
    for (lines, x, anchor) in sides {
      // Above the plot the last lines stand side by side, below it the first.
      let skipped = style.frame.favoursAtTop ? count - lines.count : 0
      for (index, line) in lines.enumerated() {
        let y = top + 0.95 * em + Double(index + skipped) * geometry.lineHeight
        text(line, x: x, y: y, anchor: anchor, bold: bold)
      }
    }
  }
}
