import EffectSizes

/// What pooled estimates are and how they go back to the scale people read: as their measure says, or, for estimates
/// computed elsewhere (GEN), as the user says.
struct GivenEstimates {
  /// Code of the effect size.
  let code: String
  /// From the analysis scale to the scale people read.
  let back: @Sendable (Double) -> Double

  /// - Throws: 64 when the user names a measure that is not known, or one beside data that have a measure of their own.
  init(_ studies: StudySet, _ asked: String?) throws(EvidenceError) {
    guard let asked else {
      code = studies.measure.code
      back = Display(studies).function
      return
    }
    guard studies.measure.code == Measure.generic.code else {
      throw EvidenceError(
        .usage, "--estimates is for estimates computed elsewhere (--measure GEN); these are \(studies.measure.code)")
    }
    guard let measure = Measure.named(asked), !measure.display.needsSize else {
      throw EvidenceError(
        .usage, "--estimates \(asked) is not known", hint: "say SMD, OR (log odds ratios), RR, HR, RD, COR, ZCOR …")
    }
    code = measure.code
    back = { measure.display.apply($0) }
  }
}
