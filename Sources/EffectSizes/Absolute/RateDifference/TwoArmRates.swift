/// Events and person-time in two arms; the experimental arm is first.
public struct TwoArmRates: Sendable, Equatable {
  /// Events and person-time in the experimental arm.
  public let events1, time1: Double
  /// Events and person-time in the control arm.
  public let events2, time2: Double

  /// Rates of two arms; throws unless events ≥ 0 and times > 0.
  public init(events1: Double, time1: Double, events2: Double, time2: Double) throws(AbsoluteEffectError) {
    for (arm, events, time) in [("experimental arm", events1, time1), ("control arm", events2, time2)] {
      guard time > 0, time.isFinite else { throw .impossibleTime(arm: arm, time: time) }
      guard events >= 0, events.isFinite else { throw .impossibleCounts(arm: arm, events: events, total: .infinity) }
    }
    self.events1 = events1
    self.time1 = time1
    self.events2 = events2
    self.time2 = time2
  }

  /// Rates per unit of person-time, experimental and control.
  public var rate1: Double { events1 / time1 }
  /// Rate in the control arm.
  public var rate2: Double { events2 / time2 }
  /// λ₁ − λ₂, from one division.
  public var rateDifference: Double { (events1 * time2 - events2 * time1) / (time1 * time2) }
}
