public import EffectSizes

/// One absolute effect with its number needed to treat.
public struct NumberNeededRow: Sendable {
  /// What the effect is of, in words: a study, a baseline risk.
  public var label: String
  /// Data row from 1, when the row is a table of its own.
  public var row: Int?
  /// Whether the event is wanted.
  public var event: EventKind
  /// Events and people (or person-time) of the arms, experimental and control, when the row is a table of its own.
  public var counts: Counts?
  /// Risk, or rate, in the control and the experimental arm.
  public var baselineRisk, experimentalRisk: Double?
  /// The baseline risk's own interval, when it has one.
  public var baselineLimits: ConfidenceLimits?
  /// Experimental minus control.
  public var difference: AbsoluteDifference
  /// The number needed to treat.
  public var number: NumberNeeded
  /// How the interval was made, in words.
  public var method: String
  /// The same interval made in other ways, for comparison.
  public var others: [NamedLimits] = []
  /// Monte-Carlo errors of the limits, when they were drawn.
  public var monteCarloErrors: (lower: Double, upper: Double)?
  /// What a careful reader should know.
  public var remarks: [String] = []

  /// Counts of two arms; `total` is people or person-time.
  public struct Counts: Sendable, Equatable {
    /// Experimental arm.
    public var events1, total1: Double
    /// Control arm.
    public var events2, total2: Double
  }

  /// An interval with the way it was made.
  public struct NamedLimits: Sendable {
    /// Word and words of the way.
    public var code, name: String
    /// The limits of the difference.
    public var limits: ConfidenceLimits
    /// The number needed to treat with these limits.
    public var number: NumberNeeded
    /// Monte-Carlo errors of the limits, when they were drawn.
    public var monteCarloErrors: (lower: Double, upper: Double)?
  }
}

extension NumberNeededRow {
  /// A row from a relative effect at a baseline risk.
  init(
    _ effect: RelativeEffect, at baseline: BaselineRisk?, words: String, event: EventKind, request: NumberNeededRequest
  ) throws(EvidenceError) {
    guard let baseline else {
      let absolute = try absolutely { () throws(AbsoluteEffectError) in try effect.absolute(at: nil) }
      self.init(absolute, words, event, effect.measure.method)
      return
    }
    let (absolute, carried) = try absolutely { () throws(AbsoluteEffectError) in
      try effect.absolute(at: baseline, carrying: request.carrying, draws: request.draws)
    }
    let uncertain = baseline.uncertainty != .none && effect.measure.needsBaseline
    let carrying = uncertain ? "; " + request.carrying.name : ""
    self.init(absolute, words, event, effect.measure.method + carrying)
    monteCarloErrors = carried.monteCarloErrors
    guard baseline.uncertainty != .none else { return }
    baselineLimits = baseline.limits
    guard uncertain else { return }
    for way in BaselineCarrying.all where request.showsEveryWay || way.code == "fixed" {
      guard way.code != request.carrying.code else { continue }
      let (other, otherCarried) = try absolutely { () throws(AbsoluteEffectError) in
        try effect.absolute(at: baseline, carrying: way, draws: request.draws)
      }
      others.append(
        NamedLimits(
          code: way.code, name: way.name, limits: other.difference.limits,
          number: NumberNeeded(other.difference, event: event), monteCarloErrors: otherCarried.monteCarloErrors))
    }
  }

  private init(_ absolute: AbsoluteEffect, _ words: String, _ event: EventKind, _ method: String) {
    label = words
    self.event = event
    baselineRisk = absolute.baselineRisk
    experimentalRisk = absolute.experimentalRisk
    difference = absolute.difference
    number = NumberNeeded(absolute.difference, event: event)
    self.method = method
    remarks = absolute.remarks.map(\.message)
  }
}
