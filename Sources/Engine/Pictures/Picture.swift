public import Plots
public import TableIO

/// A picture as the user gets it: its data, and the drawing made from them alone.
public protocol Picture: Sendable {
  /// The drawing.
  var drawing: Drawing { get }
  /// The data as JSON; the picture can be drawn again from it alone.
  var json: JSONValue { get }
  /// The rows of the data as CSV.
  func csv() -> [UInt8]
}

extension Picture {
  /// The picture as SVG.
  public var svg: String { SVGRenderer.svg(drawing) }
}

/// How a picture looks whatever it shows: theme, size of the type, greatest width.
public struct PictureLook: Sendable {
  /// Colours and sizes.
  public var theme: Theme
  /// Greatest width in millimetres; as wide as needed when `nil`.
  public var width: Double?

  /// Light, 8.5 points, as wide as needed.
  public init() { theme = .light }

  /// A look from what the user chose.
  /// - Throws: 64 for a theme that does not exist and for sizes that no page has.
  public init(theme: String, width: Double? = nil, fontSize: Double? = nil) throws(EvidenceError) {
    if let width, !(width > 0 && width.isFinite) {
      throw EvidenceError(.usage, "--width must be a number of millimetres above 0, got \(width.shortText)")
    }
    do throws(PlotDataError) { self.theme = try Theme.named(theme) } catch {
      throw EvidenceError(.usage, "--theme: \(error.message)")
    }
    if let fontSize {
      guard (4...40).contains(fontSize) else {
        throw EvidenceError(
          .usage, "--font-size must lie between 4 and 40 points, got \(fontSize.shortText)",
          hint: "journals print figures at 8 to 10 points")
      }
      self.theme.fontSize = fontSize
    }
    self.width = width
  }
}
