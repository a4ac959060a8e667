/// A picture as a list of shapes, from back to front, on a canvas whose size was computed from what stands on it.
///
/// Lengths are in points (1/72 inch); the origin is the upper left corner. Renderers only walk the list.
public struct Drawing: Sendable, Equatable {
  /// Size of the canvas in points.
  public var width, height: Double
  /// Size as printed, relative to the canvas: 1 unless a width was asked for that is smaller than the picture needs.
  public var scale: Double
  /// Title and description for those who cannot see the picture.
  public var title, summary: String
  /// Colour of the canvas; `nil` for none.
  public var background: Color?
  /// The shapes.
  public var items: [Item]

  /// An empty canvas.
  public init(width: Double, height: Double, title: String, summary: String, background: Color? = nil) {
    self.width = width
    self.height = height
    scale = 1
    self.title = title
    self.summary = summary
    self.background = background
    items = []
  }

  /// A shape.
  public enum Item: Sendable, Equatable {
    /// A straight line.
    case line(from: Point, to: Point, stroke: Stroke)
    /// A line through points.
    case polyline([Point], stroke: Stroke)
    /// A rectangle.
    case rectangle(Box, paint: Paint)
    /// A circle.
    case circle(center: Point, radius: Double, paint: Paint)
    /// A closed shape.
    case polygon([Point], paint: Paint)
    /// A line of text.
    case text(Text)
  }

  /// A place on the canvas.
  public struct Point: Sendable, Equatable {
    /// Distance from the left and from the top.
    public var x, y: Double

    /// A place.
    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A rectangle on the canvas.
  public struct Box: Sendable, Equatable {
    /// Left, top, right and bottom edge.
    public var left, top, right, bottom: Double

    /// A rectangle from its edges.
    public init(left: Double, top: Double, right: Double, bottom: Double) {
      self.left = left
      self.top = top
      self.right = right
      self.bottom = bottom
    }
  }

  /// How a line is drawn.
  public struct Stroke: Sendable, Equatable {
    /// Its colour.
    public var color: Color
    /// Its width in points.
    public var width: Double
    /// Lengths of dashes and gaps; empty for a solid line.
    public var dash: [Double]

    /// A stroke.
    public init(_ color: Color, width: Double = 0.75, dash: [Double] = []) {
      self.color = color
      self.width = width
      self.dash = dash
    }
  }

  /// How a shape is filled and bordered.
  public struct Paint: Sendable, Equatable {
    /// Colour inside, `nil` for none.
    public var fill: Color?
    /// Border, `nil` for none.
    public var stroke: Stroke?
    /// 1 for opaque, 0 for invisible; for the inside only.
    public var opacity: Double

    /// A paint.
    public init(fill: Color?, stroke: Stroke? = nil, opacity: Double = 1) {
      self.fill = fill
      self.stroke = stroke
      self.opacity = opacity
    }
  }

  /// Which point of a text is given.
  public enum Anchor: String, Sendable {
    /// Its beginning.
    case start
    /// Its middle.
    case middle
    /// Its end.
    case end
  }

  /// A line of text.
  public struct Text: Sendable, Equatable {
    /// What it says.
    public var string: String
    /// Place of the anchor on the baseline.
    public var at: Point
    /// Which point of the text that is.
    public var anchor: Anchor
    /// Font size in points.
    public var size: Double
    /// Colour.
    public var color: Color
    /// Whether it is bold, and italic.
    public var bold, italic: Bool
    /// Whether it runs upwards, for titles of vertical axes.
    public var upwards: Bool

    /// A text.
    public init(
      _ string: String, at: Point, anchor: Anchor = .start, size: Double, color: Color, bold: Bool = false
    ) {
      self.string = string
      self.at = at
      self.anchor = anchor
      self.size = size
      self.color = color
      self.bold = bold
      italic = false
      upwards = false
    }

    /// The room that the text takes.
    public var box: Box {
      let length = TextMetrics.width(string, size: size, bold: bold)
      let before: Double =
        switch anchor {
        case .start: 0
        case .middle: length / 2
        case .end: length
        }
      let ascent = TextMetrics.ascent * size
      let descent = TextMetrics.descent * size
      if upwards {
        return Box(
          left: at.x - ascent, top: at.y - (length - before), right: at.x + descent, bottom: at.y + before)
      }
      return Box(left: at.x - before, top: at.y - ascent, right: at.x - before + length, bottom: at.y + descent)
    }
  }
}
