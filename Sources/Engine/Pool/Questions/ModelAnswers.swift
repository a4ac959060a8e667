import NumericCore
import Synthesis

/// The answers to what was asked of a model.
struct ModelAnswers: Sendable {
  /// The contrasts and their test together.
  var contrasts: LinearHypothesisTest?
  /// Adjusted p-values of the coefficients, `nil` for the intercept and where none were asked for.
  var adjusted: [Double?] = []
  /// The blocks tested: names of their coefficients, and the test.
  var blocks: [(names: [String], test: OmnibusTest)] = []
  /// A test per term, where there are moderators.
  var terms: [TermTest] = []
  /// The comparison with a smaller model.
  var comparison: ModelComparison?
  var inflation: [VarianceInflation] = []
  var residuals: RegressionResiduals?
  var predictions: [SettingPrediction] = []
  /// What the reader should know.
  var warnings: [String] = []

  /// No answers.
  init() {}

  /// Answers the questions of a request about its fit.
  /// - Throws: 64 for words that the model does not have, 65 for settings that cannot be, 69 for what is not estimable.
  init(
    _ request: PoolRequest, fit: Fit, studies: StudySet, design: Design?, weights: [Double]?
  ) throws(EvidenceError) {
    let questions = request.questions
    do throws(FitError) {
      if let design { terms = try fit.termTests(design) }
      if let design, questions.varianceInflation { inflation = try fit.varianceInflation(of: design) }
    } catch { throw EvidenceError(error) }
    try test(questions, fit)
    if let design {
      try testBlocks(questions.blocks, fit, design)
      try predict(request, fit, studies, design)
    }
    if questions.residuals {
      let matrix = design?.matrix ?? Matrix(rows: studies.count, columns: 1, repeating: 1)
      do throws(FitError) {
        residuals = try RegressionResiduals(
          of: fit, yi: studies.yi, vi: studies.vi, design: matrix, weights: weights)
      } catch { throw EvidenceError(error) }
    }
    if let text = questions.reducedFormula, let design {
      comparison = try ModelComparison(text, request: request, studies: studies, design: design, weights: weights)
    }
  }

  private mutating func test(_ questions: ModelQuestions, _ fit: Fit) throws(EvidenceError) {
    let adjustment = questions.adjustment ?? .none
    if questions.contrasts.isEmpty {
      guard questions.adjustment != nil else { return }
      let tested = fit.terms.indices.filter { fit.terms[$0] != "intercept" && fit.coefficients[$0].pValue != nil }
      let pValues = adjustment.adjust(tested.compactMap { fit.coefficients[$0].pValue })
      adjusted = [Double?](repeating: nil, count: fit.p)
      for (place, p) in zip(tested, pValues) { adjusted[place] = p }
      return
    }
    var hypotheses = [LinearHypothesis]()
    for text in questions.contrasts {
      do { hypotheses.append(try LinearHypothesis(text, terms: fit.terms)) } catch {
        throw EvidenceError(
          .usage, "--contrast cannot be read: \(error.description)",
          hint: "the coefficients are " + fit.terms.joined(separator: ", "))
      }
    }
    do throws(FitError) { contrasts = try fit.test(hypotheses, adjustment: adjustment) } catch {
      throw EvidenceError(error)
    }
  }

  private mutating func testBlocks(_ texts: [String], _ fit: Fit, _ design: Design) throws(EvidenceError) {
    for text in texts {
      var columns = [Int]()
      for word in ModelAnswers.words(text) {
        guard let found = ModelAnswers.columns(word, design) else {
          throw EvidenceError(
            .usage, "--btt: \"\(word)\" is neither a term, a coefficient nor a number from 1 to \(fit.p)",
            hint: "terms: \(design.termLabels.joined(separator: ", ")); coefficients: "
              + design.names.joined(separator: ", "))
        }
        columns += found
      }
      let block = Set(columns).sorted()
      do throws(FitError) { blocks.append((block.map { fit.terms[$0] }, try fit.testBlock(block))) } catch {
        throw EvidenceError(error)
      }
    }
  }

