import Foundation
public import Plots

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An SVG as an XML parser reads it: where its texts and shapes stand, and whether the picture is fit to read.
public struct SVGPicture {
  /// A text or a shape with the room it takes.
  public struct Part {
    /// Name of the element, and what a text says.
    public let element, string: String
    /// The room it takes, in the units of the canvas.
    public let box: Drawing.Box
    let size: Double
  }

  /// Room that neighbours may share, in points.
  static let tolerance = 0.25

  /// Size of the canvas.
  public let width, height: Double
  /// Title and description, and the texts and shapes from back to front.
  public let title, summary: String
  /// The texts and the shapes.
  public let texts, shapes: [Part]

  /// Reads an SVG; `nil` when it is not well-formed XML.
  public init?(_ svg: String) {
    let reader = SVGReader()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    guard parser.parse(), let canvas = reader.canvas else { return nil }
    (width, height) = canvas
    (title, summary) = (reader.title, reader.summary)
    (texts, shapes) = (reader.texts, reader.shapes)
  }

  /// The faults of a picture in words: texts on texts, what is outside the canvas, and texts on shapes unless these may
  /// stand there, as names in a chart may.
  public func faults(textsMayStandOnShapes: Bool = false) -> [String] {
    var faults = (texts + shapes).filter(isOutside).map { "outside the canvas: \($0.element) \($0.string) \($0.box)" }
    let sorted = texts.sorted { $0.box.top < $1.box.top }
    for (index, text) in sorted.enumerated() {
      for other in sorted[(index + 1)...] {
        if other.box.top > text.box.bottom { break }
        if Self.overlap(text.box, other.box) { faults.append("“\(text.string)” overlaps “\(other.string)”") }
      }
    }
    guard !textsMayStandOnShapes else { return faults }
    for shape in shapes {
      for text in texts where Self.overlap(text.box, shape.box) && !Self.isLight(shape, under: text) {
        faults.append("“\(text.string)” lies on \(shape.element) \(shape.box)")
      }
    }
    return faults
  }

  private func isOutside(_ part: Part) -> Bool {
    let room = Self.tolerance
    return
      !(part.box.left >= -room && part.box.top >= -room && part.box.right <= width + room
      && part.box.bottom <= height + room)
  }

  /// A light of the risk of bias holds its sign.
  private static func isLight(_ shape: Part, under text: Part) -> Bool {
    shape.element == "circle" && abs((text.box.left + text.box.right - shape.box.left - shape.box.right) / 2) < 0.5
      && shape.box.right - shape.box.left > text.size
  }

  private static func overlap(_ a: Drawing.Box, _ b: Drawing.Box) -> Bool {
    a.left < b.right - tolerance && b.left < a.right - tolerance && a.top < b.bottom - tolerance
      && b.top < a.bottom - tolerance
  }
}

/// Gathers the parts of an SVG.
private final class SVGReader: NSObject, XMLParserDelegate {
  var canvas: (Double, Double)?
  var title = "", summary = ""
  var texts: [SVGPicture.Part] = []
  var shapes: [SVGPicture.Part] = []
  private var usualSize = Double.nan
  private var element = ""
  private var attributes: [String: String] = [:]
  private var string = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    (element, string, self.attributes) = (name, "", attributes)
    switch name {
    case "svg":
      let box = numbers("viewBox")
      if box.count == 4 { canvas = (box[2], box[3]) }
    case "g": usualSize = number("font-size")
    case "line": shape([number("x1"), number("x2")], [number("y1"), number("y2")])
    case "rect" where attributes["width"] != "100%":
      shape([number("x"), number("x") + number("width")], [number("y"), number("y") + number("height")], stroke: 0)
    case "circle":
      let (x, y, r) = (number("cx"), number("cy"), number("r"))
      shape([x - r, x + r], [y - r, y + r], stroke: 0)
    case "polyline", "polygon":
      let points = numbers("points")
      shape(
        stride(from: 0, to: points.count, by: 2).map { points[$0] },
        stride(from: 1, to: points.count, by: 2).map { points[$0] })
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { self.string += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    switch name {
    case "title": title = string
    case "desc": summary = string
    case "text":
      var text = Drawing.Text(
        string, at: .init(number("x"), number("y")),
        anchor: attributes["text-anchor"].flatMap(Drawing.Anchor.init(rawValue:)) ?? .start,
        size: attributes["font-size"] == nil ? usualSize : number("font-size"),
        color: Color(0), bold: attributes["font-weight"] == "bold")
      text.upwards = attributes["transform"] != nil
      texts.append(.init(element: name, string: string, box: text.box, size: text.size))
    default: break
    }
    (element, string) = ("", "")
  }

  private func number(_ name: String) -> Double { attributes[name].flatMap { Double($0) } ?? .nan }

  private func numbers(_ name: String) -> [Double] {
    (attributes[name] ?? "").split { $0 == " " || $0 == "," }.map { Double($0) ?? .nan }
  }

  /// A line has no width of its own; half a point stands for its stroke.
  private func shape(_ xs: [Double], _ ys: [Double], stroke: Double = 0.25) {
    let box = Drawing.Box(
      left: (xs.min() ?? .nan) - stroke, top: (ys.min() ?? .nan) - stroke, right: (xs.max() ?? .nan) + stroke,
      bottom: (ys.max() ?? .nan) + stroke)
    shapes.append(.init(element: element, string: "", box: box, size: 0))
  }
}
