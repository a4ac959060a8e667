/// How effect sizes are computed; the defaults are those of metafor's `escalc`.
public struct EffectOptions: Sendable, Equatable {
  /// Amount added to counts, `nil` for the measure's own default (0.5, or 0 where adding makes little sense).
  public var add: Double?
  /// Which rows it is added to.
  public var to: CorrectionRule
  /// Whether rows without events, or with events only, in both groups are dropped.
  public var drop00: Bool
  /// Code of the sampling-variance formula in any case, `nil` for the measure's default.
  public var vtype: String?
  /// Whether estimates are corrected for bias, where the measure has a correction.
  public var correct: Bool
  /// Whether the sign of every estimate is turned round.
  public var flip: Bool

  /// Options, each with escalc's default.
  public init(
    add: Double? = nil, to: CorrectionRule = .onlyZero, drop00: Bool = false, vtype: String? = nil,
    correct: Bool = true, flip: Bool = false
  ) {
    self.add = add
    self.to = to
    self.drop00 = drop00
    self.vtype = vtype
    self.correct = correct
    self.flip = flip
  }
}

/// The rows whose counts get the continuity correction.
public enum CorrectionRule: String, Sendable, CaseIterable {
  /// Rows with a zero cell.
  case onlyZero = "only0"
  /// All rows.
  case all
  /// All rows when at least one has a zero cell.
  case ifAnyZero = "if0all"
  /// No row.
  case none
}

/// Formulas of the sampling variance; which exist, and what they stand for, depends on the measure.
public enum VarianceType: String, Sendable, CaseIterable {
  case LS, LS2, LS3, UB, HO, AV, AV2, AVHO, ST, CS, H0

  /// What the code stands for.
  public var meaning: String {
    switch self {
    case .LS: "large-sample approximation"
    case .LS2: "second large-sample approximation"
    case .LS3: "third large-sample approximation"
    case .UB: "unbiased estimate"
    case .HO: "equal variances in the groups"
    case .AV: "large-sample approximation with the size-weighted average over the rows plugged in"
    case .AV2: "second large-sample approximation with the size-weighted average plugged in"
    case .AVHO: "size-weighted average over rows and groups plugged in"
    case .ST: "stratified sampling (group sizes fixed)"
    case .CS: "cross-sectional sampling (only the total fixed)"
    case .H0: "variance under no effect"
    }
  }
}

/// Options checked and resolved for one measure.
struct Settings: Sendable {
  let add: Double
  let to: CorrectionRule
  let drop00: Bool
  let vtype: VarianceType
  let correct: Bool

  init(_ options: EffectOptions, for measure: Measure) throws(EffectSizeError) {
    if let add = options.add, !(add >= 0 && add.isFinite) { throw .invalidAdd(add) }
    add = options.add ?? measure.defaultAdd
    to = options.to
    drop00 = options.drop00
    correct = options.correct
    let allowed = measure.varianceTypes
    guard let name = options.vtype else {
      vtype = allowed.first ?? .LS
      return
    }
    guard let found = allowed.first(where: { $0.rawValue == name.uppercased() }) else {
      throw .unknownVarianceType(measure: measure.code, given: name, allowed: allowed.map(\.rawValue))
    }
    vtype = found
  }
}

extension EffectOptions {
  /// Whether each row's effect size depends on that row alone, so that any rows may be computed together.
  ///
  /// Not so where averages over the rows are plugged into variances, or where one zero cell has all rows corrected.
  public var isRowwise: Bool {
    guard to != .ifAnyZero else { return false }
    guard let vtype else { return true }
    return ["LS", "LS2", "LS3", "UB"].contains(vtype.uppercased())
  }
}
