import Plots
import TestSupport
import Testing

/// Checks that a picture is fit to read, in the SVG made from it: no text on another text or on a mark, nothing outside
/// the canvas, no text lost.
enum LayoutCheck {
  /// Records an issue for every fault of a forest plot.
  static func expectClean(_ drawing: Drawing, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let faults = faults(drawing)
    #expect(faults.isEmpty, "\(what): \(faults.prefix(5).joined(separator: "; "))", sourceLocation: sourceLocation)
  }

  /// The faults of a forest plot in words.
  static func faults(_ drawing: Drawing) -> [String] { faults(drawing, textsMayStandOnShapes: false) }

  /// The faults of a chart, whose names may stand on lines and areas.
  static func textFaults(_ drawing: Drawing) -> [String] { faults(drawing, textsMayStandOnShapes: true) }

  private static func faults(_ drawing: Drawing, textsMayStandOnShapes: Bool) -> [String] {
    guard let picture = SVGPicture(SVGRenderer.svg(drawing)) else { return ["the SVG is not well-formed"] }
    let drawn = drawing.items.compactMap { item in if case .text(let text) = item { text.string } else { nil } }
    let lost = picture.texts.map(\.string) == drawn ? [] : ["the SVG has other texts"]
    return lost + picture.faults(textsMayStandOnShapes: textsMayStandOnShapes)
  }
}
