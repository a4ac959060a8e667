/// One effect-size measure: what it is called, what it needs, how it is computed and where that is published.
///
/// A measure is a value; all of its facts stand together and every list, help text and test reads them here.
/// `Measure.all` is the only list. Codes are those of metafor's `escalc`, so that users can move over.
public struct Measure: Sendable {
  /// The code users type, in capitals (`OR`, `SMD`).
  public let code: String
  /// Other codes for the same measure.
  public let aliases: [String]
  /// What the estimate is, in words.
  public let name: String
  /// The kind of data it needs.
  public let family: Family
  /// The scale of `yi`.
  public let scale: Scale
  /// How `yi` goes back to the scale people read.
  public let display: Transform
  /// The sets of columns it can be computed from, the preferred one first.
  public let forms: [InputForm]
  /// The sampling-variance formulas on offer, the default first.
  public let varianceTypes: [VarianceType]
  /// The amount added to counts when the options do not say: 0.5, or 0 where a correction makes little sense.
  public let defaultAdd: Double
  /// `yi` and `vi` as formulas.
  public let formula: String
  /// What must hold for the variance to be right, and how edge cases are treated.
  public let assumptions: String
  /// Where the formulas are published.
  public let source: String

  let compute: @Sendable (StudyColumns, Settings) -> EffectColumns

  /// Kinds of data that measures are computed from.
  public enum Family: String, Sendable, CaseIterable {
    case twoByTwo = "two-by-two table"
    case pairedTable = "paired two-by-two table"
    case personTime = "events and person-time, two groups"
    case means = "means of two groups"
    case correlation = "correlation and regression"
    case proportion = "proportion of one group"
    case rate = "rate of one group"
    case mean = "mean of one group"
    case change = "change or matched pairs"
    case agreement = "reliability and genotype counts"
    case given = "estimates computed elsewhere"
  }
}

extension Measure {
  /// Computes the estimate and its sampling variance of every row.
  ///
  /// Rows that lack a value, hold an impossible one, or for which the measure is undefined are `NaN` in the result
  /// and listed in `problems`, in row order.
  /// - Throws: `EffectSizeError` when no input form is satisfied by the columns, the variance type is unknown to the
  ///   measure, or the amount to add is not a finite number ≥ 0.
  public func estimate(
    _ columns: StudyColumns, _ options: EffectOptions = EffectOptions()
  ) throws(EffectSizeError) -> EffectColumns {
    guard forms.contains(where: { columns.has($0.roles) }) else {
      throw .missingColumns(measure: code, forms: forms, present: columns.roles)
    }
    let settings = try Settings(options, for: self)
    var effects = compute(columns, settings)
    if options.flip { effects.yi = effects.yi.map { -$0 } }
    return effects
  }

  /// The measure of a code or alias, in any case; `nil` when there is none.
  public static func named(_ code: String) -> Measure? { index[code.uppercased()] }

  private static let index: [String: Measure] = {
    var table: [String: Measure] = [:]
    for measure in all {
      for code in [measure.code] + measure.aliases { table[code] = measure }
    }
    return table
  }()
}
