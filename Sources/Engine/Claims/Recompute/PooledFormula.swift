import EffectSizes
import NumericCore
import Synthesis

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A way of pooling several rows: method, inference, and how zero cells are corrected.
struct PooledFormula: Sendable {
  enum Method: Sendable {
    case inverseVariance(PoolingMethod, Inference)
    case mantelHaenszel
    case peto
  }

  /// What is pooled: several rows of counts, or of means.
  enum Data: Sendable {
    case counts([Counts])
    case means([GroupMeans<Double>])
  }

  let measure: String
  let method: Method
  let add: Double

  /// All ways for a measure, the usual ones first.
  static func all(measure: String, ofCounts: Bool) -> [PooledFormula] {
    let methods: [Method] =
      [
        .inverseVariance(.random(.derSimonianLaird), .normal), .inverseVariance(.random(.reml), .normal),
      ] + (ofCounts && measure != "SMD" && measure != "MD" ? [.mantelHaenszel] : []) + (measure == "OR" ? [.peto] : [])
      + [
        .inverseVariance(.equalEffects, .normal), .inverseVariance(.random(.reml), .hartungKnapp),
        .inverseVariance(.random(.derSimonianLaird), .hartungKnapp), .inverseVariance(.random(.pauleMandel), .normal),
        .inverseVariance(.random(.pauleMandel), .hartungKnapp),
      ]
    return methods.map { PooledFormula(measure: measure, method: $0, add: 0.5) }
  }

  var name: String {
    switch method {
    case .inverseVariance(let pooling, let inference):
      "pooled \(measure), inverse variance, \(pooling.name) (\(pooling.code)), \(inference.word) inference"
    case .mantelHaenszel: "pooled \(measure), Mantel–Haenszel without correction"
    case .peto: "pooled OR, Peto"
    }
  }

  var tags: [String] {
    switch method {
    case .inverseVariance(let pooling, let inference):
      [pooling.code.lowercased()] + (pooling.tauSquared == nil ? ["fixed"] : ["random"])
        + (inference == .normal ? ["normal"] : ["hartung"])
    case .mantelHaenszel: ["mh"]
    case .peto: ["peto"]
    }
  }

  /// Pooled estimate with its interval on the scale people read, and the heterogeneity.
  struct Result: Sendable {
    let outcome: Outcome<Double>
    let iSquared, tauSquared: Double?
  }

  /// - Returns: `nil` where the data do not allow it.
  func fit(_ data: Data, level: Double) -> Result? {
    guard let measure = Measure.named(measure), let rows = effects(measure, data) else { return nil }
    let fit: Fit?
    switch method {
    case .inverseVariance(let pooling, let inference):
      fit = try? PoolingModel(method: pooling, inference: inference, level: level).fit(yi: rows.yi, vi: rows.vi)
    case .mantelHaenszel, .peto: fit = countFit(data, rows, level)
    }
    guard let fit, let pooled = fit.pooled, pooled.value.isFinite else { return nil }
    let isLog = measure.scale == .log
    func shown(_ x: Double) -> Double { isLog ? exp(x) : x }
    let outcome = Outcome(shown(pooled.value), standardError: pooled.standardError, p: pooled.pValue)
      .with(lower: shown(pooled.interval.lower), upper: shown(pooled.interval.upper))
    return Result(
      outcome: outcome, iSquared: fit.heterogeneity.iSquared.map { 100 * $0 }, tauSquared: fit.heterogeneity.tauSquared)
  }

  private func effects(_ measure: Measure, _ data: Data) -> EffectColumns? {
    var options = EffectOptions()
    let columns: StudyColumns
    switch data {
    case .counts(let tables):
      guard measure.family == .twoByTwo else { return nil }
      options.add = add
      var counts = StudyColumns(count: tables.count)
      counts[.ai] = tables.map(\.events1)
      counts[.n1i] = tables.map(\.n1)
      counts[.ci] = tables.map(\.events2)
      counts[.n2i] = tables.map(\.n2)
      columns = counts
    case .means(let groups):
      guard measure.family == .means else { return nil }
      var means = StudyColumns(count: groups.count)
      means[.m1i] = groups.map(\.m1)
      means[.sd1i] = groups.map(\.sd1)
      means[.n1i] = groups.map(\.n1)
      means[.m2i] = groups.map(\.m2)
      means[.sd2i] = groups.map(\.sd2)
      means[.n2i] = groups.map(\.n2)
      columns = means
    }
    guard let rows = try? measure.estimate(columns, options), rows.problems.isEmpty else { return nil }
    return rows
  }

  private func countFit(_ data: Data, _ rows: EffectColumns, _ level: Double) -> Fit? {
    guard case .counts(let tables) = data else { return nil }
    let columns = TwoByTwoColumns(
      events1: tables.map(\.events1), total1: tables.map(\.n1), events2: tables.map(\.events2), total2: tables.map(\.n2)
    )
    if case .peto = method { return try? Peto(level: level).fit(columns, rows: rows) }
    guard let measure = MantelHaenszelMeasure<TwoByTwoColumns>.all.first(where: { $0.code == measure }) else {
      return nil
    }
    return try? MantelHaenszel(measure: measure, level: level).fit(columns, rows: rows)
  }
}
