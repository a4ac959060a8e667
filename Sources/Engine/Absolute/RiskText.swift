import TableIO

/// Risks and differences of risks as people read them.
enum RiskText {
  /// A risk in per cent: one decimal, and below 1% two significant digits.
  static func percent(_ risk: Double?) -> String {
    guard let risk, risk.isFinite else { return "—" }
    let value = 100 * risk
    if value > 0, value < 0.95 { return NumberText.plain.significant(value, digits: 2) + "%" }
    return NumberText.plain.fixed(value, decimals: 1) + "%"
  }

  /// `154 fewer`, `12 more`, `no difference` of so many people.
  static func difference(_ difference: Double, per people: Double) -> String {
    if difference.isNaN { return "—" }
    return difference == 0 ? "no difference" : number(difference, people) + " " + word(difference)
  }

  /// `221 fewer to 45 fewer`, `30 fewer to 9 more`, of so many people.
  static func range(_ lower: Double, _ upper: Double, per people: Double) -> String {
    if lower.isNaN || upper.isNaN { return "—" }
    return [lower, upper].map { number($0, people) + " " + word($0) }.joined(separator: " to ")
  }

  /// Whole people, with a decimal below ten.
  private static func number(_ difference: Double, _ people: Double) -> String {
    let value = abs(people * difference)
    return NumberText.plain.fixed(value, decimals: value < 9.95 && value > 0 ? 1 : 0)
  }

  private static func word(_ difference: Double) -> String { difference > 0 ? "more" : "fewer" }
}

extension RiskText {
  /// `63 per 1000`.
  static func people(_ risk: Double, per people: Double) -> String { whole(risk, people) + " per " + base(people) }

  /// Whole people, halves to even.
  static func whole(_ risk: Double, _ people: Double) -> String {
    risk.isNaN ? "—" : NumberText.plain.fixed(risk * people, decimals: 0)
  }

  /// `1000`, `10 000`.
  static func base(_ people: Double) -> String {
    var text = NumberText.plain
    text.thousands = people >= 10_000 ? " " : ""
    return text.fixed(people, decimals: 0)
  }
}
