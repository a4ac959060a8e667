/// The precision-effect estimates PET and PEESE: the effect of a study without sampling error.
///
/// Weighted least squares with weights 1/vᵢ and a residual variance; the intercept, t on k − 2 degrees of freedom. PET
/// regresses on the standard error, PEESE on the variance. The conditional estimate takes PEESE where PET's intercept
/// differs from 0 one-sided at 5% (two-sided at 10%), else PET. Source: Stanley and Doucouliagos (2014).
public struct PrecisionEffect: Sendable {
  /// Intercept of the regression on the standard error.
  public let pet: Estimate
  /// Intercept of the regression on the variance.
  public let peese: Estimate

  /// Two-sided p of PET below which PEESE is taken.
  static let switchingP = 0.1

  /// Fits both regressions.
  /// - Throws: `tooFewStudies` below 3; `rankDeficient` when all variances are equal.
  public init(_ studies: BiasStudies) throws(FitError) {
    try studies.require(3, "PET-PEESE")
    let weights = studies.vi.map { 1 / $0 }
    func intercept(_ x: [Double], _ name: String) throws(FitError) -> Estimate {
      try WeightedRegression(y: studies.yi, on: x, named: name, weights: weights, level: studies.model.level)
        .coefficients[0]
    }
    pet = try intercept(studies.sei, "sei")
    peese = try intercept(studies.vi, "vi")
  }

  /// Whether the conditional estimate is PEESE.
  public var takesPEESE: Bool { (pet.pValue ?? 1) < PrecisionEffect.switchingP }

  /// The conditional estimate.
  public var conditional: Estimate { takesPEESE ? peese : pet }
}
