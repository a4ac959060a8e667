import EffectSizes
import NumericCore
import ReviewFiles
import Synthesis

/// A review's analysis of some of its rows, run again by the settings of the review.
struct RevManPooling {
  /// What cannot be run again, in words.
  struct Unsupported: Error {
    let reason: String
  }

  let analysis: ReviewAnalysis

  /// Pools rows; `nil` when none is estimable.
  func pooled(_ rows: [ReviewRow]) throws(Unsupported) -> RevManResult? {
    try checkSettings()
    let effects = RevManEffects(rows, of: analysis)
    let used = effects.yi.indices.filter { effects.yi[$0].isFinite && effects.vi[$0].isFinite && effects.vi[$0] > 0 }
    if used.isEmpty { return nil }
    let data = Data(
      yi: used.map { effects.yi[$0] }, vi: used.map { effects.vi[$0] },
      raw: effects.tables.map { $0.raw.selecting(used) }, corrected: effects.tables.map { $0.corrected.selecting(used) }
    )
    do throws(FitError) {
      var result = try analysis.settings.isRandom ? random(data) : fixed(data)
      result.place(in: used, of: rows.count)
      return result
    } catch { throw Unsupported(reason: EvidenceError(error).message) }
  }

  /// The estimable rows of an analysis.
  private struct Data {
    let yi, vi: [Double]
    let raw, corrected: TwoByTwoColumns?

    var rows: EffectColumns { EffectColumns(yi: yi, vi: vi) }
  }

  private var level: Double { analysis.settings.totalLevel }
  private var isCounts: Bool { analysis.data == .dichotomous }

  private func checkSettings() throws(Unsupported) {
    let settings = analysis.settings
    if case .other(let name) = analysis.data { throw Unsupported(reason: "\(name) cannot be pooled") }
    guard ["MH", "IV", "PETO", "EXP_O_E_VAR"].contains(settings.method) else {
      throw Unsupported(reason: "the statistical method \(settings.method) is not supported")
    }
    if isCounts, !["OR", "RR", "RD", "PETO_OR"].contains(settings.effectMeasure) {
      throw Unsupported(reason: "the effect measure \(settings.effectMeasure) of counts is not supported")
    }
    if analysis.data == .continuous, !["MD", "SMD"].contains(settings.effectMeasure) {
      throw Unsupported(reason: "the effect measure \(settings.effectMeasure) of means is not supported")
    }
    if settings.isRandom, settings.method == "PETO" || settings.effectMeasure == "PETO_OR" {
      throw Unsupported(reason: "Peto's method with random effects is not supported")
    }
    if settings.isRandom, settings.estimator != nil, estimator == nil {
      throw Unsupported(reason: "the estimator of tau² \(settings.estimator ?? "") is not supported")
    }
    if settings.isRandom, settings.intervalMethod != nil, inference == nil {
      throw Unsupported(reason: "the interval method \(settings.intervalMethod ?? "") is not supported")
    }
  }

  // MARK: Fixed effect

  private func fixed(_ data: Data) throws(FitError) -> RevManResult {
    if let raw = data.raw, let corrected = data.corrected {
      if analysis.settings.effectMeasure == "PETO_OR" {
        return RevManResult(try Peto(level: level).fit(raw, rows: data.rows))
      }
      if analysis.settings.method == "MH" { return RevManResult(try mantelHaenszel(raw, corrected, data.rows)) }
    }
    let model = PoolingModel(method: .equalEffects, level: level, prediction: .none, iSquared: .q)
    return RevManResult(try model.fit(yi: data.yi, vi: data.vi))
  }

  /// Mantel–Haenszel on the corrected tables; of risk differences the estimate is that of the counts as they are.
  private func mantelHaenszel(
    _ raw: TwoByTwoColumns, _ corrected: TwoByTwoColumns, _ rows: EffectColumns
  ) throws(FitError) -> Fit {
    switch analysis.settings.effectMeasure {
    case "OR": return try MantelHaenszel(measure: .oddsRatio, level: level).fit(corrected, rows: rows)
    case "RR": return try MantelHaenszel(measure: .riskRatio, level: level).fit(corrected, rows: rows)
    default:
      let measure = MantelHaenszelMeasure<TwoByTwoColumns>.riskDifferenceGreenlandRobins
      let spread = try MantelHaenszel(measure: measure, level: level).fit(corrected, rows: rows)
      // A sum of events of zero leaves the raw variance at 0, where the fit refuses; the difference is 0 then.
      guard raw.hasEventsAndOthers else { return spread }
      let fit = try MantelHaenszel(measure: measure, level: level).fit(raw, rows: rows)
      return fit.withStandardError(of: spread)
    }
  }