  /// The columns that a word of a block names, `2:3` being a range of numbers.
  private static func columns(_ word: String, _ design: Design) -> [Int]? {
    if let found = design.columns(named: word) { return found }
    let ends = word.split(separator: ":").compactMap { Int($0) }
    guard ends.count == 2, ends[0] >= 1, ends[0] <= ends[1], ends[1] <= design.names.count else { return nil }
    return Array((ends[0] - 1)...(ends[1] - 1))
  }

  /// The parts of a text between its commas, those within brackets left alone.
  static func words(_ text: String) -> [String] {
    var words = [""]
    var depth = 0
    for character in text {
      if "([".contains(character) { depth += 1 }
      if ")]".contains(character) { depth -= 1 }
      if character == ",", depth <= 0 { words.append("") } else { words[words.count - 1].append(character) }
    }
    return words.map { word in
      var trimmed = Substring(word)
      while trimmed.first?.isWhitespace ?? false { trimmed.removeFirst() }
      while trimmed.last?.isWhitespace ?? false { trimmed.removeLast() }
      return String(trimmed)
    }
  }

  private mutating func predict(
    _ request: PoolRequest, _ fit: Fit, _ studies: StudySet, _ design: Design
  ) throws(EvidenceError) {
    let questions = request.questions
    guard !questions.settings.isEmpty || questions.settingsFile != nil else { return }
    let model = SettingReader(studies: studies, design: design)
    var settings = [Setting]()
    for text in questions.settings { settings.append(try model.setting(text)) }
    if let file = questions.settingsFile {
      let read = try model.settings(file: file, format: nil)
      settings += read.settings
      warnings += read.warnings
    }
    let rows = try model.matrix(settings)
    do throws(FitError) {
      predictions = zip(settings, try fit.predict(rows, method: request.prediction)).map {
        SettingPrediction(setting: $0, prediction: $1)
      }
    } catch { throw EvidenceError(error) }
  }
}

/// A model beside a smaller one that is a special case of it, both by maximum likelihood.
struct ModelComparison: Sendable {
  /// The smaller model's formula.
  let formula: String
  /// Code of the method that both were fitted with.
  let method: String
  let full, reduced: Fit
  let test: LikelihoodRatioTest

  /// Fits both and compares them; methods that are no maximum likelihood give way to ML.
  /// - Throws: 64 when the models are not nested, 65 or 69 as fits do.
  init(
    _ formula: String, request: PoolRequest, studies: StudySet, design: Design, weights: [Double]?
  ) throws(EvidenceError) {
    var rows = studies
    let smaller = try Moderators.design(formula, &rows, option: "--compare-to")
    guard rows.count == studies.count else {
      throw EvidenceError(
        .usage, "--compare-to uses a column that \(studies.count - rows.count) of the studies lack",
        hint: "compare models of the same studies")
    }
    guard Self.spans(design, smaller) else {
      throw EvidenceError(
        .usage, "--compare-to \(formula) is not a special case of --mods",
        hint: "leave terms of --mods out, such as --compare-to '~ 1'")
    }
    guard weights == nil else { throw EvidenceError(.usage, "--compare-to is not available with --weights") }
    var likely = request
    switch request.method {
    case .inverseVariance(.random): likely.method = .inverseVariance(.random(.maximumLikelihood))
    default: break
    }
    likely.inference = .normal
    likely.tauSquaredInterval = nil
    let pooler = try Pooler(likely)
    self.formula = formula
    method = likely.methodCode
    full = try pooler.fit(studies, design: design, weights: nil)
    reduced = try pooler.fit(studies, design: smaller, weights: nil)
    do throws(FitError) {
      test = try LikelihoodRatioTest(full: full, reduced: reduced).corrected(
        vi: studies.vi, full: design.matrix, reduced: smaller.matrix, reducedFit: reduced)
    } catch { throw EvidenceError(error) }
  }

  /// Whether every column of the smaller design is a combination of columns of the larger.
  private static func spans(_ larger: Design, _ smaller: Design) -> Bool {
    let both = Matrix(
      rows: larger.matrix.rows, columns: larger.matrix.columns + smaller.matrix.columns,
      storage: larger.matrix.storage + smaller.matrix.storage)
    guard let rank = try? PivotedQR(both).rank else { return false }
    return rank == larger.matrix.columns
  }
}
