/// Ways of asking how far a pooled effect can be trusted that need no further choice.
public enum SensitivityMethod: String, Sendable, CaseIterable {
  /// Copas's selection model.
  case copas
  /// E-value of the pooled effect.
  case eValue = "e-value"
  /// Worst-case publication bias.
  case worstCase = "worst-case"
  /// Fragility index of the pooled result.
  case fragility
  /// The p-uniform* method.
  case pUniform = "p-uniform"
  /// The p-curve.
  case pCurve = "p-curve"
  /// The z-curve.
  case zCurve = "zcurve"
}
