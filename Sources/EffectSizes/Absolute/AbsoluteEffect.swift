/// What a careful reader should know about an absolute effect.
public enum AbsoluteEffectRemark: Sendable, Equatable {
  /// The ratio takes the baseline risk, or a limit of it, above 1; it was held there.
  case riskHeldAtOne
  /// The risk difference does not fit the baseline risk, so the experimental risk was left out.
  case impossibleRisk(Double)

  /// The remark as a sentence.
  public var message: String {
    switch self {
    case .riskHeldAtOne: "the effect takes the risk above 1 at this baseline risk; the risk was held at 1"
    case .impossibleRisk(let risk):
      "the risk difference would make the experimental risk \(risk) at this baseline risk, which cannot be; only the "
        + "difference is given"
    }
  }
}

/// What a relative effect comes to at a baseline risk.
public struct AbsoluteEffect: Sendable {
  /// Risk without the treatment; `nil` when the measure needs none and none was given.
  public let baselineRisk: Double?
  /// Risk with the treatment; `nil` when there is no baseline risk, or when the difference does not fit it.
  public let experimentalRisk: Double?
  /// Experimental minus control, with its interval.
  public let difference: AbsoluteDifference
  /// What a careful reader should know.
  public let remarks: [AbsoluteEffectRemark]

  /// The difference in people per 1000, with its sign.
  public var per1000: Double { 1000 * difference.value }
  /// The limits of that difference per 1000.
  public var per1000Limits: ConfidenceLimits {
    ConfidenceLimits(lower: 1000 * difference.limits.lower, upper: 1000 * difference.limits.upper)
  }
}

extension RelativeEffect {
  /// The absolute effect at a baseline risk taken as known: estimate and limits go through the measure's formula.
  ///
  /// `baseline` may be `nil` for measures that need none. At a baseline of 0 or 1 a relative effect changes nothing.
  /// Throws when a needed baseline is missing or is not between 0 and 1. Source: Cochrane Handbook (version 6), 15.4.4.
  public func absolute(at baseline: Double?) throws(AbsoluteEffectError) -> AbsoluteEffect {
    guard let baseline else {
      guard measure.link.ignoresBaseline else { throw .baselineMissing(measure: measure.name) }
      return assemble(baseline: nil, limits: fixedLimits(at: .nan))
    }
    guard baseline >= 0, baseline <= 1 else { throw .riskOutOfRange(what: "the baseline risk", value: baseline) }
    return assemble(baseline: baseline, limits: fixedLimits(at: baseline))
  }

  /// The limits with the baseline risk held fixed.
  func fixedLimits(at baseline: Double) -> ConfidenceLimits {
    guard hasLimits else { return limits }
    return ConfidenceLimits(
      ends: difference(at: baseline, eta: lowerEta), difference(at: baseline, eta: upperEta))
  }

  func assemble(baseline: Double?, limits: ConfidenceLimits) -> AbsoluteEffect {
    let value = difference(at: baseline ?? .nan, eta: eta)
    var remarks: [AbsoluteEffectRemark] = []
    var risk: Double?
    if let baseline, measure.link.ignoresBaseline {
      let raw = measure.link.risk(baseline, eta)
      if raw >= 0, raw <= 1 { risk = raw } else if raw.isFinite { remarks.append(.impossibleRisk(raw)) }
    } else if let baseline {
      risk = min(1, measure.link.risk(baseline, eta))
      if max(measure.link.risk(baseline, eta), measure.link.risk(baseline, upperEta)) > 1 + 1e-12 {
        remarks.append(.riskHeldAtOne)
      }
    }
    return AbsoluteEffect(
      baselineRisk: baseline, experimentalRisk: risk,
      difference: AbsoluteDifference(value: value, limits: limits, level: level), remarks: remarks)
  }
}
