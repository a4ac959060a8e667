public import Plots

/// Everything `evidence forest` needs to know beside the analysis.
public struct ForestRequest: Sendable {
  /// The analysis.
  public var pool: PoolRequest
  /// Layout: plain, revman, jama or bmj.
  public var style = ForestStyle.plain
  /// Decimals of the effects; as many as their standard errors deserve when `nil`, and never less than 2.
  public var digits: Int?
  /// Order of the studies: entered, label, year, effect, weight, or a column; a minus in front turns it round.
  public var sort = "entered"
  /// Subgroups, or outcomes, in the order in which they are drawn; those not named follow in the order of the table.
  public var groupOrder: [String] = []
  /// Texts left and right of no effect.
  public var favoursLeft, favoursRight: String?
  /// Names of the arms.
  public var armExperimental, armControl: String?
  /// Title of the figure, and the measure's name where its own does not do.
  public var title, effectName: String?
  /// Columns of the table to show beside the plot, each with a heading of its own where it has one; words of the
  /// figure's own columns (``ForestCell/words``) among them place everything.
  public var columns: [(name: String, heading: String?)] = []
  /// Columns with judgements of the risk of bias, and a table that has them by study.
  public var riskOfBias: [String] = []
  /// File of judgements: a column of study names and a column a domain.
  public var riskOfBiasTable: String?
  /// Column whose levels are outcomes: each is an analysis of its own.
  public var outcomeColumn: String?
  /// Measures, a plot each under one another; the analysis' own when there are none.
  public var measures: [String] = []
  /// Whether only pooled results are shown.
  public var showsOnlyPooled = false
  /// Whether a common-effect diamond is drawn beside the random-effects one.
  public var showsBothModels = false
  /// Whether subgroups get prediction intervals.
  public var showsSubgroupPrediction = false
  /// How the prediction interval is drawn; as the style has it when `nil`.
  public var predictionShape: ForestMarks.PredictionShape?
  /// Pooled results step by step, in the order of `sort`, instead of the studies.
  public var sequence: ForestInput.Sequence?
  /// Ends of the axis on the displayed scale.
  public var axisRange: (lower: Double, upper: Double)?
  /// Ticks of the axis on the displayed scale.
  public var ticks: [Double]?

  /// A forest plot of an analysis with every default.
  public init(pool: PoolRequest) { self.pool = pool }
}
