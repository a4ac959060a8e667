import EffectSizes
import Synthesis
import TableIO

/// A pooled difference of means as a summary-of-findings row gives it: in units of the scale, or in standard deviations
/// and, with a familiar scale's standard deviation, in its units.
///
/// Source: Schünemann et al., Cochrane Handbook (version 6), 15.5.3.2 (re-expressing standardised differences).
public struct MeanFinding: Sendable {
  /// Code of the measure, MD or SMD for example.
  public let code: String
  /// Estimate and limits, on the scale people read.
  public let estimate, lower, upper: Double
  /// Standard deviation of the familiar scale, when it was given.
  public let standardDeviation: Double?

  /// The finding of a pooled analysis; `nil` when it is to be turned into risks, which needs a baseline risk or counts.
  init?(_ analysis: PoolAnalysis, _ request: NumberNeededRequest) throws(EvidenceError) {
    guard request.baseline == nil, request.conversion == nil, analysis.studies.twoByTwo == nil,
      [.identity].contains(analysis.studies.measure.scale), let pooled = analysis.fit.pooled
    else { return nil }
    let back = Display(analysis.studies)
    code = analysis.studies.measure.code
    estimate = back.function(pooled.value)
    lower = back.function(pooled.interval.lower)
    upper = back.function(pooled.interval.upper)
    standardDeviation = request.standardDeviation
    if let standardDeviation {
      guard MeanFinding.standardized.contains(code) else {
        throw EvidenceError(
          .usage, "\(code) is in units already: --sd goes with a standardised difference, or with --baseline-risk")
      }
      guard standardDeviation > 0, standardDeviation.isFinite else {
        throw EvidenceError(.usage, "--sd must be positive, got \(standardDeviation)")
      }
    }
  }

  private static let standardized = RelativeMeasure.standardizedMeanDifference.pooledCodes

  /// `SMD 0.52 lower (0.80 lower to 0.24 lower)`, with the units of a familiar scale behind it.
  var text: String {
    let own = "\(code) \(MeanFinding.phrase(estimate, lower, upper))"
    guard let sd = standardDeviation else { return own }
    return own + "; " + MeanFinding.phrase(sd * estimate, sd * lower, sd * upper)
      + " on a scale with SD \(sd.shortText)"
  }

  var footnote: String {
    MeanFinding.standardized.contains(code)
      ? "The difference is in standard deviations: 0.2 is small, 0.5 moderate, 0.8 large (Cohen 1988)."
      : "The difference is in units of the scale."
  }

  var json: JSONValue {
    .fields([
      ("measure", .string(code)), ("estimate", .orNull(estimate)), ("ci_lower", .orNull(lower)),
      ("ci_upper", .orNull(upper)), ("sd", .orNull(standardDeviation)), ("text", .string(text)),
    ])
  }

  private static func phrase(_ value: Double, _ lower: Double, _ upper: Double) -> String {
    func signed(_ x: Double) -> String {
      NumberText.plain.fixed(abs(x), decimals: 2) + (x < 0 ? " lower" : " higher")
    }
    return "\(signed(value)) (\(signed(lower)) to \(signed(upper)))"
  }
}
