/// A judgement of the risk of bias, drawn as a light with a sign so that it reads without colour.
public enum RiskOfBias: Int, Sendable, CaseIterable {
  /// Low risk: green, "+".
  case low
  /// Some concerns, or moderate risk: yellow, "–".
  case some
  /// High or serious risk: red, "×".
  case high
  /// Critical risk: dark red, "!".
  case critical
  /// Unclear, or no information: grey, "?".
  case unclear

  /// The judgement in the words and signs that reviews use; `nil` for other words.
  public init?(word: String) {
    var text = word.lowercased()
    for ending in [" of bias", " risk", " concern"] where text.hasSuffix(ending) { text.removeLast(ending.count) }
    switch text {
    case "low", "l", "+", "y", "yes": self = .low
    case "some", "some concerns", "moderate", "s", "m", "-", "–": self = .some
    case "high", "serious", "h", "x", "×", "n", "no": self = .high
    case "critical", "c", "!": self = .critical
    case "unclear", "u", "?", "ni", "no information": self = .unclear
    default: return nil
    }
  }

  /// The judgement in a word, for a key.
  public var name: String {
    switch self {
    case .low: "low"
    case .some: "some concerns"
    case .high: "high"
    case .critical: "critical"
    case .unclear: "unclear"
    }
  }

  /// The sign that is drawn.
  public var sign: String {
    switch self {
    case .low: "+"
    case .some: "–"
    case .high: "×"
    case .critical: "!"
    case .unclear: "?"
    }
  }

  var fill: Color {
    switch self {
    case .low: Color(0x02C100)
    case .some: Color(0xE2DF07)
    case .high: Color(0xE0301E)
    case .critical: Color(0x8E1B10)
    case .unclear: Color(0xB0B0B0)
    }
  }

  /// Colour of the sign on the fill.
  var ink: Color { self == .critical || self == .high ? Color(0xFFFFFF) : Color(0x000000) }
}

extension ForestLayout {
  mutating func drawLight(_ judgement: RiskOfBias, x: Double, y: Double) {
    drawing.items.append(
      .circle(center: .init(x, y), radius: 0.58 * em, paint: .init(fill: judgement.fill)))
    text(
      judgement.sign, x: x, y: y + 0.3 * em, anchor: .middle, bold: true, color: judgement.ink, size: 0.85 * em)
  }
}
