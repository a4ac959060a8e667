import EffectSizes

/// A pooled result as a paper prints it, ready to be compared: each number with the reals that print so.
public struct PublishedResult: Sendable {
  /// The text.
  public let text: String
  /// What the text calls the estimate: RR, OR, SMD, …; `nil` when it does not.
  public let label: String?
  /// Coverage of the interval, when the text names it.
  public let level: Double?
  /// The numbers, in a fixed order.
  let figures: [(figure: CheckFigure, number: PrintedNumber)]
  /// Number of studies, when the text names it.
  let studies: Int?

  /// Reads a text such as `RR 0.10 [0.04, 0.30], I² = 0%`.
  /// - Throws: 64 when there is no estimate in it.
  public init(_ text: String) throws(EvidenceError) {
    let statement = PrintedStatement(text)
    let effects = statement.quantities.filter { !["P", "z", "t", "chi2"].contains($0.label ?? "") }
    guard let effect = effects.first else {
      throw EvidenceError(
        .usage, "--published \"\(text)\": there is no estimate in it",
        hint: "write it as the paper does, such as 'RR 0.10 [0.04, 0.30]' or 'SMD -0.45 (-0.80 to -0.10), I² = 40%'")
    }
    self.text = text
    label = effect.label
    level = effect.interval?.level
    let isPercent = effect.estimate.isPercent
    func plain(_ number: PrintedNumber) -> PrintedNumber {
      guard isPercent else { return number }
      return (number.isPercent ? number : PrintedNumber("\(number)%") ?? number).asProportion
    }
    var figures: [(CheckFigure, PrintedNumber)] = [(.estimate, plain(effect.estimate))]
    if let interval = effect.interval {
      figures += [(.lower, plain(interval.lower)), (.upper, plain(interval.upper))]
    }
    if let p = effect.p ?? statement.quantities.first(where: { $0.label == "P" })?.estimate { figures.append((.p, p)) }
    if let number = statement.fact("I2") { figures.append((.iSquared, number)) }
    if let number = statement.fact("tau2") { figures.append((.tauSquared, number)) }
    let chi = statement.quantities.first { $0.label == "chi2" }?.estimate
    if let number = statement.fact("Q") ?? chi { figures.append((.q, number)) }
    self.figures = figures
    studies = (statement.fact("studies") ?? statement.fact("k")).flatMap { Int(exactly: $0.value) }
  }

  /// Measures that a label can stand for, the likeliest first; empty for a label that says nothing.
  var measures: [String] {
    switch label?.uppercased() {
    case "RR"?: ["RR"]
    case "OR"?: ["OR", "PETO"]
    case "RD"?, "ARR"?: ["RD"]
    case "IRR"?: ["IRR"]
    case "HR"?: ["HR"]
    case "MD"?: ["MD"]
    case "SMD"?, "D"?, "G"?, "DELTA"?: ["SMD", "SMDH", "SMD1", "SMD1H"]
    default: []
    }
  }
}

/// The numbers of a pooled result that a paper prints.
enum CheckFigure: String, CaseIterable, Sendable {
  case estimate, lower = "ci_lower", upper = "ci_upper", p, iSquared = "i2", tauSquared = "tau2", q

  /// What people call it.
  var name: String {
    switch self {
    case .estimate: "estimate"
    case .lower: "CI lower"
    case .upper: "CI upper"
    case .p: "P"
    case .iSquared: "I²"
    case .tauSquared: "tau²"
    case .q: "Q"
    }
  }
}
