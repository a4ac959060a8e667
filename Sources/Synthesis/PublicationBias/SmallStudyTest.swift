/// A test for small-study effects: what it is called, which measures it is meant for, where it is published.
///
/// A test is a value; `SmallStudyTest.all` is the only list.
public struct SmallStudyTest: Sendable {
  /// The word on the command line.
  public let name: String
  /// What the test does, in words.
  public let title: String
  /// Where it is published.
  public let source: String
  /// The measures it was made for; empty for any.
  public let measures: [String]
  let compute: @Sendable (BiasStudies, SmallStudyOptions) throws(FitError) -> SmallStudyResult

  /// Every test, in the order of help pages.
  public static let all: [SmallStudyTest] = [
    .egger, .begg, .harbord, .peters, .deeks, .schwarzer, .thompsonSharp, .macaskill, .pustejovsky,
  ]

  /// The test with a word.
  public init?(word: String) {
    guard let found = SmallStudyTest.all.first(where: { $0.name == word.lowercased() }) else { return nil }
    self = found
  }

  init(
    name: String, title: String, source: String, measures: [String] = [],
    compute: @escaping @Sendable (BiasStudies, SmallStudyOptions) throws(FitError) -> SmallStudyResult
  ) {
    self.name = name
    self.title = title
    self.source = source
    self.measures = measures
    self.compute = compute
  }

  /// Runs the test.
  /// - Throws: `invalidSpecification` when the data lack what the test needs, `tooFewStudies`, `rankDeficient` when its
  ///   predictor is constant.
  public func run(
    _ studies: BiasStudies, _ options: SmallStudyOptions = SmallStudyOptions()
  ) throws(FitError) -> SmallStudyResult {
    if studies.design != nil, name != SmallStudyTest.egger.name {
      throw .invalidSpecification("\(name) takes no moderators; of the tests only egger does")
    }
    try studies.require(3, "the test \(name)")
    return try compute(studies, options)
  }
}

/// The model of Egger's regression.
public enum SmallStudyModel: String, Sendable, CaseIterable {
  /// Mixed-effects model: residual heterogeneity is added to the variances.
  case mixed = "rma"
  /// Least squares with weights 1/vᵢ and a residual variance: residual heterogeneity multiplies the variances.
  case linear = "lm"
}

/// What Egger's regression is asked for.
public struct SmallStudyOptions: Sendable {
  /// The model.
  public var model: SmallStudyModel
  /// The predictor.
  public var predictor: SmallStudyPredictor

  /// The usual choices: the mixed model on the standard error.
  public init(model: SmallStudyModel = .mixed, predictor: SmallStudyPredictor = .sei) {
    self.model = model
    self.predictor = predictor
  }
}

/// The result of a test for small-study effects.
public struct SmallStudyResult: Sendable {
  /// The test's word.
  public var name: String
  /// `rma` or `lm`, and the predictor's word, for regressions.
  public var model, predictor: String?
  /// The tested coefficient with its test.
  public var slope: Estimate?
  /// Test statistic (a z or a t), its degrees of freedom (`nil` for normal) and two-sided p-value.
  public var statistic, degreesOfFreedom, pValue: Double?
  /// Effect at a zero predictor, where that means an infinitely large study.
  public var limit: Estimate?
  /// Kendall's τ of rank tests.
  public var tau: Double?
  /// Whether the p-value is exact rather than an approximation.
  public var isExact = false
  /// Number of studies in the test.
  public var k: Int

  init(name: String, k: Int) {
    self.name = name
    self.k = k
  }

  /// The test of one coefficient.
  init(name: String, k: Int, slope: Estimate) {
    self.init(name: name, k: k)
    self.slope = slope
    statistic = slope.statistic
    degreesOfFreedom = slope.degreesOfFreedom
    pValue = slope.pValue
  }

  /// The slope of weighted least squares of `y` on `x`.
  init(
    name: String, predictor: String, y: [Double], on x: [Double], weights: [Double], level: Double
  ) throws(FitError) {
    let line = try WeightedRegression(y: y, on: x, named: predictor, weights: weights, level: level)
    self.init(name: name, k: y.count, slope: line.coefficients[1])
    model = SmallStudyModel.linear.rawValue
    self.predictor = predictor
  }
}
