/// One or several forest plots in a figure, under each other: outcomes, measures, or whatever belongs together.
public struct ForestPanels: Sendable, Equatable {
  /// Name of the data format of several plots, with its version; a single plot has that of ``ForestTable``.
  public static let schema = "evidence.forest-panels/1"

  /// Title over all panels; empty for none.
  public var title: String
  /// The plots from top to bottom.
  public var panels: [ForestTable]

  /// A figure of plots.
  public init(title: String = "", panels: [ForestTable]) {
    self.title = title
    self.panels = panels
  }

  /// The figure as named values; a single plot without a title over it is written as itself.
  public var document: PlotValue {
    if panels.count == 1, title.isEmpty { return panels[0].document }
    return .record([
      .init("schema", .text(Self.schema)), .init("title", .text(title)),
      .init("panels", .list(panels.map(\.document))),
    ])
  }

  /// Reads a figure back: of several plots, or of one.
  ///
  /// Throws ``PlotDataError`` naming the field that is absent or of the wrong kind.
  public init(document: PlotValue) throws(PlotDataError) {
    guard document["schema"].text == Self.schema else {
      self.init(panels: [try ForestTable(document: document)])
      return
    }
    var panels: [ForestTable] = []
    for panel in document["panels"].elements { panels.append(try ForestTable(document: panel)) }
    guard !panels.isEmpty else { throw .field(name: "panels", row: nil, expected: "a list of forest plots") }
    self.init(title: document["title"].text ?? "", panels: panels)
  }

  /// The picture, each plot in the style that its data name.
  ///
  /// - Parameter maximumWidth: greatest width as printed, in millimetres; as wide as needed when `nil`.
  /// - Throws: ``PlotDataError`` for a style that does not exist.
  public func drawing(theme: Theme = .light, maximumWidth: Double? = nil) throws(PlotDataError) -> Drawing {
    var forests: [(table: ForestTable, style: ForestStyle)] = []
    for (index, panel) in panels.enumerated() {
      var table = panel
      // A remark that is true of several plots stands under the last of them.
      let later = panels[(index + 1)...]
      table.footers.removeAll { footer in later.contains { $0.footers.contains(footer) } }
      forests.append((table, try panel.namedStyle()))
    }
    return ForestLayout.drawing(forests, title: title, theme: theme, maximumWidth: maximumWidth)
  }
}

extension ForestTable {
  /// The style that the data name, with the shape of prediction intervals that they ask for.
  /// - Throws: ``PlotDataError`` for a style that does not exist.
  public func namedStyle() throws(PlotDataError) -> ForestStyle {
    var style = try ForestStyle.named(self.style)
    if let predictionShape { style.marks.predictionShape = predictionShape }
    return style
  }
}
