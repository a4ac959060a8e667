import EffectSizes
import Synthesis

extension Pooler {
  /// Pools counts by Mantel–Haenszel, Peto or a mixed model; the studies' own effect sizes serve heterogeneity and rows.
  func fitCounts(_ studies: CountStudies) throws(FitError) -> Fit {
    let rows = studies.rows
    let level = request.measure.level
    switch request.method {
    case .mantelHaenszel: return try mantelHaenszel(studies, rows, level)
    case .peto:
      guard let table = studies.twoByTwo, studies.measure.code == "PETO" || studies.measure.code == "OR" else {
        throw .invalidSpecification(
          "--method PETO needs counts of two groups and --measure PETO, got \(studies.measure.code)")
      }
      return try Peto(level: level).fit(table, rows: rows)
    case .penalisedLogistic: return try PenalisedLogistic(level: level).fit(oddsRatioTables(studies))
    case .betaBinomial: return try BetaBinomial(level: level).fit(oddsRatioTables(studies))
    case .glmm, .inverseVariance: return try glmm(studies, rows, level)
    }
  }

  private func oddsRatioTables(_ studies: CountStudies) throws(FitError) -> TwoByTwoColumns {
    guard let table = studies.twoByTwo, studies.measure.code == "OR" else {
      throw .invalidSpecification(
        "--method \(request.methodCode) needs counts of two groups and --measure OR, got \(studies.measure.code)")
    }
    return table
  }

  private func mantelHaenszel(_ studies: CountStudies, _ rows: EffectColumns, _ level: Double) throws(FitError) -> Fit {
    let code = studies.measure.code
    if let table = studies.twoByTwo,
      let measure = MantelHaenszelMeasure<TwoByTwoColumns>.all.first(where: { $0.code == code })
    {
      return try MantelHaenszel(measure: measure, level: level).fit(table, rows: rows)
    }
    if let table = studies.personTime,
      let measure = MantelHaenszelMeasure<PersonTimeColumns>.all.first(where: { $0.code == code })
    {
      return try MantelHaenszel(measure: measure, level: level).fit(table, rows: rows)
    }
    throw .invalidSpecification("--method MH pools OR, RR, RD, IRR and IRD from counts, not \(code)")
  }

  private func glmm(_ studies: CountStudies, _ rows: EffectColumns, _ level: Double) throws(FitError) -> Fit {
    let code = studies.measure.code
    var model = GLMM.Model.fixedStudies
    if let word = request.glmmModel {
      guard let chosen = GLMM.Model(rawValue: word.uppercased()) else {
        let known = GLMM.Model.allCases.map(\.rawValue).joined(separator: ", ")
        throw .invalidSpecification("--glmm \(word) is not known; choose from \(known)")
      }
      model = chosen
    }
    switch code {
    case "OR":
      guard let table = studies.twoByTwo else { break }
      return try GLMM(model: model, level: level).fit(table, rows: rows)
    case "IRR":
      guard let table = studies.personTime else { break }
      return try GLMM(model: model, level: level).fit(table, rows: rows)
    case "PLO":
      guard let data = studies.proportions else { break }
      return try OneGroupGLMM(level: level).fit(data, rows: rows)
    case "IRLN":
      guard let data = studies.rates else { break }
      return try OneGroupGLMM(level: level).fit(data, rows: rows)
    default: break
    }
    throw .invalidSpecification("--method GLMM needs counts and --measure OR, IRR, PLO or IRLN, got \(code)")
  }

  /// Tests of stratified tables that go with the Mantel–Haenszel method.
  func countTests(_ studies: CountStudies) throws(EvidenceError) -> CountTests? {
    do throws(FitError) {
      if let table = studies.twoByTwo { return try CountTests(table) }
      if let table = studies.personTime { return try CountTests(table) }
      return nil
    } catch { throw EvidenceError(error) }
  }
}

/// Counts of studies with their own effect sizes: what the count methods need of a set of studies.
struct CountStudies: Sendable {
  let measure: Measure
  let columns: StudyColumns
  let rows: EffectColumns
}

extension StudySet {
  /// The set as the count methods see it.
  var counts: CountStudies {
    CountStudies(measure: measure, columns: columns, rows: EffectColumns(yi: yi, vi: vi))
  }

  /// The raw 2×2 tables; `nil` when the data are something else.
  var twoByTwo: TwoByTwoColumns? { counts.twoByTwo }

  /// Events and person-time of two groups.
  var personTime: PersonTimeColumns? { counts.personTime }

  /// Whether the rows are 2×2 tables or person-time, so that the count methods can pool them.
  var hasCounts: Bool { twoByTwo != nil || personTime != nil }
}

extension CountStudies {
  /// The raw 2×2 tables, from cells or from totals; `nil` when the data are something else.
  var twoByTwo: TwoByTwoColumns? {
    guard measure.family == .twoByTwo, let a = columns[.ai], let c = columns[.ci] else { return nil }
    if let b = columns[.bi], let d = columns[.di] { return TwoByTwoColumns(a: a, b: b, c: c, d: d) }
    guard let n1 = columns[.n1i], let n2 = columns[.n2i] else { return nil }
    return TwoByTwoColumns(events1: a, total1: n1, events2: c, total2: n2)
  }

  /// Events and person-time of two groups.
  var personTime: PersonTimeColumns? {
    guard let x1 = columns[.x1i], let t1 = columns[.t1i], let x2 = columns[.x2i], let t2 = columns[.t2i] else {
      return nil
    }
    return PersonTimeColumns(events1: x1, time1: t1, events2: x2, time2: t2)
  }

  /// Events and sizes of one group.
  var proportions: ProportionColumns? {
    guard let x = columns[.xi] else { return nil }
    if let n = columns[.ni] { return ProportionColumns(events: x, total: n) }
    guard let m = columns[.mi] else { return nil }
    return ProportionColumns(events: x, total: zip(x, m).map { $0 + $1 })
  }

  /// Events and person-time of one group.
  var rates: RateColumns? {
    guard let x = columns[.xi], let t = columns[.ti] else { return nil }
    return RateColumns(events: x, time: t)
  }
}
