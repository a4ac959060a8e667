import NumericCore

/// Whether a study lies apart from the others, by two rules.
public struct Outlier: Sendable {
  /// Externally standardised residual and its two-sided p-value.
  public let rstudent, pValue: Double
  /// The p-value, multiplied for the number of studies looked at (Holm 1979).
  public let adjustedPValue: Double
  /// Whether |rstudent| is beyond the normal quantile of the level.
  public let hasLargeResidual: Bool
  /// Whether the study's interval and the pooled one have no point in common; `nil` with moderators.
  public let isApart: Bool?

  /// The studies of a fit judged by their externally standardised residuals and their intervals.
  ///
  /// The residual rule is that of Viechtbauer and Cheung 2010; the rule of intervals is that of Harrer, Cuijpers, Furukawa and
  /// Ebert 2021, Doing Meta-Analysis in R, section 5.4.1.
  /// - Throws: `domain` for a level outside (0, 1).
  public static func all(_ influence: [InfluenceRow], studies: DiagnosticStudies, fit: Fit) throws(FitError)
    -> [Outlier]
  {
    let critical = try ReferenceLaw.normal.critical(level: fit.level)
    let p = influence.map { $0.rstudent.isNaN ? Double.nan : Normal.twoSidedP($0.rstudent) }
    let adjusted = holm(p)
    return influence.indices.map { i in
      let half = critical * studies.vi[i].squareRoot()
      let isApart = fit.pooled.map {
        studies.yi[i] - half > $0.interval.upper || studies.yi[i] + half < $0.interval.lower
      }
      return Outlier(
        rstudent: influence[i].rstudent, pValue: p[i], adjustedPValue: adjusted[i],
        hasLargeResidual: abs(influence[i].rstudent) > critical, isApart: isApart)
    }
  }

  /// Holm's adjustment of the p-values that exist.
  private static func holm(_ p: [Double]) -> [Double] {
    let known = p.indices.filter { !p[$0].isNaN }
    var result = p
    for (i, adjusted) in zip(known, MultiplicityAdjustment.holm.adjust(known.map { p[$0] })) { result[i] = adjusted }
    return result
  }
}
