/// The risks of the control arms of a set of trials, as baseline risks.
public struct ControlArms: Sendable {
  /// Events and people of each control arm.
  public let events, totals: [Double]
  private let sortedRisks: [Double]

  /// The arms; throws when there is none, or when counts cannot be.
  public init(events: [Double], totals: [Double]) throws(AbsoluteEffectError) {
    guard !events.isEmpty, events.count == totals.count else { throw .baselineMissing(measure: "control arms") }
    var risks: [Double] = []
    for i in events.indices {
      try TwoArmCounts.check("control arm \(i + 1)", events[i], totals[i])
      risks.append(events[i] / totals[i])
    }
    self.events = events
    self.totals = totals
    sortedRisks = risks.sorted()
  }

  /// The middle risk, or the mean of the two middle ones.
  public var median: Double {
    let k = sortedRisks.count
    return k % 2 == 1 ? sortedRisks[k / 2] : 0.5 * (sortedRisks[k / 2 - 1] + sortedRisks[k / 2])
  }

  /// The smallest and the largest risk.
  public var range: ClosedRange<Double> { sortedRisks[0]...sortedRisks[sortedRisks.count - 1] }

  /// All events over all people.
  public var totalRisk: Double { totalEvents / totalPeople }
  /// Sum of the events.
  public var totalEvents: Double { events.reduce(0, +) }
  /// Sum of the people.
  public var totalPeople: Double { totals.reduce(0, +) }
}
