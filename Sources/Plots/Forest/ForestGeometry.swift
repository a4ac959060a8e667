/// Sizes and places of everything in a forest plot, computed from measured text.
struct ForestGeometry {
  /// A line of text of a row that runs across columns.
  struct RowText {
    var lines: [String]
    var bold: Bool
  }

  let em: Double
  /// Columns with their places, left and right of the plot.
  var left: [GridColumn]
  var right: [GridColumn]
  /// Left and right edge of the plot's own area, and of all content.
  var plotLeft = 0.0, plotRight = 0.0, contentLeft = 0.0, contentRight = 0.0
  /// Number of heading lines of the columns; tops and heights of the rows.
  var headerLines = 1
  var rowTop: [Double]
  var rowHeight: [Double]
  /// Texts of rows that run across the columns; `nil` where the columns have it.
  var rowTexts: [RowText?]
  /// Number of rows that are drawn above the axis; those after it are lines of text.
  var bodyCount: Int
  /// Whether the lines after the body stand beside the axis rather than below it.
  var tailBesideAxis = true

  /// Height of a line of text.
  var lineHeight: Double { 1.25 * em }

  /// The columns' right edge left of the plot.
  var leftEnd: Double { left.last.map { $0.left + $0.width } ?? contentLeft }
}

/// Limits that a layout keeps when a narrower picture is asked for, or when plots stand under each other.
struct ForestLimits {
  /// Width of the plot and of labels in em.
  var plotWidth, labelWidth: Double
  /// Least width of what stands left of the plot, of the plot and of everything, in points.
  var leastLeft = 0.0, leastPlot = 0.0, leastContent = 0.0
}
