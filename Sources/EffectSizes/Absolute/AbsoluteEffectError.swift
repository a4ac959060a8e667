/// Why an absolute effect or an interval of it could not be computed.
public enum AbsoluteEffectError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A risk that is not between 0 and 1.
  case riskOutOfRange(what: String, value: Double)
  /// Counts of an arm that cannot be: no people, negative events, more events than people.
  case impossibleCounts(arm: String, events: Double, total: Double)
  /// A person-time that is not positive.
  case impossibleTime(arm: String, time: Double)
  /// A level of confidence that is not between 0 and 1.
  case levelOutOfRange(Double)
  /// An effect outside its measure's domain, such as a ratio that is not positive.
  case effectOutOfDomain(measure: String, what: String, value: Double, expected: String)
  /// An interval whose lower limit is above its upper limit.
  case limitsReversed(what: String, lower: Double, upper: Double)
  /// An interval that does not hold the estimate it belongs to.
  case estimateOutsideLimits(what: String, estimate: Double, lower: Double, upper: Double)
  /// A measure that needs a baseline risk has none.
  case baselineMissing(measure: String)
  /// A quantity that must be positive and is not.
  case notPositive(what: String, value: Double)
  /// An exact interval that would take too long.
  case tableTooLarge(people: Double, limit: Int)
  /// An iteration that did not settle.
  case notConverged(what: String)

  /// What is wrong, with the value.
  public var description: String {
    switch self {
    case .riskOutOfRange(let what, let value): "\(what) must be a risk between 0 and 1, got \(value)"
    case .impossibleCounts(let arm, let events, let total):
      "\(arm): \(events) events of \(total) people cannot be; expected 0 ≤ events ≤ people and at least one person"
    case .impossibleTime(let arm, let time): "\(arm): person-time must be positive, got \(time)"
    case .levelOutOfRange(let level): "the level of confidence must be between 0 and 1, got \(level)"
    case .effectOutOfDomain(let measure, let what, let value, let expected):
      "\(measure): the \(what) must be \(expected), got \(value)"
    case .limitsReversed(let what, let lower, let upper):
      "\(what): the lower limit \(lower) is above the upper limit \(upper)"
    case .estimateOutsideLimits(let what, let estimate, let lower, let upper):
      "\(what): the interval from \(lower) to \(upper) does not hold the estimate \(estimate)"
    case .baselineMissing(let measure): "\(measure): a baseline risk is needed to give an absolute effect"
    case .notPositive(let what, let value): "\(what) must be positive and finite, got \(value)"
    case .tableTooLarge(let people, let limit):
      "the exact interval is limited to \(limit) people, the table has \(people)"
    case .notConverged(let what): "\(what) did not converge"
    }
  }

  /// What to try instead.
  public var hint: String? {
    switch self {
    case .riskOutOfRange: "give a proportion such as 0.2, not a percentage"
    case .impossibleCounts, .impossibleTime: "check the counts of this row and which columns they were read from"
    case .levelOutOfRange: "0.95 gives a 95% interval"
    case .effectOutOfDomain: "give the effect on the scale people read: an odds ratio, not its logarithm"
    case .limitsReversed: "give the lower limit first"
    case .estimateOutsideLimits: "check that estimate and limits are on the same scale and were typed right"
    case .baselineMissing: "give the risk of the event without the treatment"
    case .notPositive: nil
    case .tableTooLarge: "for a table of this size the Miettinen–Nurminen interval is as good"
    case .notConverged: "use the Newcombe interval, which is in closed form"
    }
  }
}
