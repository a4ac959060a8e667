import EffectSizes

/// How sure a panel is of the evidence, as GRADE words it. Only people can say so; nothing here works it out.
public enum Certainty: String, Sendable, CaseIterable {
  case high, moderate, low
  case veryLow = "very-low"

  /// The four circles with the word.
  public var symbol: String {
    switch self {
    case .high: "⊕⊕⊕⊕ high"
    case .moderate: "⊕⊕⊕◯ moderate"
    case .low: "⊕⊕◯◯ low"
    case .veryLow: "⊕◯◯◯ very low"
    }
  }
}

/// Everything `evidence sof` needs to know: an effect, its baseline risks, and the words of a summary-of-findings row.
public struct FindingsRequest: Sendable {
  /// The effect and the baseline risks.
  public var effect: NumberNeededRequest
  /// What is counted or measured.
  public var outcome: String?
  /// Names of the two sides.
  public var intervention = "intervention", comparator = "comparator"
  /// The panel's certainty.
  public var certainty: Certainty?
  /// People and studies, where no file says so.
  public var participants, studyCount: Int?
  /// People that risks are counted in; chosen by the risk when `nil`.
  public var per: Double?

  /// A request with every default.
  public init(effect: NumberNeededRequest) { self.effect = effect }
}
