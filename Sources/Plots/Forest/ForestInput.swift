public import EffectSizes
public import Synthesis

/// All that a forest plot is made from: studies, pooled fits and the words around them.
public struct ForestInput: Sendable {
  /// Title of the figure; empty for none.
  public var title = ""
  /// The studies in the order of the table.
  public var studies: [ForestStudy]
  /// The subgroups in drawing order; empty without subgroups. Studies name theirs in ``ForestStudy/group``.
  public var groups: [ForestGroup] = []
  /// The pooled fits of all studies: common, random or both, in drawing order; empty for studies only.
  public var overall: [ForestPooled] = []
  /// Test of differences between subgroups: χ² or F.
  public var subgroupTest: OmnibusTest?
  /// Code of the measure, such as `RR`, and its name in words, such as "Risk ratio".
  public var measureCode, measureName: String
  /// Scale of the analysis; `log` gives a logarithmic axis.
  public var scale: Scale
  /// No effect on the displayed scale: 1 for ratios, 0 for differences, `nil` for single groups.
  public var null: Double?
  /// From the analysis scale to the displayed one, such as exp.
  public var display: @Sendable (Double) -> Double
  /// Heading of the names; the style's when `nil`.
  public var labelHeading: String?
  /// Whether estimates on the analysis scale are shown where there are no other data.
  public var showsAnalysisScale = true
  /// How studies were weighted: "IV", "M-H" or "Peto".
  public var weighting = "IV"
  /// Coverage of the intervals.
  public var level = 0.95
  /// Names of the arms, or of the variables.
  public var armExperimental = "Experimental"
  /// Name of the control arm.
  public var armControl = "Control"
  /// Texts left and right of no effect.
  public var favoursLeft, favoursRight: String?
  /// Lines under the figure, beside those about the analysis.
  public var remarks: [String] = []
  /// Columns of the user's own; their texts are in ``ForestStudy/extra``.
  public var extraColumns: [ForestExtraColumn] = []
  /// Entries that go into the data unchanged (software, version, checksum of the input, command).
  public var provenance: [KeyedText] = []

  /// Input for a forest plot with the parts that have no default.
  public init(
    studies: [ForestStudy], measureCode: String, measureName: String, scale: Scale, null: Double?,
    display: @escaping @Sendable (Double) -> Double
  ) {
    self.studies = studies
    self.measureCode = measureCode
    self.measureName = measureName
    self.scale = scale
    self.null = null
    self.display = display
  }
}

extension ForestInput {
  /// Decimals that show the first digit of the usual standard error of differences, and two digits of the usual estimate
  /// of single groups; 2 at least and 5 at most.
  public var usualDigits: Int {
    let sizes = studies.compactMap { study -> Double? in
      guard let effect = study.effect else { return nil }
      guard let shown = effect.displayed else { return scale == .log ? nil : effect.standardError }
      return null == nil ? shown.estimate / 10 : (shown.upper - shown.lower) / 4
    }.filter { $0 > 0 && $0.isFinite }.sorted()
    guard !sizes.isEmpty, scale != .log || null == nil else { return 2 }
    var digits = 2
    while digits < 5, sizes[sizes.count / 2] < PlotMath.powerOfTen(-digits) { digits += 1 }
    return digits
  }
}

/// One study of a forest plot.
public struct ForestStudy: Sendable {
  /// Name of the study, and its year where known.
  public var label: String
  /// Year of the study.
  public var year: Double?
  /// Name of the subgroup it belongs to.
  public var group: String?
  /// Estimate, standard error and interval on the analysis scale; `nil` when not estimable.
  public var effect: ForestEffect?
  /// Why there is no estimate.
  public var notEstimableReason: String?
  /// Weight in per cent in the common-effect and in the random-effects model.
  public var weightCommon, weightRandom: Double?
  /// What the study reported.
  public var raw = ForestRawData()
  /// Texts of the user's columns.
  public var extra: [String] = []
  /// A remark that goes into the data.
  public var note: String?

  /// A study.
  public init(label: String, effect: ForestEffect?) {
    self.label = label
    self.effect = effect
  }
}

