import EffectSizes
import NumericCore
import ReviewFiles
import Synthesis

/// Runs every specification on a table.
struct CheckRuns {
  private let request: CheckRequest
  private let published: PublishedResult
  private let level: Double

  init(_ request: CheckRequest, _ published: PublishedResult) {
    self.request = request
    self.published = published
    level = published.level ?? request.measure.level
  }

  /// The candidates, in a fixed order, and the number of specifications that they stand for.
  func candidates(_ table: StudyTable, _ measures: [String]) throws(EvidenceError) -> ([CheckCandidate], tried: Int) {
    var pool = PoolRequest(data: request.data)
    pool.measure = request.measure
    pool.measure.level = level
    pool.iSquared = .q
    let grid = SpecificationGrid(effects: measures.flatMap(CheckGrid.effects), models: CheckGrid.models)
    let evaluator = try SpecificationEvaluator(grid, pool, table: table)
    let outcomes = evaluator.outcomes()
    var candidates = outcomes.compactMap { outcome -> CheckCandidate? in
      guard case .success(let result) = outcome.result else { return nil }
      return candidate(evaluator, outcome, result)
    }
    let others = evaluator.variants.filter(\.isFirst).flatMap { revMan($0) }
    candidates += others
    let perVariant = grid.models.count { !$0.method.worksOnCounts }
    return (candidates, outcomes.count + others.count + evaluator.folded.count * perVariant)
  }

  private func candidate(
    _ evaluator: SpecificationEvaluator, _ outcome: SpecificationOutcome, _ result: SpecificationResult
  ) -> CheckCandidate {
    let specification = evaluator.specification(outcome)
    let variant = evaluator.variants[outcome.variant]
    let (choice, model) = (specification.effect, specification.model)
    var request = PoolRequest(data: self.request.data)
    model.apply(to: &request)
    let isCount = model.method.worksOnCounts
    let hasRule = variant.studies.hasCounts || [.proportion, .rate].contains(variant.studies.measure.family)
    let plain = isCount ? EffectChoice(measure: choice.measure) : choice
    var values = numbers(of: result)
    show(&values, variant.studies)
    return CheckCandidate(
      measure: choice.measure, method: request.methodCode, inference: model.inference.word,
      add: hasRule && !isCount && plain.to != CorrectionRule.none
        ? plain.add ?? variant.studies.measure.defaultAdd : nil,
      to: hasRule ? (isCount ? "none" : (plain.to ?? .onlyZero).rawValue) : nil,
      dropsDoubleZero: plain.dropDoubleZero ?? false,
      vtype: isCount ? nil : plain.varianceType ?? variant.studies.measure.varianceTypes.first?.rawValue,
      correct: plain.correct, conventions: isCount ? [] : CheckRuns.tools(specification),
      cost: CheckPrior.measure(choice.measure, published) + CheckPrior.method(request.methodCode)
        + CheckPrior.inference(model.inference) + CheckPrior.effect(plain),
      k: result.k, values: values)
  }

  /// Tools whose defaults a specification is.
  private static func tools(_ specification: Specification) -> [String] {
    let effect = specification.effect
    guard effect.varianceType == nil, effect.correct == nil, effect.dropDoubleZero == nil, effect.to == nil else {
      return []
    }
    return Conventions.all.filter { tool in
      var request = PoolRequest(data: DataRequest(input: ""))
      tool.apply(to: &request)
      return request.method == specification.model.method && request.inference == specification.model.inference
    }.map { "as \($0.name)" }
  }

  private func numbers(of result: SpecificationResult) -> [CheckFigure: Double] {
    var values: [CheckFigure: Double] = [
      .estimate: result.estimate, .lower: result.lower, .upper: result.upper,
    ]
    values[.p] = result.pValue
    values[.tauSquared] = result.tauSquared
    values[.q] = result.q
    if let q = result.q {
      let df = Double(result.k - 1)
      values[.iSquared] = q > df ? 100 * (q - df) / q : 0
    }
    return values
  }

  /// Takes estimate and interval to the scale that is printed; given estimates of a ratio are taken for its logarithm.
  private func show(_ values: inout [CheckFigure: Double], _ studies: StudySet) {
    let isRatio = ["RR", "OR", "HR", "IRR"].contains(published.label ?? "")
    let isLogarithm = studies.measure.code == "GEN" && isRatio
    let display = Display(studies)
    for figure in [CheckFigure.estimate, .lower, .upper] {
      guard let value = values[figure] else { continue }
      values[figure] = isLogarithm ? Transform.exp.apply(value, harmonicSize: nil) : display.function(value)
    }
  }

