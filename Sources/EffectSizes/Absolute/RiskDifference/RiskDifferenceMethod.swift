/// A way to give the difference of two risks an interval: its words and its formula together.
///
/// A new method is one file that extends this type, and its name in `all`.
public struct RiskDifferenceMethod: Sendable {
  /// The word of the command line and of the results, such as `newcombe`.
  public let code: String
  /// The method in words, with its source, as a report names it.
  public let name: String
  /// The limits at a level for which z is the two-sided normal quantile.
  let limits:
    @Sendable (_ table: TwoArmCounts, _ level: Double, _ z: Double) throws(AbsoluteEffectError)
      -> ConfidenceLimits

  init(
    code: String, name: String,
    limits:
      @escaping @Sendable (_ table: TwoArmCounts, _ level: Double, _ z: Double) throws(AbsoluteEffectError)
      -> ConfidenceLimits
  ) {
    self.code = code
    self.name = name
    self.limits = limits
  }

  /// Every method, the recommended one first.
  public static let all: [RiskDifferenceMethod] = [
    .newcombe, .wald, .miettinenNurminen, .agrestiCaffo, .exactUnconditional,
  ]

  /// The method with a code, in any letter case; `nil` when there is none.
  public static func named(_ code: String) -> RiskDifferenceMethod? {
    all.first { $0.code == code.lowercased() }
  }

  /// The risk difference of a table, p₁ − p₂, with its interval at `level`.
  /// - Throws: `levelOutOfRange` unless 0 < level < 1; `tableTooLarge` from the exact method; `notConverged` from a method that
  ///   iterates.
  public func interval(_ table: TwoArmCounts, level: Double) throws(AbsoluteEffectError) -> AbsoluteDifference {
    let z = try TwoSided.quantile(level)
    return AbsoluteDifference(value: table.riskDifference, limits: try limits(table, level, z), level: level)
  }
}
