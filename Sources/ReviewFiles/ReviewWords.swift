/// The words of RevMan's files in one spelling, whichever version wrote them.
enum ReviewWords {
  /// In capitals, with `_` for blanks.
  private static func normalized(_ text: String) -> String {
    String(text.uppercased().map { $0 == " " || $0 == "\u{A0}" ? "_" : $0 })
  }

  /// MH, IV, PETO, EXP_O_E_VAR; another word stays as it is.
  static func method(_ text: String) -> String {
    let word = normalized(text)
    if word.hasPrefix("MANTEL") || word == "M-H" { return "MH" }
    if word.hasPrefix("INVERSE") { return "IV" }
    if word.hasPrefix("EXP") || word.hasPrefix("O-E") { return "EXP_O_E_VAR" }
    return word
  }

  /// RR, OR, RD, PETO_OR, MD, SMD, HR, IRR; another word stays as it is.
  static func measure(_ text: String) -> String {
    let word = normalized(text)
    if let code = measures[word] { return code }
    return word.hasPrefix("ODDS_RATIO") ? "OR" : word
  }

  private static let measures = [
    "ODDS_RATIO": "OR", "RISK_RATIO": "RR", "RELATIVE_RISK": "RR", "RISK_DIFFERENCE": "RD",
    "PETO_ODDS_RATIO": "PETO_OR", "MEAN_DIFFERENCE": "MD", "STD_MEAN_DIFFERENCE": "SMD",
    "STD._MEAN_DIFFERENCE": "SMD", "STANDARDIZED_MEAN_DIFFERENCE": "SMD", "STANDARDISED_MEAN_DIFFERENCE": "SMD",
    "HAZARD_RATIO": "HR", "RATE_RATIO": "IRR", "INCIDENCE_RATE_RATIO": "IRR",
  ]

  /// Measures that are pooled as logarithms.
  static let logMeasures: Set<String> = ["OR", "RR", "PETO_OR", "HR", "IRR"]
  /// Measures that are pooled as they are.
  static let plainMeasures: Set<String> = ["RD", "MD", "SMD"]

  /// Whether a word says yes; `nil` for a word that says neither.
  static func yes(_ text: String?) -> Bool? {
    switch text?.uppercased() {
    case "YES"?, "TRUE"?, "Y"?: true
    case "NO"?, "FALSE"?, "N"?: false
    default: nil
    }
  }

  /// Coverage from `95`, `95%` or `0.95`.
  static func level(_ text: String?) -> Double? {
    guard let text, let number = StoredNumber(String(text.filter { $0 != "%" })) else { return nil }
    let level = number.value > 1 ? number.value / 100 : number.value
    return level > 0 && level < 1 ? level : nil
  }
}
