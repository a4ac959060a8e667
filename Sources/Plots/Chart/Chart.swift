/// A picture in two dimensions in data units; ``ChartLayout`` makes a drawing of it.
struct Chart: Sendable {
  /// Title, and a description for those who cannot see it.
  var title: String
  var summary: String
  var x, y: ChartAxis
  /// The shapes from back to front; what lies outside the axes is cut off.
  var marks: [Mark] = []
  /// What the colours and lines mean.
  var legend: [LegendEntry] = []
  /// Lines under the picture.
  var notes: [String] = []
  /// Size of the area between the axes, in em.
  var width = 38.0, height = 28.0
  /// Whether the frame is drawn on all sides.
  var isBoxed = true
  /// Whether the title begins at the frame, as in a chart among others, and not at the edge of the picture.
  var titleBeginsAtFrame = false
  /// Place of the horizontal axis beyond which no point is named.
  var namesEnd: Double?

  init(title: String, summary: String, x: ChartAxis, y: ChartAxis) {
    self.title = title
    self.summary = summary
    self.x = x
    self.y = y
  }

  /// A place in data units.
  struct Place: Sendable, Equatable {
    var x, y: Double

    init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A point with its size.
  struct Point: Sendable {
    var place: Place
    /// Radius in em.
    var radius = 0.36
    var fill: Color?
    var stroke: Drawing.Stroke?
    var opacity = 1.0
    /// Name printed beside it where there is room.
    var label: String?
  }

  /// A shape.
  enum Mark: Sendable {
    /// Circles.
    case points([Point])
    /// A line through places.
    case line([Place], stroke: Drawing.Stroke)
    /// A filled area.
    case area([Place], paint: Drawing.Paint)
    /// A rectangle between two corners.
    case cell(Place, Place, paint: Drawing.Paint)
    /// A text beside a place.
    case note(String, Place, anchor: Drawing.Anchor)
    /// A line from edge to edge at an x.
    case vertical(Double, stroke: Drawing.Stroke)
    /// A line from edge to edge at a y.
    case horizontal(Double, stroke: Drawing.Stroke)
  }

  /// An entry of the legend.
  struct LegendEntry: Sendable {
    /// What it shows.
    enum Sample: Sendable {
      case line(Drawing.Stroke)
      case area(Drawing.Paint)
      case point(Drawing.Paint)
    }

    var sample: Sample
    var text: String
  }
}
