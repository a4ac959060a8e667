public import EffectSizes

/// Everything `evidence nnt` and `evidence sof` need to know.
public struct NumberNeededRequest: Sendable {
  /// Where the effects come from.
  public enum Source: Sendable {
    /// Each row of counts is a table of its own.
    case tables(DataRequest, MeasureRequest)
    /// An effect with its interval, as typed.
    case effect(RelativeEffect)
    /// The pooled estimate of a set of studies.
    case pool(PoolRequest)
  }

  /// Where the effects come from.
  public var source: Source
  /// Whether the event is wanted; the data set's own answer, or unwanted, when `nil`.
  public var event: EventKind?
  /// Method of the interval of one table's risk difference.
  public var interval = "newcombe"
  /// Baseline risks; `usualControls` of the data's control arms, where there are any, when `nil`.
  public var baseline: BaselineRequest?
  /// The risks of the control arms that are taken when no baseline risk is named.
  public var usualControls = BaselineRequest.ControlSummary.range
  /// A table of groups whose risks `controls` stands for, instead of the control arms of the data.
  public var baselineTable: DataRequest?
  /// What estimates that were computed elsewhere are, such as SMD or OR (then logarithms); `nil` to trust the measure.
  public var estimates: String?
  /// How the uncertainty of a baseline risk is carried.
  public var carrying = BaselineCarrying.mover
  /// Whether every way of carrying it is shown.
  public var showsEveryWay = false
  /// Draws of the Monte-Carlo way.
  public var draws = MonteCarloDraws()
  /// How a standardised difference, or an area under the curve, becomes a risk: `furukawa-leucht`, `hasselblad-hedges`,
  /// `kraemer-kupfer`; the measure's own way when `nil`.
  public var conversion: String?
  /// Standard deviation that turns a mean difference into a standardised one.
  public var standardDeviation: Double?
  /// How numbers needed to treat are rounded in text.
  public var rounding = NumberNeededRounding.decimals(1)
  /// The time by which the risks are counted, in words.
  public var horizon: String?
  /// The command line, for the provenance.
  public var command = ""

  /// A request with every default.
  public init(source: Source) { self.source = source }
}

/// The measures whose number may be typed, and the way from a measure to a risk.
public enum RelativeMeasureChoice {
  /// Ways from a standardised difference or an area under the curve to a risk.
  public static let conversions = ["furukawa-leucht", "hasselblad-hedges", "kraemer-kupfer"]

  /// The measure of an effect-size code, with the way asked for.
  /// - Throws: 64 for a code that says nothing about a risk, a way it does not have, or a missing standard deviation.
  public static func measure(
    _ code: String, conversion: String?, standardDeviation: Double?, hasBaseline: Bool
  ) throws(EvidenceError) -> RelativeMeasure {
    if let conversion, !conversions.contains(conversion) {
      throw EvidenceError(
        .usage, "--conversion \(conversion) is not known", hint: "choose from " + conversions.joined(separator: ", "))
    }
    if ["MD", "MC"].contains(code.uppercased()) {
      guard let standardDeviation else {
        throw EvidenceError(
          .usage, "a mean difference needs the standard deviation of people to become a risk",
          hint: "give it with --sd")
      }
      if let conversion, conversion != "furukawa-leucht" { throw unavailable(conversion, code) }
      return try absolutely { () throws(AbsoluteEffectError) in
        try .meanDifference(standardDeviation: standardDeviation)
      }
    }
    if standardDeviation != nil {
      throw EvidenceError(.usage, "--sd goes with a mean difference (--md or --measure MD), not with \(code)")
    }
    guard let base = RelativeMeasure.forPooled(code) else {
      let known = RelativeMeasure.all.flatMap(\.pooledCodes).filter { !$0.contains(":") } + ["MD"]
      throw EvidenceError(
        .usage, "\(code) cannot be turned into a difference of risks",
        hint: "measures that can: " + known.joined(separator: ", "))
    }
    return try variant(base, conversion, hasBaseline)
  }

  /// An effect as typed, with or without its interval.
  /// - Throws: 64 when a number is outside the measure's domain, the limits are reversed or do not hold the estimate.
  public static func effect(
    _ measure: RelativeMeasure, _ estimate: Double, _ limits: ConfidenceLimits?, level: Double
  ) throws(EvidenceError) -> RelativeEffect {
    try absolutely { () throws(AbsoluteEffectError) in
      guard let limits else { return try RelativeEffect(measure: measure, estimate: estimate, level: level) }
      return try RelativeEffect(measure: measure, estimate: estimate, limits: limits, level: level)
    }
  }

  private static func variant(
    _ base: RelativeMeasure, _ conversion: String?, _ hasBaseline: Bool
  ) throws(EvidenceError) -> RelativeMeasure {
    guard let conversion else {
      // 2 AUC − 1 is what an area says by itself; with a baseline risk the question is another.
      if base.code == "AUC", !hasBaseline { return .areaUnderCurveBySuperiority }
      return base
    }
    if conversion == "furukawa-leucht", base.link.name == RiskLink.probit.name { return base }
    guard let other = RelativeMeasure.named(base.code + ":" + conversion) else {
      throw unavailable(conversion, base.code)
    }
    return other
  }

  private static func unavailable(_ conversion: String, _ code: String) -> EvidenceError {
    let ways = RelativeMeasure.all.filter { $0.code.hasPrefix(code + ":") }.map {
      String($0.code.dropFirst(code.count + 1))
    }
    return EvidenceError(
      .usage, "--conversion \(conversion) is not available for \(code)",
      hint: ways.isEmpty
        ? "leave --conversion out" : "choose from " + (["furukawa-leucht"] + ways).joined(separator: ", "))
  }
}
