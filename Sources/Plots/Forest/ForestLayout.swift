/// Lays a forest plot out: from its data, a style and a theme to shapes on a canvas.
///
/// The canvas is computed from measured text, so that nothing overlaps and nothing is cut. Who asks for a width gets at
/// most that: first the plot and the labels give way, then the whole picture is scaled down.
public struct ForestLayout {
  let table: ForestTable
  let style: ForestStyle
  let theme: Theme
  let measurer: ForestMeasurer
  let scale: AxisScale
  var geometry: ForestGeometry
  var drawing: Drawing

  /// The picture of a table.
  ///
  /// - Parameter maximumWidth: greatest width as printed, in millimetres; as wide as needed when `nil`.
  public static func drawing(
    _ table: ForestTable, style: ForestStyle, theme: Theme = .light, maximumWidth: Double? = nil
  ) -> Drawing {
    drawing([(table, style)], title: "", theme: theme, maximumWidth: maximumWidth)
  }

  /// The picture of several tables under each other, their plots in line.
  static func drawing(
    _ forests: [(table: ForestTable, style: ForestStyle)], title: String, theme: Theme, maximumWidth: Double?
  ) -> Drawing {
    let frames = forests.map(\.style.frame)
    var limits = ForestLimits(
      plotWidth: frames.map(\.plotWidth).max() ?? 0, labelWidth: frames.map(\.labelWidth).max() ?? 0)
    var layouts = aligned(forests, theme: theme, limits: limits)
    guard let maximumWidth, maximumWidth > 0, maximumWidth.isFinite else { return stacked(layouts, title, theme) }
    let points = maximumWidth * 72 / 25.4
    func excess() -> Double { (layouts.map(\.geometry.contentRight).max() ?? 0) + 0.9 * theme.fontSize - points }
    if excess() > 0 {
      limits.plotWidth = max(11, limits.plotWidth - excess() / theme.fontSize)
      layouts = aligned(forests, theme: theme, limits: limits)
    }
    if excess() > 0 {
      limits.labelWidth = max(10, limits.labelWidth - excess() / theme.fontSize)
      layouts = aligned(forests, theme: theme, limits: limits)
    }
    var drawing = stacked(layouts, title, theme)
    drawing.scale = min(1, points / drawing.width)
    return drawing
  }

  /// Layouts whose plots begin and end at the same places.
  private static func aligned(
    _ forests: [(table: ForestTable, style: ForestStyle)], theme: Theme, limits: ForestLimits
  ) -> [ForestLayout] {
    func layouts(_ limits: ForestLimits) -> [ForestLayout] {
      forests.map { ForestLayout($0.table, style: $0.style, theme: theme, limits: limits) }
    }
    let free = layouts(limits)
    guard free.count > 1 else { return free }
    var limits = limits
    limits.leastLeft = free.map(\.geometry.plotLeft).max() ?? 0
    limits.leastPlot = free.map { $0.geometry.plotRight - $0.geometry.plotLeft }.max() ?? 0
    limits.leastContent = layouts(limits).map(\.geometry.contentRight).max() ?? 0
    return layouts(limits)
  }

  private static func stacked(_ layouts: [ForestLayout], _ title: String, _ theme: Theme) -> Drawing {
    let drawings = layouts.map { $0.drawn() }
    if drawings.count == 1, title.isEmpty { return drawings[0] }
    return .grid(
      drawings, columns: 1, anchor: .start, title: title,
      summary: drawings.map { $0.title + ". " + $0.summary }.joined(separator: " "), theme: theme,
      titleSize: 1.3 * theme.fontSize)
  }

  private init(_ table: ForestTable, style: ForestStyle, theme: Theme, limits: ForestLimits) {
    self.table = table
    self.style = style
    self.theme = theme
    measurer = ForestMeasurer(table: table, style: style, em: theme.fontSize, limits: limits)
    let columns = ForestGridBuilder(table: table, style: style).columns()
    geometry = measurer.geometry(left: columns.left, right: columns.right)
    scale = Self.scale(table.axis, geometry: geometry, style: style)
    drawing = Drawing(
      width: 0, height: 0, title: ForestDescription.title(table), summary: ForestDescription.summary(table),
      background: theme.background)
  }

  var em: Double { theme.fontSize }

