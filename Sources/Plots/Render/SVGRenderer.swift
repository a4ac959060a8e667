/// Writes a drawing as SVG: live text, stable bytes, readable by screen readers.
///
/// Numbers have at most two decimals and no locale; shapes come in the order of the drawing. So the same drawing gives
/// the same bytes on every machine.
public enum SVGRenderer {
  /// Fonts of equal metrics first.
  static let fontFamily = "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', sans-serif"

  /// What most texts and lines of a picture have in common, written once for all of them.
  private struct Usual {
    var fontSize, textColor, strokeWidth: String

    init(_ drawing: Drawing) {
      var sizes: [String: Int] = [:]
      var colors: [String: Int] = [:]
      var widths: [String: Int] = [:]
      for item in drawing.items {
        switch item {
        case .text(let text):
          sizes[number(text.size), default: 0] += 1
          colors[text.color.hex, default: 0] += 1
        case .line(_, _, let stroke), .polyline(_, let stroke): widths[number(stroke.width), default: 0] += 1
        default: break
        }
      }
      func most(_ counts: [String: Int], _ usual: String) -> String {
        // Of two that are as frequent, the first in the alphabet.
        counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? usual
      }
      (fontSize, textColor, strokeWidth) = (most(sizes, "8.5"), most(colors, "#000000"), most(widths, "0.75"))
    }
  }

  /// The SVG document as UTF-8 text.
  public static func svg(_ drawing: Drawing) -> String {
    var out = ""
    out.reserveCapacity(512 + drawing.items.count * 96)
    let scale = drawing.scale * 25.4 / 72
    let usual = Usual(drawing)
    out += "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(number(drawing.width * scale))mm\" "
    out += "height=\"\(number(drawing.height * scale))mm\" "
    out += "viewBox=\"0 0 \(number(drawing.width)) \(number(drawing.height))\" role=\"img\">\n"
    out += "<title>\(escaped(drawing.title))</title>\n<desc>\(escaped(drawing.summary))</desc>\n"
    if let background = drawing.background {
      out += "<rect width=\"100%\" height=\"100%\" fill=\"\(background.hex)\"/>\n"
    }
    out += "<g font-family=\"\(fontFamily)\" font-size=\"\(usual.fontSize)\" fill=\"\(usual.textColor)\" "
    out += "stroke-width=\"\(usual.strokeWidth)\">\n"
    for item in drawing.items { write(item, usual, to: &out) }
    out += "</g>\n</svg>\n"
    return out
  }

  private static func write(_ item: Drawing.Item, _ usual: Usual, to out: inout String) {
    switch item {
    case .line(let from, let to, let stroke):
      out += "<line x1=\"\(number(from.x))\" y1=\"\(number(from.y))\" x2=\"\(number(to.x))\" y2=\"\(number(to.y))\""
      out += attributes(stroke, usual) + "/>\n"
    case .polyline(let points, let stroke):
      out += "<polyline points=\"\(list(points))\" fill=\"none\" stroke-linejoin=\"round\""
      out += attributes(stroke, usual) + "/>\n"
    case .rectangle(let box, let paint):
      out += "<rect x=\"\(number(box.left))\" y=\"\(number(box.top))\" width=\"\(number(box.right - box.left))\" "
      out += "height=\"\(number(box.bottom - box.top))\"\(attributes(paint, usual))/>\n"
    case .circle(let center, let radius, let paint):
      out += "<circle cx=\"\(number(center.x))\" cy=\"\(number(center.y))\" r=\"\(number(radius))\""
      out += attributes(paint, usual) + "/>\n"
    case .polygon(let points, let paint):
      out += "<polygon points=\"\(list(points))\"\(attributes(paint, usual))/>\n"
    case .text(let text):
      write(text, usual, to: &out)
    }
  }

  private static func write(_ text: Drawing.Text, _ usual: Usual, to out: inout String) {
    let x = number(text.at.x)
    let y = number(text.at.y)
    let size = number(text.size)
    out += "<text x=\"\(x)\" y=\"\(y)\""
    if size != usual.fontSize { out += " font-size=\"\(size)\"" }
    if text.anchor != .start { out += " text-anchor=\"\(text.anchor.rawValue)\"" }
    if text.bold { out += " font-weight=\"bold\"" }
    if text.italic { out += " font-style=\"italic\"" }
    if text.upwards { out += " transform=\"rotate(-90 \(x) \(y))\"" }
    if text.color.hex != usual.textColor { out += " fill=\"\(text.color.hex)\"" }
    out += ">\(escaped(text.string))</text>\n"
  }

  private static func list(_ points: [Drawing.Point]) -> String {
    var out = ""
    for point in points {
      if !out.isEmpty { out += " " }
      out += number(point.x) + "," + number(point.y)
    }
    return out
  }

  private static func attributes(_ stroke: Drawing.Stroke, _ usual: Usual) -> String {
    var out = " stroke=\"\(stroke.color.hex)\""
    let width = number(stroke.width)
    if width != usual.strokeWidth { out += " stroke-width=\"\(width)\"" }
    if !stroke.dash.isEmpty {
      out += " stroke-dasharray=\"\(stroke.dash.map(number).joined(separator: " "))\""
    }
    return out
  }

  private static func attributes(_ paint: Drawing.Paint, _ usual: Usual) -> String {
    var out = " fill=\"\(paint.fill?.hex ?? "none")\""
    if paint.opacity < 1 { out += " fill-opacity=\"\(number(paint.opacity))\"" }
    if let stroke = paint.stroke { out += attributes(stroke, usual) }
    return out
  }

  /// A coordinate with at most two decimals, without trailing zeros.
  package static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "0" }
    let hundredths = Int64((value * 100).rounded())
    let magnitude = hundredths.magnitude
    var text = (hundredths < 0 ? "-" : "") + String(magnitude / 100)
    let rest = magnitude % 100
    if rest == 0 { return text }
    text += rest < 10 ? ".0" : "."
    text += String(rest % 10 == 0 && rest >= 10 ? rest / 10 : rest)
    return text
  }

  /// Text with the signs of markup escaped; control characters, which XML forbids, are left out.
  package static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || $0 == 0x22 || $0 == 0xEF })
    else { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n", "\t": out += " "
      default:
        if scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out
  }
}
