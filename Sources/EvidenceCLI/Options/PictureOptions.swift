import ArgumentParser
import Engine
import Plots
import TableIO

/// How a picture looks whatever it shows: shared by the commands that draw.
struct PictureOptions: ParsableArguments {
  @Option(help: "light or dark.")
  var theme = "light"

  @Option(help: "Greatest width: millimetres, or 18cm, 7in; as wide as the texts need otherwise.")
  var width: String?

  @Option(help: "Size of the type in points, 8.5 unless chosen.")
  var fontSize: Double?

  @Option(help: "Pixels per inch of a PNG, 300 unless chosen.")
  var dpi: Double?

  /// The formats of data and pictures, the default for figures first.
  static let formats = PictureFormat.allCases.map(\.rawValue) + ["json", "csv"]

  /// The look that the options make.
  func look() throws(EvidenceError) -> PictureLook {
    let millimetres = try width.map { text throws(EvidenceError) in try Self.millimetres(text) }
    return try PictureLook(theme: theme, width: millimetres, fontSize: fontSize)
  }

  /// A length in millimetres, centimetres, inches or points.
  private static func millimetres(_ text: String) throws(EvidenceError) -> Double {
    let units = [("mm", 1), ("cm", 10), ("in", 25.4), ("pt", 25.4 / 72), ("", 1)]
    for (unit, factor) in units where text.hasSuffix(unit) {
      if let number = Double(text.dropLast(unit.count).filter { $0 != " " }) { return number * factor }
    }
    throw EvidenceError(
      .usage, "--width expects a length such as 180, 180mm, 18cm or 7in, got \(text)")
  }

  /// Writes a picture, or its data.
  func write(_ picture: any Picture, format: String, to output: OutputOptions) throws(EvidenceError) {
    let kind = PictureFormat(rawValue: format)
    if dpi != nil, kind != .png {
      throw EvidenceError(
        .usage, "--dpi is for PNG; \(format) has no pixels", hint: "add --format png or -o figure.png")
    }
    if let dpi, !(dpi >= 10 && dpi <= 2400) {
      throw EvidenceError(.usage, "--dpi must lie between 10 and 2400", hint: "journals ask for 300 to 600")
    }
    if kind == .png || kind == .pdf, output.output == nil, Terminal.isInteractive {
      throw EvidenceError(.usage, "\(format) is not for a terminal", hint: "add -o figure.\(format)")
    }
    let bytes: [UInt8] =
      switch format {
      case "json": JSONText.document(picture.json)
      case "csv": picture.csv()
      default: try (kind ?? .svg).bytes(of: picture.drawing, dpi: dpi ?? 300)
      }
    if let remark = kind?.remark { output.warn([remark], format: format) }
    try output.write(bytes)
  }
}