  /// Draws from top to bottom; each part gives the place where the next begins.
  private func drawn() -> Drawing {
    var layout = self
    var y = layout.drawTitle(from: 0.9 * em)
    if style.frame.topRule { layout.rule(y) }
    let favoursTop = style.frame.favoursAtTop ? layout.favoursHeight : 0
    let plotHeading = Double(measurer.plotHeading.count) * geometry.lineHeight + favoursTop
    let headerBottom = y + max(Double(geometry.headerLines) * geometry.lineHeight, plotHeading) + 0.35 * em
    layout.drawHeader(bottom: headerBottom, plotBottom: headerBottom - favoursTop)
    if favoursTop > 0 { layout.drawFavours(top: headerBottom - favoursTop - 0.4 * em) }
    if style.frame.headerRule { layout.rule(headerBottom) }
    y = headerBottom + 0.25 * em
    layout.placeRows(from: y)
    let bodyBottom = layout.bottom(ofRow: geometry.bodyCount - 1) ?? y
    let axisTop = bodyBottom + 0.2 * em
    layout.drawPlot(top: headerBottom, bottom: axisTop)
    let axisBottom = layout.drawAxis(top: axisTop)
    if !geometry.tailBesideAxis { layout.moveTail(to: axisBottom + 0.4 * em) }
    layout.drawRows()
    y = max(axisBottom, layout.bottom(ofRow: table.rows.count - 1) ?? axisBottom)
    y = layout.drawFooters(from: y)
    layout.drawing.width = max(geometry.contentRight, layout.rightmostText) + 0.9 * em
    layout.drawing.height = y + 0.7 * em
    return layout.drawing
  }

  private var rightmostText: Double {
    drawing.items.reduce(0) { right, item in
      if case .text(let text) = item { max(right, text.box.right) } else { right }
    }
  }

  /// Puts the rows under each other.
  private mutating func placeRows(from top: Double) {
    var y = top
    geometry.rowTop = geometry.rowHeight.map { height in
      defer { y += height }
      return y
    }
  }

  private mutating func moveTail(to top: Double) {
    guard geometry.bodyCount < table.rows.count else { return }
    var y = top
    for index in geometry.bodyCount..<table.rows.count {
      geometry.rowTop[index] = y
      y += geometry.rowHeight[index]
    }
  }

  func bottom(ofRow index: Int) -> Double? {
    geometry.rowTop.indices.contains(index) ? geometry.rowTop[index] + geometry.rowHeight[index] : nil
  }

  /// Baseline of a text line that is centred on a height.
  func baseline(middle: Double) -> Double { middle + 0.355 * em }

  mutating func rule(_ y: Double, color: Color? = nil, width: Double? = nil) {
    drawing.items.append(
      .line(
        from: .init(geometry.contentLeft, y), to: .init(geometry.contentRight, y),
        stroke: .init(color ?? theme.ink, width: width ?? theme.line)))
  }

  mutating func text(
    _ string: String, x: Double, y: Double, anchor: Drawing.Anchor = .start, bold: Bool = false,
    color: Color? = nil, size: Double? = nil
  ) {
    guard !string.isEmpty else { return }
    drawing.items.append(
      .text(
        .init(string, at: .init(x, y), anchor: anchor, size: size ?? em, color: color ?? theme.ink, bold: bold)))
  }

  private mutating func drawTitle(from top: Double) -> Double {
    guard !table.title.isEmpty else { return top }
    let size = 1.15 * em
    var y = top
    let width = geometry.contentRight - geometry.contentLeft
    for line in LineBreaking.lines(
      table.title, limit: width, measure: { TextMetrics.width($0, size: size, bold: true) })
    {
      text(line, x: geometry.contentLeft, y: y + 0.75 * size, bold: true, size: size)
      y += 1.3 * size
    }
    return y + 0.5 * em
  }

  private mutating func drawFooters(from top: Double) -> Double {
    guard !table.footers.isEmpty else { return top }
    let size = 0.88 * em
    var y = top + 0.5 * em
    let width = geometry.contentRight - geometry.contentLeft
    for footer in table.footers {
      let measure = { (text: String) in TextMetrics.width(text, size: size) }
      for line in LineBreaking.balanced(LineBreaking.keepingEquations(footer), limit: width, measure: measure) {
        text(line, x: geometry.contentLeft, y: y + 0.8 * size, color: theme.muted, size: size)
        y += 1.3 * size
      }
    }
    return y
  }
}