/// An estimate with its standard error and interval on the analysis scale.
public struct ForestEffect: Sendable, Equatable {
  /// Estimate, standard error and ends of the interval.
  public var estimate, standardError, lower, upper: Double
  /// The same on the displayed scale, for transformations that are not one function for all rows.
  public var displayed: Displayed?

  /// An estimate and its interval as people read it.
  public struct Displayed: Sendable, Equatable {
    /// Estimate and ends of the interval.
    public var estimate, lower, upper: Double

    /// Values on the displayed scale.
    public init(estimate: Double, lower: Double, upper: Double) {
      self.estimate = estimate
      self.lower = lower
      self.upper = upper
    }
  }

  /// An estimate from its parts.
  public init(estimate: Double, standardError: Double, lower: Double, upper: Double, displayed: Displayed? = nil) {
    self.estimate = estimate
    self.standardError = standardError
    self.lower = lower
    self.upper = upper
    self.displayed = displayed
  }
}

/// What a study reported, as far as it did: counts, means or person-time of one or two arms.
public struct ForestRawData: Sendable, Equatable {
  /// Events and sizes.
  public var eventsE, nE, eventsC, nC: Double?
  /// Means and standard deviations.
  public var meanE, sdE, meanC, sdC: Double?
  /// Person-time.
  public var timeE, timeC: Double?

  /// Nothing reported.
  public init() {}
}

/// A pooled fit and the model it stands for.
public struct ForestPooled: Sendable {
  /// The model of a pooled estimate.
  public enum Model: String, Sendable {
    /// One effect for all studies (equal or fixed effects).
    case common
    /// Effects that differ between studies.
    case random
  }

  /// The model.
  public var model: Model
  /// The intercept-only fit.
  public var fit: Fit
  /// The pooled values on the displayed scale, where the transformation is not ``ForestInput/display``.
  public var displayed: ForestEffect.Displayed?
  /// The prediction interval on the displayed scale, likewise.
  public var predictionDisplayed: Interval?

  /// A pooled fit; the model is read from it.
  public init(_ fit: Fit) {
    model = fit.effects == "random" ? .random : .common
    self.fit = fit
  }
}

/// A subgroup of studies.
public struct ForestGroup: Sendable {
  /// Name of the subgroup, as studies give it.
  public var name: String
  /// Its pooled fits; empty when it has none.
  public var pooled: [ForestPooled]
  /// Why it has none.
  public var notEstimableReason: String?
  /// Whether it is a whole of its own, such as an outcome, and not a part of what the figure pools.
  public var isWhole = false

  /// A subgroup.
  public init(name: String, pooled: [ForestPooled], isWhole: Bool = false) {
    self.name = name
    self.pooled = pooled
    self.isWhole = isWhole
  }
}

/// Choices in making a forest plot.
public struct ForestOptions: Sendable {
  /// What studies are sorted by.
  public enum Sort: String, Sendable, CaseIterable {
    /// The order of the table.
    case entered
    /// The name of the study.
    case label
    /// The year, undated studies last.
    case year
    /// The estimate, studies without one last.
    case effect
    /// The weight, largest first; the standard error where there are no weights.
    case weight
  }

  /// Decimals of the effects.
  public var digits = 2
  /// Order of the studies within their subgroup.
  public var sort = Sort.entered
  /// Whether the order is turned round.
  public var descending = false
  /// A key of one's own for each study, in the order of the studies; goes before `sort`.
  public var sortKeys: [PlotValue]?
  /// Ends of the axis on the displayed scale; found from the data when `nil`.
  public var axisRange: (lower: Double, upper: Double)?
  /// Ticks on the displayed scale; found from the range when `nil`.
  public var ticks: [Double]?
  /// What the figure shows from left to right; the style's columns when `nil`.
  public var cells: [ForestCell]?
  /// Whether prediction intervals are drawn, where a fit has one.
  public var showPrediction = true
  /// Whether subgroups get prediction intervals too.
  public var showSubgroupPrediction = false
  /// Whether studies are shown; without them a subgroup is one row with its name.
  public var showStudies = true

  /// The usual choices.
  public init() {}
}
