public import Synthesis

/// An option of `evidence plot` that only some kinds of figures have, by its word on the command line.
public enum FigureOption: String, Sendable, CaseIterable {
  case vertical
  case reference
  case contours
  case addTauSquared = "add-tau2"
  case trimAndFill = "trim-and-fill"
  case names
  case both
  case arms
  case highlight
  case subsets
  case order
}

/// Everything `evidence plot` needs to know.
public struct FigureRequest: Sendable {
  /// The analysis.
  public var pool: PoolRequest
  /// Title of the figure; that of a built-in data set when `nil`.
  public var title: String?
  /// Vertical axis of a funnel: se, precision or n.
  public var vertical: String?
  /// Middle of a funnel: pooled or null.
  public var reference: String?
  /// Whether a funnel shows contours of significance.
  public var contours = false
  /// Whether the region of a funnel is widened by τ².
  public var addsTauSquared = false
  /// Estimator of trim and fill whose studies a funnel shows beside the others.
  public var trimAndFill: TrimAndFill.Estimator?
  /// Whether points are named.
  public var names = false
  /// Whether the common-effect model is shown beside the random-effects one.
  public var both = false
  /// Names of the arms.
  public var arms: (experimental: String, control: String)?
  /// The study whose subsets are coloured.
  public var highlight: String?
  /// The most subsets that are looked at.
  public var subsets: Int?
  /// Column by which studies come in, a minus in front turns it round; the order of the table when `nil`.
  public var order: String?
  /// The first option of the pool that was given.
  public var poolOption: String?
  /// Seed of random subsets.
  public var seed: UInt64 = 1

  /// A figure of an analysis with every default.
  public init(pool: PoolRequest) { self.pool = pool }

  /// The options that were given.
  public var given: [FigureOption] {
    let flags: [(FigureOption, Bool)] = [
      (.vertical, vertical != nil), (.reference, reference != nil), (.contours, contours),
      (.addTauSquared, addsTauSquared), (.trimAndFill, trimAndFill != nil), (.names, names), (.both, both),
      (.arms, arms != nil),
      (.highlight, highlight != nil), (.subsets, subsets != nil), (.order, order != nil),
    ]
    return flags.filter(\.1).map(\.0)
  }
}
