/// One drawn thing of a forest plot: numbers at full precision beside the text as printed.
///
/// Which fields are filled depends on `rowType`. The names of the fields in CSV and JSON are in ``ForestRow/columns``.
public struct ForestRow: Sendable, Equatable {
  /// What a row of a forest plot is.
  public enum RowType: String, Sendable, CaseIterable {
    /// Title of a subgroup.
    case heading
    /// A study with an estimate.
    case study
    /// A study without an estimate; stays in the list and says why.
    case studyNotEstimable = "study_ne"
    /// Pooled estimate of a subgroup.
    case subgroup
    /// Pooled estimate of all studies.
    case overall
    /// Prediction interval of the pooled row before it.
    case prediction
    /// A line about heterogeneity or totals.
    case heterogeneityText = "het_text"
    /// A line about a test.
    case testText = "test_text"
    /// Space.
    case blank
  }

  /// What the row is.
  public var rowType: RowType
  /// Name of the subgroup that the row belongs to, and of the study.
  public var subgroup, studyID: String?
  /// Text of the first column.
  public var label: String?
  /// Year of the study.
  public var year: Double?
  /// `common` or `random` for pooled rows and what belongs to them.
  public var model: String?
  /// Measure code and analysis scale.
  public var measure, scale: String?
  /// No effect, on the displayed scale.
  public var nullValue: Double?
  /// Estimate, standard error and interval on the analysis scale; `level` is the coverage (0.95).
  public var estimate, se, ciLower, ciUpper, level: Double?
  /// How the interval was made: normal, t, hartung-knapp, …
  public var ciMethod: String?
  /// Estimate and interval on the displayed scale.
  public var estimateDisplay, ciLowerDisplay, ciUpperDisplay: Double?
  /// Estimate and interval as printed.
  public var effectText: String?
  /// Weight in per cent in the common-effect and in the random-effects model.
  public var weightCommon, weightRandom: Double?
  /// Events and sizes of the experimental and the control arm; the experimental ones serve single-arm data.
  public var eventsE, nE, eventsC, nC: Double?
  /// Means and standard deviations.
  public var meanE, sdE, meanC, sdC: Double?
  /// Person-time.
  public var timeE, timeC: Double?
  /// Test statistic, its degrees of freedom (`nil` for a normal) and p-value.
  public var stat, df, p: Double?
  /// Number of studies behind a pooled row.
  public var k: Double?
  /// Cochran's Q, its degrees of freedom and p-value.
  public var q, qDf, qP: Double?
  /// I² in per cent, and which definition it follows.
  public var i2: Double?
  /// `tau2` or `q`.
  public var i2Method: String?
  /// Between-study variance, and its estimator.
  public var tau2: Double?
  /// Code of the estimator of τ².
  public var tau2Method: String?
  /// Why a study has no estimate; a remark; what the row was sorted by.
  public var excludedReason, note, sortKey: String?
  /// Texts of the user's own columns, in the order of ``ForestTable/extraColumns``.
  public var extra: [String]

  /// A row of which only the kind is known.
  public init(_ rowType: RowType) {
    self.rowType = rowType
    extra = []
  }

  /// Whether the row is a pooled estimate, of a subgroup or of all.
  public var isPooled: Bool { rowType == .subgroup || rowType == .overall }
}
