public import Synthesis

/// What `evidence bias` is asked for: the studies and the pool, and which methods to run on them.
public struct BiasRequest: Sendable {
  /// The data, the measure and the model of the pool.
  public var pool: PoolRequest
  /// Tests for small-study effects.
  public var tests: [SmallStudyTest] = []
  /// Model and predictor of Egger's regression.
  public var options = SmallStudyOptions()
  /// Estimator of trim and fill, `nil` for none.
  public var trimAndFill: TrimAndFill.Estimator?
  /// Side of trim and fill; found from the data when `nil`.
  public var side: TrimAndFill.Side?
  /// Fail-safe numbers.
  public var failSafe: [FailSafe] = []
  /// Whether to test for an excess of significant results.
  public var excessSignificance = false
  /// Whether to give PET and PEESE.
  public var petPeese = false
  /// Whether to give the Doi plot with its LFK index.
  public var lfkIndex = false
  /// Whether to give Rücker's limit meta-analysis.
  public var limit = false
  /// Form of the selection model, `nil` for none.
  public var selection: SelectionModel.Form?
  /// Which p-value the selection model is of.
  public var alternative = SelectionAlternative.greater
  /// Whether the user chose it.
  public var hasChosenAlternative = false
  /// Sensitivity analyses.
  public var sensitivity: Set<SensitivityMethod> = []
  /// Numbers of unreported studies to bound the bias of, empty for none.
  public var unreported: [Int] = []
  /// Missing outcomes, `nil` for none.
  public var missing: MissingQuestion?
  /// Seed of random samples.
  public var seed: UInt64 = 1
  /// Whether this is the one-page report: what cannot be done is a warning instead of an error.
  public var isReport = false

  /// A request for nothing yet.
  public init(pool: PoolRequest) { self.pool = pool }

  /// Whether nothing was asked for.
  public var isEmpty: Bool {
    tests.isEmpty && !lfkIndex && trimAndFill == nil && failSafe.isEmpty && !excessSignificance && !petPeese && !limit
      && selection == nil && sensitivity.isEmpty && unreported.isEmpty && missing == nil
  }

  /// Asks for the one-page report: every method by its first choice, beside what was asked for already.
  public mutating func askForReport() {
    isReport = true
    if tests.isEmpty { tests = SmallStudyTest.all }
    lfkIndex = true
    trimAndFill = trimAndFill ?? .l0
    if failSafe.isEmpty { failSafe = FailSafe.all }
    excessSignificance = true
    petPeese = true
    limit = true
    selection = selection ?? .steps([alternative.usualStep])
    sensitivity = Set(SensitivityMethod.allCases)
    if unreported.isEmpty { unreported = [1, 2, 5] }
  }
}

extension SelectionAlternative {
  /// The step taken when none is given: significance two-sided at 5%.
  public var usualStep: Double { self == .twoSided ? 0.05 : 0.025 }
}
