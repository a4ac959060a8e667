public import Plots

/// Everything `evidence forest` needs to know beside the analysis.
public struct ForestRequest: Sendable {
  /// The analysis.
  public var pool: PoolRequest
  /// Layout: plain, revman, jama or bmj.
  public var style = ForestStyle.plain
  /// Decimals of the effects.
  public var digits = 2
  /// Order of the studies: entered, label, year, effect, weight, or a column; a minus in front turns it round.
  public var sort = "entered"
  /// Texts left and right of no effect.
  public var favoursLeft, favoursRight: String?
  /// Names of the arms.
  public var armExperimental, armControl: String?
  /// Title of the figure.
  public var title: String?
  /// Columns of the table to show beside the plot.
  public var columns: [String] = []
  /// Whether a common-effect diamond is drawn beside the random-effects one.
  public var showsBothModels = false
  /// How the prediction interval is drawn; as the style has it when `nil`.
  public var predictionShape: ForestMarks.PredictionShape?
  /// Pooled results step by step, in the order of `sort`, instead of the studies.
  public var sequence: ForestInput.Sequence?
  /// Ends of the axis on the displayed scale.
  public var axisRange: (lower: Double, upper: Double)?

  /// A forest plot of an analysis with every default.
  public init(pool: PoolRequest) { self.pool = pool }
}
