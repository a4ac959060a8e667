public import EffectSizes

/// Baseline risks as the command line names them.
///
/// A list with commas of: a risk (`0.2` or `20%`), counts (`12/60`), an interval (`0.1-0.3`, with its risk `0.2[0.1-0.3]`), a
/// grid (`0.05:0.5:0.05`), and the control arms of the data (`controls`, `controls:range`, `controls:total`,
/// `controls:pooled`).
public struct BaselineRequest: Sendable, Equatable {
  /// One entry of the list.
  public enum Item: Sendable, Equatable {
    /// A risk with the words it was given in.
    case risk(BaselineRisk, String)
    /// Risks of the control arms of the data.
    case controls(ControlSummary)
  }

  /// Which risks of the control arms.
  public enum ControlSummary: String, Sendable, CaseIterable {
    /// The middle one.
    case median
    /// The smallest, the middle and the largest one.
    case range
    /// All events over all people, a binomial sample.
    case total
    /// The average of a mixed logistic model of the arms.
    case pooled
  }

  /// The entries in order.
  public var items: [Item]

  /// Entries made by the caller.
  public init(items: [Item]) { self.items = items }

  /// Reads a list of risks, or of survivals when the entries say who does not have the event.
  /// - Throws: 64 that names the entry.
  public init(parsing text: String, level: Double, areSurvivals: Bool = false) throws(EvidenceError) {
    let option = areSurvivals ? "--baseline-survival" : "--baseline-risk"
    items = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let entry = String(part).trimmingBlanks
      if let controls = try BaselineRequest.controls(entry, option), !areSurvivals {
        items.append(.controls(controls))
        continue
      }
      for risk in try BaselineEntry(entry, option: option, level: level).risks() {
        items.append(
          .risk(areSurvivals ? try absolutely { () throws(AbsoluteEffectError) in try risk.complement() } : risk, entry)
        )
      }
    }
  }

  /// The risk by a time at a constant rate of events, 1 − e^(−rate · time); the rate is per unit of `time`.
  /// - Throws: 64 for a rate below 0 or a time that is not positive.
  public static func rate(_ rate: Double, time: Double) throws(EvidenceError) -> BaselineRequest {
    let risk = try absolutely { () throws(AbsoluteEffectError) in try BaselineRisk.rate(rate, time: time) }
    return BaselineRequest(items: [.risk(risk, "rate \(rate.shortText) over \(time.shortText)")])
  }

  /// The share of controls beyond a minimal important difference, Φ((mean − threshold)/SD), all in units of the scale.
  /// - Throws: 64 unless the standard deviation is positive.
  public static func beyond(
    threshold: Double, mean: Double, standardDeviation: Double
  ) throws(EvidenceError) -> BaselineRequest {
    let risk = try absolutely { () throws(AbsoluteEffectError) in
      try BaselineRisk.beyond(threshold: threshold, mean: mean, standardDeviation: standardDeviation)
    }
    let words = "controls beyond \(threshold.shortText), mean \(mean.shortText), SD \(standardDeviation.shortText)"
    return BaselineRequest(items: [.risk(risk, words)])
  }

  /// Whether an entry asks for the control arms of the data.
  public var needsControls: Bool {
    items.contains { if case .controls = $0 { true } else { false } }
  }

  /// Every risk moved from the time it was given for to another, at a constant hazard; times in one unit.
  /// - Throws: 64 for times that are not positive, and for risks of the control arms, whose time is not known.
  public func rescaled(from time: Double, to horizon: Double) throws(EvidenceError) -> BaselineRequest {
    var moved = [Item]()
    for item in items {
      guard case .risk(let risk, let words) = item else {
        throw EvidenceError(
          .usage, "--horizon moves risks that are given, not those of the control arms",
          hint: "give the risk with --baseline-risk")
      }
      moved.append(
        .risk(
          try absolutely { () throws(AbsoluteEffectError) in try risk.rescaled(from: time, to: horizon) },
          "\(words) by \(time.shortText), moved to \(horizon.shortText)"))
    }
    return BaselineRequest(items: moved)
  }

  private static func controls(_ entry: String, _ option: String) throws(EvidenceError) -> ControlSummary? {
    guard entry.hasPrefix("controls") else { return nil }
    if entry == "controls" { return .median }
    if entry.hasPrefix("controls:"), let summary = ControlSummary(rawValue: String(entry.dropFirst(9))) {
      return summary
    }
    throw EvidenceError(
      .usage, "\(option): \"\(entry)\" is not known",
      hint: "choose from controls, " + ControlSummary.allCases.map { "controls:" + $0.rawValue }.joined(separator: ", ")
    )
  }
}

