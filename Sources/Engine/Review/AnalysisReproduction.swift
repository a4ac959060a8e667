import EffectSizes
import NumericCore
import ReviewFiles
import Synthesis

/// One analysis of a review run again: a claim for each number that the file stores.
struct AnalysisReproduction {
  let analysis: ReviewAnalysis
  private(set) var claims: [ReviewClaim] = []
  /// Why there is nothing to compare, where that is so.
  private(set) var remark: String?
  /// Rows that have an effect size.
  private(set) var k = 0

  private let pooling: RevManPooling
  private let show: @Sendable (Double) -> Double

  init(_ analysis: ReviewAnalysis) {
    self.analysis = analysis
    pooling = RevManPooling(analysis: analysis)
    let isRatio =
      switch analysis.data {
      case .dichotomous: analysis.settings.effectMeasure != "RD"
      case .continuous: false
      case .inverseVariance: RevManEffects.isLogScale(analysis)
      case .observedExpected: analysis.settings.isLogScale ?? true
      case .other: false
      }
    let scale: Transform = isRatio ? .exp : .none
    show = { scale.apply($0, harmonicSize: nil) }
    do throws(RevManPooling.Unsupported) { try run() } catch {
      claims = []
      remark = error.reason
    }
  }

  /// The measures that people call by their code.
  private static let codes: Set<String> = ["RR", "OR", "RD", "MD", "SMD", "HR", "IRR"]

  /// The measure's name in claims.
  var measure: String {
    switch analysis.settings.effectMeasure {
    case "PETO_OR": "Peto OR"
    case let code where Self.codes.contains(code): code
    default: analysis.settings.measureName ?? analysis.settings.effectMeasure
    }
  }

  /// How the analysis was run, in words.
  var formula: String {
    if case .other(let name) = analysis.data { return name }
    let settings = analysis.settings
    let methods = [
      "MH": "Mantel–Haenszel", "IV": "inverse variance", "PETO": "Peto", "EXP_O_E_VAR": "exp[(O − E)/V]",
    ]
    var words = [methods[settings.method] ?? settings.method]
    words.append(
      settings.isRandom ? "random effects (\(settings.estimator ?? "DerSimonian–Laird"))" : "fixed effect")
    if let interval = settings.intervalMethod, settings.isRandom { words.append(interval) }
    return "\(measure), " + words.joined(separator: ", ")
  }

  // MARK: Running

  private mutating func run() throws(RevManPooling.Unsupported) {
    let inTotal = analysis.rows.filter(\.inTotal)
    let overall = try pooling.pooled(inTotal)
    k = overall?.fit.k ?? 0
    if analysis.settings.hasTotal {
      compare(analysis.overall, with: overall, name: "overall", rows: inTotal)
    }
    try compareSubgroups(overall)
    try compareStudies(overall, inTotal)
    if claims.isEmpty, remark == nil { remark = "the file stores no results of it" }
  }

  private mutating func compareSubgroups(_ overall: RevManResult?) throws(RevManPooling.Unsupported) {
    guard !analysis.subgroups.isEmpty else { return }
    var fits = [Fit]()
    for (place, subgroup) in analysis.subgroups.enumerated() {
      let rows = analysis.rows.filter { $0.subgroup == place && $0.inSubgroup }
      let result = try pooling.pooled(rows)
      if let fit = result?.fit { fits.append(fit) }
      guard analysis.settings.hasSubtotals else { continue }
      let name = "subgroup \(subgroup.number) (\(subgroup.name))"
      compare(subgroup.stored, with: result, name: name, rows: rows)
      if analysis.settings.hasTotal, let overall, let stored = subgroup.stored[.weight], !subgroup.stored.isEmpty {
        let places = analysis.rows.filter(\.inTotal).enumerated().filter { $1.subgroup == place }.map(\.offset)
        add(name, .weight, stored, places.reduce(0) { $0 + overall.weights[$1] })
      }
    }
    compareDifferences(between: fits)
  }

  /// The test of differences between subgroups: the heterogeneity of their pooled results.
  private mutating func compareDifferences(between fits: [Fit]) {
    let stored = analysis.overall
    guard analysis.settings.testsSubgroups, stored[.subgroupQ] != nil, fits.count > 1,
      let test = try? SubgroupTest.between(fits)
    else { return }
    let df = Double(test.degreesOfFreedom)
    let values: [(StoredFigure, Double)] = [
      (.subgroupQ, test.q), (.subgroupDegreesOfFreedom, df), (.subgroupP, test.pValue),
      (.subgroupISquared, test.q > df ? 100 * (test.q - df) / test.q : 0),
    ]
    for (figure, value) in values {
      if let number = stored[figure] { add("test of subgroup differences", figure, number, value) }
    }
  }

