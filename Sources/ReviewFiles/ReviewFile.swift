/// The analyses of a systematic review as its own software kept them: study data, settings, and the results it stored.
public struct ReviewFile: Sendable {
  /// Title of the review; empty when the file has none.
  public var title = ""
  /// What wrote the file, such as `RevMan 5.3`.
  public var software = ""
  /// The analyses, in the file's order.
  public var analyses: [ReviewAnalysis] = []
  /// What the file holds and this reader does not take, by name.
  public var leftOut: [String] = []

  /// A file without analyses.
  public init() {}

  /// The analysis of a number such as `1.2`.
  public func analysis(_ number: String) -> ReviewAnalysis? { analyses.first { $0.number == number } }
}

/// One outcome of one comparison.
public struct ReviewAnalysis: Sendable {
  /// Number in the review: comparison and outcome, such as `1.2`.
  public var number: String
  /// Name of the comparison and of the outcome.
  public var comparison, name: String
  /// What the studies reported.
  public var data: DataKind
  /// How the review analysed it.
  public var settings = ReviewSettings()
  /// The studies, in the file's order.
  public var rows: [ReviewRow] = []
  /// The subgroups; empty without any.
  public var subgroups: [ReviewSubgroup] = []
  /// The stored result of all studies.
  public var overall = StoredResult()
  /// Names of the experimental and the control group; empty when the file has none.
  public var groups = (experimental: "", control: "")
  /// Line of the file.
  public var line: Int

  /// What the studies of an analysis reported.
  public enum DataKind: Sendable, Equatable {
    /// Events and totals of two groups.
    case dichotomous
    /// Means, standard deviations and sizes of two groups.
    case continuous
    /// Estimates with standard errors.
    case inverseVariance
    /// Observed minus expected events and their variance.
    case observedExpected
    /// Something that cannot be pooled, by its name in the file.
    case other(String)
  }

  /// An analysis without studies.
  public init(number: String, comparison: String, name: String, data: DataKind, line: Int) {
    self.number = number
    self.comparison = comparison
    self.name = name
    self.data = data
    self.line = line
  }
}

/// How a review analyses an outcome. Words are the file's own, in capitals.
public struct ReviewSettings: Sendable, Equatable {
  /// MH, IV, PETO or EXP_O_E_VAR.
  public var method = ""
  /// RR, OR, RD, PETO_OR, MD, SMD, HR, …
  public var effectMeasure = ""
  /// Name of the measure as people read it, where the review's authors named it themselves.
  public var measureName: String?
  /// Whether effects are random.
  public var isRandom = false
  /// Whether estimates are pooled as logarithms; `nil` where the file does not say.
  public var isLogScale: Bool?
  /// Whether events and non-events change places.
  public var swapsEvents = false
  /// Coverage of the studies' intervals and of the pooled ones.
  public var studyLevel = 0.95
  /// Coverage of the pooled intervals.
  public var totalLevel = 0.95
  /// Whether there is a pooled result of all studies, and of each subgroup.
  public var hasTotal = true
  /// Whether there are pooled results of the subgroups.
  public var hasSubtotals = true
  /// Whether the subgroups are compared.
  public var testsSubgroups = true
  /// Estimator of τ² by its name in the file; `nil` for software that knows DerSimonian and Laird only.
  public var estimator: String?
  /// Method of the interval by its name in the file; `nil` for software that knows Wald's only.
  public var intervalMethod: String?
  /// Whether there is a prediction interval.
  public var hasPrediction = false

  /// RevMan 5's defaults.
  public init() {}
}

/// One study in an analysis.
public struct ReviewRow: Sendable {
  /// Name of the study, with its year where the file keeps it apart.
  public var study: String
  /// Year of publication; empty when unknown.
  public var year = ""
  /// Place among the analysis's subgroups.
  public var subgroup: Int?
  /// Whether the row counts in the pooled result of all studies, and in its subgroup's.
  public var inTotal = true, inSubgroup = true
  /// The study's data.
  public var cells: [ReviewCell: StoredNumber] = [:]
  /// The study's result as stored.
  public var stored = StoredResult()
  /// Line of the file.
  public var line: Int

  /// A row without data.
  public init(study: String, line: Int) {
    self.study = study
    self.line = line
  }

  /// A cell's value.
  public subscript(cell: ReviewCell) -> Double? { cells[cell]?.value }
}

/// What a study's data are made of.
public enum ReviewCell: String, Sendable, CaseIterable {
  case events1 = "ai", total1 = "n1i", events2 = "ci", total2 = "n2i"
  case mean1 = "m1i", sd1 = "sd1i", mean2 = "m2i", sd2 = "sd2i"
  case estimate = "yi", standardError = "sei"
  case observedMinusExpected = "o_e", variance = "v"
}

/// A subgroup of an analysis.
public struct ReviewSubgroup: Sendable {
  /// Number in the analysis, from 1.
  public var number: Int
  /// Name.
  public var name: String
  /// Result as stored.
  public var stored = StoredResult()

  /// A subgroup.
  public init(number: Int, name: String) {
    self.number = number
    self.name = name
  }
}

/// A result as the review's software stored it.
public struct StoredResult: Sendable {
  /// Whether the software called it estimable; `nil` when the file does not say.
  public var isEstimable: Bool?
  /// The numbers that are there.
  public var figures: [StoredFigure: StoredNumber] = [:]

  /// Nothing stored.
  public init() {}

  /// A number.
  public subscript(figure: StoredFigure) -> StoredNumber? { figures[figure] }

  /// Whether nothing was calculated: no numbers, or an interval of no width at zero.
  public var isEmpty: Bool {
    let ends = [figures[.lower], figures[.upper], figures[.estimate]]
    return ends.allSatisfy { ($0?.value ?? 0) == 0 }
  }
}

/// The numbers that review software stores, in the order in which they are listed.
public enum StoredFigure: String, Sendable, CaseIterable {
  case estimate, lower = "ci_lower", upper = "ci_upper"
  case predictionLower = "pi_lower", predictionUpper = "pi_upper"
  case statistic, p
  case tauSquared = "tau2", tauSquaredLower = "tau2_ci_lower", tauSquaredUpper = "tau2_ci_upper"
  case q, qDegreesOfFreedom = "q_df", qP = "q_p", iSquared = "i2"
  case subgroupQ = "subgroup_q", subgroupDegreesOfFreedom = "subgroup_df", subgroupP = "subgroup_p"
  case subgroupISquared = "subgroup_i2"
  case weight
  case events1 = "events_1", total1 = "total_1", events2 = "events_2", total2 = "total_2"
}