  // MARK: RevMan's own ways

  /// Mantel–Haenszel with corrected cells, DerSimonian–Laird about it, and RevMan's Hedges' g.
  private func revMan(_ variant: SpecificationEvaluator.Variant) -> [CheckCandidate] {
    let code = variant.studies.measure.code
    let studies = variant.counted
    if let table = studies.twoByTwo, ["OR", "RR", "RD"].contains(code) { return revManCounts(table, code, studies) }
    return code == "SMD" ? revManMeans(studies) : []
  }

  private func revManCounts(_ table: TwoByTwoColumns, _ code: String, _ studies: StudySet) -> [CheckCandidate] {
    [false, true].compactMap { isRandom in
      var settings = ReviewSettings()
      (settings.method, settings.effectMeasure, settings.isRandom) = ("MH", code, isRandom)
      (settings.totalLevel, settings.studyLevel) = (level, level)
      guard let fit = RevManPooling.pooled(table, settings) else { return nil }
      let words = isRandom ? "as revman5, Q about the Mantel–Haenszel estimate" : "as revman5, corrected cells"
      return made(
        fit, studies, measure: code, method: isRandom ? "DL" : "MH", words: words, cost: isRandom ? 0.1 : 0.25,
        hasRule: true)
    }
  }

  private func revManMeans(_ studies: StudySet) -> [CheckCandidate] {
    guard let m1 = studies.columns[.m1i], let s1 = studies.columns[.sd1i], let n1 = studies.columns[.n1i],
      let m2 = studies.columns[.m2i], let s2 = studies.columns[.sd2i], let n2 = studies.columns[.n2i]
    else { return [] }
    var (yi, vi) = ([Double](), [Double]())
    for i in 0..<studies.count {
      let squares = (n1[i] - 1) * s1[i] * s1[i] + (n2[i] - 1) * s2[i] * s2[i]
      let variance = squares / (n1[i] + n2[i] - 2)
      guard let effect = RevManEffects.hedges(difference: m1[i] - m2[i], pooledVariance: variance, n1[i], n2[i]) else {
        return []
      }
      yi.append(effect.yi)
      vi.append(effect.vi)
    }
    guard !yi.isEmpty else { return [] }
    let ways: [(PoolingMethod, Inference)] = [
      (.random(.derSimonianLaird), .normal), (.equalEffects, .normal), (.random(.reml), .normal),
      (.random(.reml), .hartungKnapp), (.random(.derSimonianLaird), .hartungKnapp),
    ]
    return ways.compactMap { method, inference in
      let model = PoolingModel(
        method: method, inference: inference, level: level, prediction: .none, iSquared: .q)
      guard let fit = try? model.fit(yi: yi, vi: vi) else { return nil }
      return made(
        fit, studies, measure: "SMD", method: method.code, words: "RevMan's Hedges g",
        cost: CheckPrior.method(method.code) + CheckPrior.inference(inference) + 0.1, hasRule: false)
    }
  }

  private func made(
    _ fit: Fit, _ studies: StudySet, measure: String, method: String, words: String, cost: Double, hasRule: Bool
  ) -> CheckCandidate? {
    guard let result = SpecificationResult(fit) else { return nil }
    var values = numbers(of: result)
    show(&values, studies)
    return CheckCandidate(
      measure: measure, method: method, inference: fit.inference, add: hasRule ? 0.5 : nil,
      to: hasRule ? CorrectionRule.onlyZero.rawValue : nil, dropsDoubleZero: hasRule, vtype: nil, correct: nil,
      conventions: [words], cost: CheckPrior.measure(measure, published) + cost, k: fit.k, values: values)
  }
}

extension RevManPooling {
  /// Tables pooled as RevMan does; `nil` when they cannot be.
  static func pooled(_ table: TwoByTwoColumns, _ settings: ReviewSettings) -> Fit? {
    var analysis = ReviewAnalysis(number: "", comparison: "", name: "", data: .dichotomous, line: 0)
    analysis.settings = settings
    let rows = (0..<table.count).map { i in
      var row = ReviewRow(study: "", line: 0)
      row.cells[.events1] = StoredNumber("\(table.a[i])")
      row.cells[.total1] = StoredNumber("\(table.a[i] + table.b[i])")
      row.cells[.events2] = StoredNumber("\(table.c[i])")
      row.cells[.total2] = StoredNumber("\(table.c[i] + table.d[i])")
      return row
    }
    guard let result = try? RevManPooling(analysis: analysis).pooled(rows) else { return nil }
    return result.fit
  }
}