  private mutating func compareStudies(
    _ overall: RevManResult?, _ inTotal: [ReviewRow]
  ) throws(RevManPooling.Unsupported) {
    let effects = RevManEffects(analysis.rows, of: analysis)
    let z = (try? Normal.quantile(upperTail: (1 - analysis.settings.studyLevel) / 2)) ?? .nan
    var next = 0
    for (i, row) in analysis.rows.enumerated() {
      let weight = row.inTotal ? overall?.weights[next] : nil
      if row.inTotal { next += 1 }
      guard !row.stored.isEmpty, row.stored.isEstimable != false else { continue }
      let (yi, se) = (effects.yi[i], effects.vi[i].squareRoot())
      let values: [(StoredFigure, Double?)] = [
        (.estimate, show(yi)), (.lower, show(yi - z * se)), (.upper, show(yi + z * se)),
        (.weight, analysis.settings.hasTotal ? weight : nil),
      ]
      for (figure, value) in values {
        guard let stored = row.stored[figure], let value else { continue }
        add(row.study, figure, stored, value.isFinite ? value : nil, isStudy: true)
      }
    }
  }

  // MARK: Comparing

  private mutating func compare(
    _ stored: StoredResult, with result: RevManResult?, name: String, rows: [ReviewRow]
  ) {
    if stored.isEstimable == false || result == nil {
      compareEstimability(stored, with: result, name: name)
      return
    }
    if stored.isEmpty {
      remark = "the file stores no results of it"
      return
    }
    let start = claims.count
    for figure in StoredFigure.allCases {
      guard let number = stored[figure], let value = result?.value(figure, show: show) else { continue }
      add(name, figure, number, value)
    }
    for (figure, cell) in [(.events1, .events1), (.total1, .total1), (.events2, .events2), (.total2, .total2)]
      as [(StoredFigure, ReviewCell)]
    {
      guard let number = stored[figure], rows.contains(where: { $0[cell] != nil }) else { continue }
      add(name, figure, number, rows.reduce(0) { $0 + ($1[cell] ?? 0) })
    }
    explain(start, stored, rows)
  }

  /// One of the two says that there is nothing to estimate.
  private mutating func compareEstimability(_ stored: StoredResult, with result: RevManResult?, name: String) {
    let isSame = result == nil && stored.isEmpty
    claims.append(
      ReviewClaim(
        claim: "\(analysis.number) \(name) \(measure)", study: nil, kind: StoredFigure.estimate.rawValue,
        stated: stored.isEmpty ? "not estimable" : stored[.estimate]?.text ?? "",
        recomputed: result?.fit.pooled.map { show($0.value) }, formula: formula,
        verdict: isSame ? .reproduces : .doesNotReproduce,
        note: result == nil ? "no study has an effect size" : "it can be estimated"))
  }

  private mutating func add(
    _ subject: String, _ figure: StoredFigure, _ stored: StoredNumber, _ value: Double?, isStudy: Bool = false
  ) {
    let level = isStudy ? analysis.settings.studyLevel : analysis.settings.totalLevel
    var claim = ReviewClaim(
      claim: "\(analysis.number) \(subject) \(figure.name(measure: measure, level: level))",
      study: isStudy ? subject : nil, kind: figure.rawValue, stated: stored.text, recomputed: value,
      range: value.map { $0...$0 }, formula: formula, verdict: .notEnoughData)
    if let value {
      let isSame = figure.agrees(value, with: stored)
      claim.verdict = isSame ? .reproduces : .doesNotReproduce
      if !isSame { claim.note = "off by \(TextFormat(digits: 6).number(value - stored.value))" }
    } else {
      claim.note = "the study has no effect size by RevMan's rules"
    }
    claims.append(claim)
  }

  /// Looks for what explains the numbers that did not come out: the rounding of the data, or another analysis.
  private mutating func explain(_ start: Int, _ stored: StoredResult, _ rows: [ReviewRow]) {
    let wrong = claims.indices.dropFirst(start).filter { claims[$0].verdict == .doesNotReproduce }
    guard !wrong.isEmpty else { return }
    let spread = ReviewRounding(rows, analysis.data)
    var leftOver = false
    for place in wrong {
      guard let figure = StoredFigure(rawValue: claims[place].kind), let number = stored[figure],
        let value = claims[place].recomputed
      else { continue }
      let half = spread.spread { changed in
        guard let pooled = try? pooling.pooled(changed) else { return nil }
        return pooled.value(figure, show: show)
      }
      claims[place].range = value - half...value + half
      if half > 0, abs(value - number.value) <= half + number.halfUnit {
        claims[place].verdict = .withinRounding
        claims[place].note = "the data as printed allow it (to first order in their rounding)"
      } else {
        leftOver = leftOver || figure == .estimate || figure == .lower || figure == .upper
      }
    }
    guard leftOver, let words = RevManAlternatives(analysis).thatGives(stored, rows, show: show) else { return }
    for place in wrong where claims[place].verdict == .doesNotReproduce {
      claims[place].note += "; it comes out by \(words)"
    }
  }
}
