/// Widths of text set in a Helvetica-compatible face, so that every picture can be laid out before it is drawn.
///
/// Latin, Greek, Cyrillic and Hebrew letters and the signs of statistics have their exact advance widths. Other scripts
/// get a width that is safe in common fonts: one em for East Asian letters, nothing for combining marks.
public enum TextMetrics {
  /// Height of a line's letters above and below the baseline, in em.
  public static let ascent = 0.73
  /// Depth of descenders below the baseline, in em.
  public static let descent = 0.22

  /// Width of a text at a font size, in the unit of the size.
  public static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
    let latin = bold ? GlyphWidths.runs[0].bold : GlyphWidths.runs[0].regular
    var thousandths = 0
    var isLatin = true
    for byte in text.utf8 {
      guard byte >= 0x20, byte < 0x7F else {
        isLatin = false
        break
      }
      thousandths += Int(latin[Int(byte) - 0x20])
    }
    if !isLatin { thousandths = text.unicodeScalars.reduce(0) { $0 + advance($1, bold: bold) } }
    return Double(thousandths) * size / 1000
  }

  private static func advance(_ scalar: Unicode.Scalar, bold: Bool) -> Int {
    let value = scalar.value
    for run in GlyphWidths.runs {
      if value < run.first { break }
      let index = Int(value - run.first)
      if index < run.regular.count { return Int(bold ? run.bold[index] : run.regular[index]) }
    }
    switch ScalarClass(scalar) {
    case .zero: return 0
    case .wide: return 1000
    case .narrow: return bold ? 760 : 700
    }
  }
}