  // MARK: Random effects

  private var estimator: TauSquaredEstimator? {
    guard let word = analysis.settings.estimator?.lowercased() else { return .derSimonianLaird }
    if word.contains("reml") || word.contains("restricted") { return .reml }
    return word == "dl" || word.contains("simonian") ? .derSimonianLaird : nil
  }

  private var inference: Inference? {
    guard let word = analysis.settings.intervalMethod?.lowercased() else { return .normal }
    if word.contains("hksj") || word.contains("hartung") { return .hartungKnapp }
    return word.contains("wald") || word.contains("normal") ? .normal : nil
  }

  /// DerSimonian and Laird's τ² takes Q about the Mantel–Haenszel estimate where that is the method.
  private func random(_ data: Data) throws(FitError) -> RevManResult {
    let estimator = estimator ?? .derSimonianLaird
    // RevMan has given I² from τ² since it has had a choice of estimators.
    let isNew = analysis.settings.estimator != nil
    var model = PoolingModel(
      method: .random(estimator), inference: inference ?? .normal, level: level,
      tauSquaredInterval: isNew && data.yi.count > 1 ? .qProfile : nil,
      prediction: analysis.settings.hasPrediction ? (inference == .hartungKnapp ? .t : .normal) : .none,
      iSquared: isNew ? .tauSquared : .q)
    guard analysis.settings.method == "MH", estimator == .derSimonianLaird, let raw = data.raw,
      let corrected = data.corrected, data.yi.count > 1
    else { return RevManResult(try model.fit(yi: data.yi, vi: data.vi)) }
    let centre = try mantelHaenszel(raw, corrected, data.rows)
    let q = centre.heterogeneity.q ?? 0
    model.fixedTauSquared = RevManPooling.momentEstimate(q: q, vi: data.vi)
    model.tauSquaredInterval = nil
    var result = RevManResult(try model.fit(yi: data.yi, vi: data.vi))
    result.heterogeneityAbout(centre.heterogeneity, keepsISquared: isNew)
    if analysis.settings.hasPrediction { result.addPrediction(isT: inference == .hartungKnapp, level: level) }
    return result
  }

  /// max(0, (Q − (k − 1))/(Σw − Σw²/Σw)), w = 1/vᵢ.
  private static func momentEstimate(q: Double, vi: [Double]) -> Double {
    let (sum, squares) = vi.reduce((0.0, 0.0)) { ($0.0 + 1 / $1, $0.1 + 1 / ($1 * $1)) }
    return max(0, (q - Double(vi.count - 1)) / (sum - squares / sum))
  }
}

extension TwoByTwoColumns {
  /// Some rows, in the order given.
  func selecting(_ rows: [Int]) -> TwoByTwoColumns {
    TwoByTwoColumns(a: rows.map { a[$0] }, b: rows.map { b[$0] }, c: rows.map { c[$0] }, d: rows.map { d[$0] })
  }

  /// Whether there is an event and a non-event anywhere.
  fileprivate var hasEventsAndOthers: Bool { (a + c).contains { $0 > 0 } && (b + d).contains { $0 > 0 } }
}

extension Fit {
  /// This fit with the standard error of another and what follows from it.
  fileprivate func withStandardError(of other: Fit) -> Fit {
    guard let mine = pooled, let theirs = other.pooled else { return self }
    var fit = self
    let shift = mine.value - theirs.value
    fit.coefficients[0].standardError = theirs.standardError
    fit.coefficients[0].interval.lower = theirs.interval.lower + shift
    fit.coefficients[0].interval.upper = theirs.interval.upper + shift
    let statistic = mine.value / theirs.standardError
    fit.coefficients[0].statistic = statistic
    fit.coefficients[0].pValue = Normal.twoSidedP(statistic)
    return fit
  }
}
