import EffectSizes
import Synthesis

/// A specification with what it gives, on the scale that papers print.
struct CheckCandidate: Sendable {
  /// Measure, method and inference by their codes.
  let measure, method, inference: String
  /// The continuity rule; `nil` for data without one.
  let add: Double?
  let to: String?
  let dropsDoubleZero: Bool
  /// The variance formula, and whether estimates are corrected for bias.
  let vtype: String?
  let correct: Bool?
  /// Tools whose defaults this is, and what is special about it.
  var conventions: [String]
  /// How unusual it is; see `CheckPrior`.
  var cost: Double
  /// Number of studies.
  let k: Int
  /// The numbers, as people read them.
  var values: [CheckFigure: Double]

  /// Whether two candidates give the same numbers.
  func agrees(with other: CheckCandidate) -> Bool {
    [CheckFigure.estimate, .lower, .upper].allSatisfy { figure in
      guard let a = values[figure], let b = other.values[figure] else { return false }
      return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-12)
    }
  }

  /// Whether the variance formula is the measure's own.
  var hasUsualVariance: Bool { vtype == nil || vtype == Measure.named(measure)?.varianceTypes.first?.rawValue }

  /// The candidate with the groups changed about.
  func swapped(isRatio: Bool) -> CheckCandidate {
    var other = self
    let turn: (Double) -> Double = isRatio ? { 1 / $0 } : { -$0 }
    other.values[.estimate] = values[.estimate].map(turn)
    other.values[.lower] = values[.upper].map(turn)
    other.values[.upper] = values[.lower].map(turn)
    other.conventions.append("groups changed about")
    other.cost += CheckPrior.swapped
    return other
  }

  /// The specification in one line.
  var words: String {
    var parts = ["\(measure), \(method)", inference]
    if let to, to != "none", let add { parts.append("\(add.shortText) added (\(to))") }
    if to == "none" { parts.append("no correction") }
    if dropsDoubleZero { parts.append("double zeros dropped") }
    if let vtype { parts.append("variance \(vtype)") }
    if correct == false { parts.append("no bias correction") }
    return (parts + conventions).joined(separator: ", ")
  }
}

/// How unusual a choice is among published reviews, as a cost: what is common costs little.
///
/// A judgement, not an estimate: review software's defaults first (DerSimonian–Laird and Mantel–Haenszel with normal
/// intervals and 0.5 for empty cells), then today's recommendations (REML, Hartung–Knapp), then what statistical packages
/// offer besides. Costs of the parts add up; ties keep the order in which specifications are tried.
enum CheckPrior {
  static func method(_ code: String) -> Double {
    let costs = ["DL": 0, "MH": 0.2, "REML": 0.3, "EE": 0.5, "PETO": 0.9, "PM": 1.5, "ML": 2, "HE": 2.5, "SJ": 2.5]
    return costs[code] ?? 3
  }

  static func inference(_ inference: Inference) -> Double {
    switch inference {
    case .normal: 0
    case .hartungKnapp: 0.7
    case .hartungKnappAdHoc: 1.6
    case .t: 2
    default: 3
    }
  }

  /// A measure that the text names, one that is read the same way, or another.
  static func measure(_ code: String, _ published: PublishedResult) -> Double {
    if published.measures.isEmpty { return 0 }
    guard let place = published.measures.firstIndex(of: code) else { return code == "GEN" ? 0.5 : 3 }
    return 0.8 * Double(place)
  }

  /// The continuity rule, the variance formula and the bias correction.
  static func effect(_ choice: EffectChoice) -> Double {
    var cost = 0.0
    if choice.to == CorrectionRule.none { cost += 0.6 } else if let to = choice.to, to != .onlyZero { cost += 1.5 }
    if let add = choice.add, add != 0.5 { cost += 2 }
    if choice.dropDoubleZero == true { cost += 0.3 }
    if choice.varianceType != nil { cost += 1.5 }
    if choice.correct == false { cost += 1 }
    return cost
  }

  static let swapped = 2.5
  /// Digits cut off instead of rounded.
  static let truncated = 3.0
  /// Needs the rounding of the inputs.
  static let withinRounding = 2.0
}
