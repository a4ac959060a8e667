/// Events and people in two arms; the experimental arm is first.
public struct TwoArmCounts: Sendable, Equatable {
  /// Events and people in the experimental arm.
  public let events1, total1: Double
  /// Events and people in the control arm.
  public let events2, total2: Double

  /// Counts of two arms; throws unless 0 ≤ events ≤ people and both arms have people.
  public init(
    events1: Double, total1: Double, events2: Double, total2: Double
  ) throws(AbsoluteEffectError) {
    try TwoArmCounts.check("experimental arm", events1, total1)
    try TwoArmCounts.check("control arm", events2, total2)
    self.events1 = events1
    self.total1 = total1
    self.events2 = events2
    self.total2 = total2
  }

  private init(valid events1: Double, _ total1: Double, _ events2: Double, _ total2: Double) {
    self.events1 = events1
    self.total1 = total1
    self.events2 = events2
    self.total2 = total2
  }

  /// Risk in the experimental arm.
  public var risk1: Double { events1 / total1 }
  /// Risk in the control arm.
  public var risk2: Double { events2 / total2 }
  /// p₁ − p₂, from one division, so that equal risks give exactly zero.
  public var riskDifference: Double { (events1 * total2 - events2 * total1) / (total1 * total2) }

  /// The same people counted by the opposite event: the risk difference changes its sign.
  public var complement: TwoArmCounts {
    TwoArmCounts(valid: total1 - events1, total1, total2 - events2, total2)
  }
  /// The arms exchanged: the risk difference changes its sign.
  public var swapped: TwoArmCounts { TwoArmCounts(valid: events2, total2, events1, total1) }

  static func check(_ arm: String, _ events: Double, _ total: Double) throws(AbsoluteEffectError) {
    guard events >= 0, total > 0, events <= total, total.isFinite else {
      throw .impossibleCounts(arm: arm, events: events, total: total)
    }
  }
}