/// One entry that is made of numbers.
private struct BaselineEntry {
  let text, option: String
  let level: Double

  /// Most points of a grid: a figure has no more pixels, and a typing slip should not fill the memory.
  private static let gridLimit = 10_000

  init(_ text: String, option: String, level: Double) {
    self.text = text
    self.option = option
    self.level = level
  }

  func risks() throws(EvidenceError) -> [BaselineRisk] {
    if let value = BaselineEntry.number(text) {
      return [try risk { () throws(AbsoluteEffectError) in try .known(value) }]
    }
    if let counts = pair(text, "/") {
      return [
        try risk { () throws(AbsoluteEffectError) in
          try .counts(events: counts.first, total: counts.second, level: level)
        }
      ]
    }
    if text.hasSuffix("]"), let open = text.firstIndex(of: "[") {
      let inner = String(text[text.index(after: open)...].dropLast())
      if let value = BaselineEntry.number(String(text[..<open])), let ends = limits(inner) {
        return [try risk { () throws(AbsoluteEffectError) in try .interval(ends, value: value, level: level) }]
      }
    }
    if let ends = limits(text) {
      return [try risk { () throws(AbsoluteEffectError) in try .interval(ends, level: level) }]
    }
    if text.contains(":") { return try grid() }
    throw refused
  }

  private var refused: EvidenceError {
    EvidenceError(
      .usage, "\(option): \"\(text)\" is not a risk",
      hint:
        "give 0.2, 12/60, 0.1-0.3, 0.2[0.1-0.3], 0.05:0.5:0.05, controls or controls:range, with commas between them")
  }

  private func risk(
    _ make: () throws(AbsoluteEffectError) -> BaselineRisk
  ) throws(EvidenceError) -> BaselineRisk {
    do throws(AbsoluteEffectError) { return try make() } catch {
      throw EvidenceError(.usage, "\(option) \(text): \(error.description)", hint: error.hint)
    }
  }

  private func grid() throws(EvidenceError) -> [BaselineRisk] {
    let parts = text.split(separator: ":").map { BaselineEntry.number(String($0)) }
    guard parts.count == 3, let from = parts[0], let to = parts[1], let step = parts[2], step > 0, from <= to else {
      throw refused
    }
    guard (to - from) / step < Double(BaselineEntry.gridLimit) else {
      throw EvidenceError(.usage, "\(option): the grid \(text) has more than \(BaselineEntry.gridLimit) points")
    }
    let count = Int(((to - from) / step * (1 + 1e-12)).rounded(.down))
    var result = [BaselineRisk]()
    for i in 0...count {
      // A multiple of the step, rounded to the decimals that a person would have typed.
      let value = (from + Double(i) * step)
      let typed = (value * 1e12).rounded() / 1e12
      result.append(try risk { () throws(AbsoluteEffectError) in try .known(min(typed, to)) })
    }
    return result
  }

  private func limits(_ text: String) -> ConfidenceLimits? {
    guard let ends = pair(text, "–") ?? pair(text, "-") else { return nil }
    return ConfidenceLimits(lower: ends.first, upper: ends.second)
  }

  private func pair(_ text: String, _ separator: Character) -> (first: Double, second: Double)? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let first = BaselineEntry.number(parts[0]), let second = BaselineEntry.number(parts[1])
    else {
      return nil
    }
    return (first, second)
  }

  /// A finite number, or a percentage.
  private static func number(_ text: String) -> Double? {
    let text = text.trimmingBlanks
    guard text.allSatisfy({ $0.isASCII && !"xXpPnN".contains($0) }) else { return nil }
    if text.hasSuffix("%") { return Double(text.dropLast()).map { $0 / 100 } }
    return Double(text)
  }
}

extension String {
  /// Without blanks at the ends.
  fileprivate var trimmingBlanks: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
