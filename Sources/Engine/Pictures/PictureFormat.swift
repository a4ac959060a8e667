public import Plots

/// The file formats of pictures.
public enum PictureFormat: String, Sendable, CaseIterable {
  /// Vectors with live text, in the browser and for editing.
  case svg
  /// Pixels.
  case png
  /// Vectors with live text, one page.
  case pdf

  /// A drawing in the format.
  ///
  /// - Parameter dpi: pixels per inch, for PNG only.
  /// - Throws: 74 when PNG or PDF is wanted and librsvg is missing, 64 for a resolution that gives too many pixels.
  public func bytes(of drawing: Drawing, dpi: Double = 300) throws(EvidenceError) -> [UInt8] {
    let svg = SVGRenderer.svg(drawing)
    let (width, height) = (drawing.width * drawing.scale, drawing.height * drawing.scale)
    switch self {
    case .svg: return Array(svg.utf8)
    case .png:
      let ground = drawing.background ?? Color(0xFFFFFF)
      let (columns, rows) = try Self.pixels(width, height, dpi: dpi)
      let png = try Librsvg().png(
        svg, width: columns, height: rows,
        ground: (Double(ground.red) / 255, Double(ground.green) / 255, Double(ground.blue) / 255))
      return PNGResolution.marked(png, dpi: dpi)
    case .pdf:
      return try Librsvg().pdf(
        svg, width: width, height: height, title: drawing.title, creator: "evidence \(version)")
    }
  }

  /// What a careful user should know of the picture on this machine; `nil` when there is nothing.
  public var remark: String? { self == .svg ? nil : InstalledFont().remark }

  /// Pixels across and down; cairo draws at most 32 767 in each direction.
  private static func pixels(_ width: Double, _ height: Double, dpi: Double) throws(EvidenceError) -> (Int, Int) {
    let size = [width, height].map { ($0 * dpi / 72).rounded() }
    let largest = size.max() ?? 0
    guard largest <= 32_767 else {
      let most = Int(32_767 * 72 / max(width, height))
      throw EvidenceError(
        .usage, "--dpi \(dpi.shortText) would make a picture of \(Int(size[0])) × \(Int(size[1])) pixels",
        hint: "choose --dpi \(most) at most, or write PDF or SVG")
    }
    return (max(1, Int(size[0])), max(1, Int(size[1])))
  }
}
