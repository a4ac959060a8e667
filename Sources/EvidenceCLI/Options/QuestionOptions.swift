import ArgumentParser
import Engine
import Synthesis

/// What is asked of a model beside its fit.
struct QuestionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Linear hypothesis about the coefficients, such as 'alloc[random] - alloc[systematic] = 0'; may be repeated.",
      valueName: "statement"))
  var contrast: [String] = []

  @Option(
    help: """
      Adjust the p-values of the contrasts (else of the moderators) for their number: holm, bonferroni, sidak, \
      hochberg, hommel, bh, by or none.
      """)
  var adjust: String?

  @Option(
    help: ArgumentHelp(
      "Test coefficients together: terms, coefficients, numbers or ranges, such as alloc or 2:3; may be repeated.",
      valueName: "terms"))
  var btt: [String] = []

  @Option(
    help: ArgumentHelp(
      "Likelihood-ratio test against a smaller model of the same studies (both refitted by ML).", valueName: "formula"))
  var compareTo: String?

  @Flag(help: "Variance inflation factors of the moderators.")
  var vif = false

  @Flag(help: "Fitted values, residuals and hat values of the studies.")
  var residuals = false

  @Option(
    help: ArgumentHelp(
      "Predict for a setting, with confidence and prediction limits; may be repeated.", valueName: "column=value,…"))
  var at: [String] = []

  @Option(help: ArgumentHelp("Predict for every row of a file that has the moderators.", valueName: "file"))
  var predict: String?

  @Option(help: ArgumentHelp("Moderators of the between-study variance (location-scale model).", valueName: "formula"))
  var scale: String?

  @Option(help: "What --scale is linear in: log (log tau²) or identity (tau²).")
  var scaleLink: String?

  @Flag(help: "Say how far each figure can move within the rounding of the inputs as printed (seed: --seed).")
  var rounding = false

  /// Puts the questions into a request.
  /// - Throws: 64 for words that are not known or options without what they need.
  func apply(to request: inout PoolRequest, seed: UInt64) throws(EvidenceError) {
    if rounding { request.roundingSeed = seed }
    var questions = ModelQuestions()
    questions.contrasts = contrast
    if let adjust {
      questions.adjustment = try Words.find(
        adjust.lowercased(), "--adjust", MultiplicityAdjustment.init(rawValue:),
        MultiplicityAdjustment.allCases.map(\.rawValue))
    }
    questions.blocks = btt
    questions.reducedFormula = compareTo
    questions.varianceInflation = vif
    questions.residuals = residuals
    questions.settings = at
    questions.settingsFile = predict
    request.questions = questions
    guard let scale else {
      if scaleLink != nil { throw EvidenceError(.usage, "--scale-link needs --scale '~ …'") }
      return
    }
    let link = try scaleLink.map { word throws(EvidenceError) in
      try Words.find(
        word, "--scale-link", LocationScaleModel.Link.init(rawValue:), LocationScaleModel.Link.allCases.map(\.rawValue))
    }
    request.scale = ScaleRequest(formula: scale, link: link ?? .log)
  }

  /// Whether anything is asked, so that a table of the studies alone would not answer it.
  var option: String? {
    if scale != nil { return "--scale" }
    var request = PoolRequest(data: DataRequest(input: "-"))
    try? apply(to: &request, seed: 1)
    return request.questions.option
  }
}
