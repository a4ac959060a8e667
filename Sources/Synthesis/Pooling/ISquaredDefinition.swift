/// Which I² is meant.
public enum ISquaredDefinition: String, Sendable, CaseIterable {
  /// I² = τ² / (τ² + ṽ), ṽ the typical sampling variance (Higgins and Thompson 2002, eq. 9). H² = 1 + τ² / ṽ.
  case tauSquared = "tau2"
  /// I² = max(0, (Q − df) / Q) and H² = Q / df (Higgins and Thompson 2002, eqs. 6 and 10).
  case q

  /// The word on the command line.
  public var word: String { rawValue }
}
