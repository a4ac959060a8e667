/// A rule by which a number was cut to the digits that are printed.
public enum Rounding: String, CaseIterable, Sendable {
  /// To nearest, halves away from zero: 0.125 prints as 0.13. What people and spreadsheets do.
  case halfUp = "half-up"
  /// To nearest, halves to the even digit: 0.125 prints as 0.12 (IEEE 754, R, Python).
  case halfEven = "half-even"
  /// The rest is cut off, towards zero: 13.6 prints as 13.
  case truncation
  /// Away from zero to the next digit: 1.73 prints as 2. Usual for the number needed to treat alone.
  case up

  /// The rules that any number may have been printed by.
  public static let usual: [Rounding] = [.halfUp, .halfEven, .truncation]
  /// The rules to the nearest digit.
  public static let nearest: [Rounding] = [.halfUp, .halfEven]

  /// What is added to a sentence to name the rule: `rounding half up`, `truncation`.
  public var name: String {
    switch self {
    case .halfUp: "rounding half up"
    case .halfEven: "rounding half to even"
    case .truncation: "truncation"
    case .up: "rounding up"
    }
  }
}
