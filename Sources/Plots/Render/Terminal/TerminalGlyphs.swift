/// The characters a plot in a terminal is made of.
public struct TerminalGlyphs: Sendable, Equatable {
  /// Ends of a study's interval, whole and going on beyond the axis.
  var intervalStart, intervalEnd, clippedStart, clippedEnd: Character
  /// The line of an interval, and where it crosses the line of no effect.
  var interval, crossing: Character
  /// A study's estimate, by weight from light to heavy.
  var squares: [Character]
  /// A pooled estimate: its ends, its line and its middle.
  var diamondStart, diamondEnd, diamond, diamondMiddle: Character
  /// A prediction interval.
  var predictionStart, predictionEnd, prediction: Character
  /// The line of no effect, the axis, its ticks, and the rule under the headings.
  var null, axis, tick, rule: Character
  /// What stands for the rest of a text that was cut.
  var ellipsis: String
  /// Whether texts are written without characters beyond ASCII.
  var isASCII: Bool

  /// Box-drawing characters.
  public static let unicode = TerminalGlyphs(
    intervalStart: "├", intervalEnd: "┤", clippedStart: "◀", clippedEnd: "▶", interval: "─", crossing: "┼",
    squares: ["▪", "■"], diamondStart: "◁", diamondEnd: "▷", diamond: "═", diamondMiddle: "◆",
    predictionStart: "╞", predictionEnd: "╡", prediction: "═", null: "│", axis: "─", tick: "┬", rule: "─",
    ellipsis: "…", isASCII: false)

  /// Characters that any terminal has.
  public static let ascii = TerminalGlyphs(
    intervalStart: "|", intervalEnd: "|", clippedStart: "<", clippedEnd: ">", interval: "-", crossing: "+",
    squares: ["o", "#"], diamondStart: "(", diamondEnd: ")", diamond: "=", diamondMiddle: "*",
    predictionStart: "[", predictionEnd: "]", prediction: "=", null: ":", axis: "-", tick: "+", rule: "-",
    ellipsis: "...", isASCII: true)
}

/// Writes texts with ASCII characters only.
package enum ASCIIText {
  /// Signs of statistics get their usual spellings, letters with accents lose them where they are common, other
  /// characters become "?".
  package static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      if scalar.value < 0x80 {
        out.unicodeScalars.append(scalar)
      } else if let spelling = signs[scalar] {
        out += spelling
      } else if let index = accented.firstIndex(of: scalar) {
        out.unicodeScalars.append(plain[index])
      } else if ScalarClass(scalar) != .zero {
        out += "?"
      }
    }
    return out
  }

  private static let signs: [Unicode.Scalar: String] = [
    "−": "-", "–": "-", "—": "-", "‐": "-", "×": "x", "²": "^2", "τ": "tau", "χ": "chi", "≤": "<=", "≥": ">=",
    "∞": "Inf", "…": "...", "’": "'", "‘": "'", "“": "\"", "”": "\"", "\u{A0}": " ", "·": "*", "±": "+/-", "μ": "mu",
    "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8", "₉": "9", "⁰": "^0",
    "¹": "^1", "³": "^3", "⁴": "^4", "⁵": "^5", "⁶": "^6", "⁷": "^7", "⁸": "^8", "⁹": "^9", "⁻": "^-", "ß": "ss",
    "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
  ]

  private static let accented = Array(
    "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïðñòóôõöøùúûüýÿĀāĂăĄąĆćČčĎďĐđĒēĘęĚěĞğĪīİıĽľŁłŃńŇňŌōŐőŘřŚśŞşŠšŤťŪūŮůŰűŹźŻżŽž"
      .unicodeScalars)
  private static let plain = Array(
    "AAAAAACEEEEIIIIDNOOOOOOUUUUYaaaaaaceeeeiiiidnoooooouuuuyyAaAaAaCcCcDdDdEeEeEeGgIiIiLlLlNnNnOoOoRrSsSsSsTtUuUuUuZzZzZz"
      .unicodeScalars)
}
