/// A measure of effect that can be turned into a difference of risks: how its numbers read and which link they feed.
///
/// A new measure is one value here and its name in `all`. `toLink` takes the number that people read (an odds ratio, not
/// its logarithm) to the scale of the link, where estimates are close to normal; it is increasing.
public struct RelativeMeasure: Sendable {
  /// The word of options and results, such as `OR`.
  public let code: String
  /// The measure in words.
  public let name: String
  /// How the absolute effect follows, with its source, as a report names it.
  public let method: String
  /// The link that moves the baseline risk.
  public let link: RiskLink
  /// The values the measure can take.
  public let domain: ValueDomain
  /// The values its confidence limits can take; those of a risk difference may pass −1 and 1.
  public let limitDomain: ValueDomain
  /// The value that says "no effect".
  public let nullValue: Double
  /// Effect-size codes whose pooled estimates, back on the scale people read, are this measure.
  public let pooledCodes: [String]
  let toLink: @Sendable (Double) -> Double
  let fromLink: @Sendable (Double) -> Double

  init(
    code: String, name: String, method: String, link: RiskLink, domain: ValueDomain, limitDomain: ValueDomain? = nil,
    alsoPooled: [String] = [],
    toLink: @escaping @Sendable (Double) -> Double, fromLink: @escaping @Sendable (Double) -> Double
  ) {
    self.code = code
    self.name = name
    self.method = method
    self.link = link
    self.domain = domain
    self.limitDomain = limitDomain ?? domain
    pooledCodes = [code] + alsoPooled
    self.toLink = toLink
    self.fromLink = fromLink
    nullValue = fromLink(0)
  }

  /// Every measure that needs no further number; mean differences need a standard deviation.
  public static let all: [RelativeMeasure] = [
    .oddsRatio, .petoOddsRatio, .riskRatio, .riskDifference, .hazardRatio, .incidenceRateRatio,
    .standardizedMeanDifference, .standardizedMeanDifferenceByOdds, .standardizedMeanDifferenceBySuperiority,
    .correlation, .areaUnderCurve, .areaUnderCurveBySuperiority,
  ]

  /// The measure with a code, in any letter case; `nil` when there is none.
  public static func named(_ code: String) -> RelativeMeasure? {
    all.first { $0.code.lowercased() == code.lowercased() }
  }

  /// The measure that a pooled estimate of an effect-size code is, back on the scale people read; `nil` for codes that say
  /// nothing about a risk.
  public static func forPooled(_ code: String) -> RelativeMeasure? {
    all.first { $0.pooledCodes.contains(code.uppercased()) }
  }

  /// Whether the absolute effect depends on the baseline risk.
  public var needsBaseline: Bool { !link.ignoresBaseline }

  /// Throws unless an estimate, or a limit, is a value that the measure can take.
  func check(_ value: Double, _ what: String, within domain: ValueDomain) throws(AbsoluteEffectError) {
    guard domain.contains(value) else {
      throw .effectOutOfDomain(measure: name, what: what, value: value, expected: domain.words)
    }
  }
}

/// The values a number can take.
public enum ValueDomain: Sendable, Equatable {
  /// Any finite number, or any positive one.
  case real, positive
  /// A range with its ends, or without them.
  case closed(ClosedRange<Double>)
  case open(Double, Double)

  func contains(_ value: Double) -> Bool {
    switch self {
    case .real: value.isFinite
    case .positive: value > 0 && value.isFinite
    case .closed(let range): range.contains(value)
    case .open(let lower, let upper): value > lower && value < upper
    }
  }

  /// The domain in words, for messages.
  var words: String {
    switch self {
    case .real: "a finite number"
    case .positive: "positive and finite"
    case .closed(let range): "between \(range.lowerBound) and \(range.upperBound)"
    case .open(let lower, let upper): "above \(lower) and below \(upper)"
    }
  }
}
