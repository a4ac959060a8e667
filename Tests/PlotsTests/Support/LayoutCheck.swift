import Foundation
import Plots
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Checks that a picture is fit to read: no text on another text or on a mark, nothing outside the canvas.
enum LayoutCheck {
  /// Room that neighbours may share, in points.
  static let tolerance = 0.25

  /// Records an issue for every fault of a drawing, and of the SVG made from it.
  static func expectClean(_ drawing: Drawing, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let faults = faults(drawing)
    #expect(faults.isEmpty, "\(what): \(faults.prefix(5).joined(separator: "; "))", sourceLocation: sourceLocation)
    let read = SVGTexts.read(SVGRenderer.svg(drawing))
    #expect(read.isWellFormed, "\(what): the SVG is not well-formed", sourceLocation: sourceLocation)
    let drawn = drawing.items.compactMap { item in if case .text(let text) = item { text.string } else { nil } }
    #expect(read.texts == drawn, "\(what): the SVG has other texts", sourceLocation: sourceLocation)
  }

  /// The faults of a drawing in words.
  static func faults(_ drawing: Drawing) -> [String] {
    var faults = textFaults(drawing)
    let texts = drawing.items.compactMap { item in if case .text(let text) = item { (text, text.box) } else { nil } }
    for item in drawing.items {
      if case .text = item { continue }
      let shape = bounds(item)
      for (text, box) in texts where overlap(box, shape) && !isBackdrop(item, of: text) {
        faults.append("“\(text.string)” lies on \(item)")
      }
    }
    return faults
  }

  /// The faults of a picture in which texts may stand on lines and areas: texts on texts, and what is outside.
  static func textFaults(_ drawing: Drawing) -> [String] {
    var faults: [String] = []
    let texts = drawing.items.compactMap { item in if case .text(let text) = item { text } else { nil } }
    for item in drawing.items {
      let box = bounds(item)
      if !(box.left >= -tolerance && box.top >= -tolerance && box.right <= drawing.width + tolerance
        && box.bottom <= drawing.height + tolerance)
      {
        faults.append("outside the canvas: \(item)")
      }
    }
    let sorted = texts.map { (text: $0, box: $0.box) }.sorted { $0.box.top < $1.box.top }
    for (index, (text, box)) in sorted.enumerated() {
      for (other, otherBox) in sorted[(index + 1)...] {
        if otherBox.top > box.bottom { break }
        if overlap(box, otherBox) { faults.append("“\(text.string)” overlaps “\(other.string)”") }
      }
    }
    return faults
  }

  /// A shape that a text may stand on: a light, which holds its sign, or a shaded area.
  private static func isBackdrop(_ item: Drawing.Item, of text: Drawing.Text) -> Bool {
    switch item {
    case .circle(let center, let radius, _):
      abs((text.box.left + text.box.right) / 2 - center.x) < 0.5 && radius > 0.5 * text.size
    default: false
    }
  }

  private static func overlap(_ a: Drawing.Box, _ b: Drawing.Box) -> Bool {
    a.left < b.right - tolerance && b.left < a.right - tolerance && a.top < b.bottom - tolerance
      && b.top < a.bottom - tolerance
  }

  private static func bounds(_ item: Drawing.Item) -> Drawing.Box {
    switch item {
    case .text(let text): return text.box
    case .rectangle(let box, _): return box
    case .circle(let center, let radius, _):
      return .init(
        left: center.x - radius, top: center.y - radius, right: center.x + radius, bottom: center.y + radius)
    case .line(let from, let to, _): return around([from, to])
    case .polyline(let points, _), .polygon(let points, _): return around(points)
    }
  }

  private static func around(_ points: [Drawing.Point]) -> Drawing.Box {
    let xs = points.map(\.x)
    let ys = points.map(\.y)
    // A line has no width of its own; half a point stands for its stroke.
    return .init(
      left: (xs.min() ?? .nan) - 0.25, top: (ys.min() ?? .nan) - 0.25, right: (xs.max() ?? .nan) + 0.25,
      bottom: (ys.max() ?? .nan) + 0.25)
  }
}

/// The texts of an SVG, read by an XML parser.
private final class SVGTexts: NSObject, XMLParserDelegate {
  var texts: [String] = []
  private var current: String?

  static func read(_ svg: String) -> (isWellFormed: Bool, texts: [String]) {
    let reader = SVGTexts()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = reader
    return (parser.parse(), reader.texts)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    if name == "text" { current = "" }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { current? += string }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if name == "text", let current { texts.append(current) }
    if name == "text" { current = nil }
  }
}
