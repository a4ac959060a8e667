import EffectSizes
import Synthesis

/// Baseline risks from the control arms of a set of studies, or from a table of groups of its own.
struct ControlRisks {
  private let arms: ControlArms
  private let level: Double
  /// What an arm is called.
  private let noun: String

  /// The groups of a table: events and sizes, one a row.
  /// - Throws: 65 and 66 as every table does.
  init(table: DataRequest, level: Double) throws(EvidenceError) {
    var measure = MeasureRequest()
    measure.code = "PR"
    measure.to = "none"
    let groups = try StudySet(table, measure)
    guard let data = groups.counts.proportions, groups.count > 0 else {
      throw EvidenceError(
        .badData, "--baseline-table needs events and sizes of groups", file: groups.source.document.name,
        hint: "name the columns xi and ni")
    }
    arms = try absolutely(.badData) { () throws(AbsoluteEffectError) in
      try ControlArms(events: data.events, totals: data.total)
    }
    self.level = level
    noun = "group of \(groups.source.document.name)"
  }

  /// The control arms.
  /// - Throws: 64 when the data have no counts of a control arm.
  init(_ studies: StudySet, level: Double) throws(EvidenceError) {
    guard let tables = studies.twoByTwo, studies.count > 0 else {
      throw EvidenceError(
        .usage,
        "--baseline-risk controls needs counts of a control arm, which \(studies.measure.code) data do not have",
        hint: "give the baseline risk as a number")
    }
    arms = try absolutely(.badData) { () throws(AbsoluteEffectError) in
      try ControlArms(events: tables.c, totals: zip(tables.c, tables.d).map { $0 + $1 })
    }
    self.level = level
    noun = "control arm"
  }

  /// The risks that a summary stands for, each with its words.
  func risks(_ summary: BaselineRequest.ControlSummary) throws(EvidenceError) -> [(risk: BaselineRisk, words: String)] {
    let count = arms.events.count
    let several = noun.hasPrefix("group") ? "groups" + noun.dropFirst(5) : "control arms"
    let median = count == 1 ? "one \(noun)" : "median of \(count) \(several)"
    switch summary {
    case .median: return [(try known(arms.median), median)]
    case .range:
      if arms.range.lowerBound == arms.range.upperBound { return [(try known(arms.median), median)] }
      return [
        (try known(arms.range.lowerBound), "lowest \(noun)"), (try known(arms.median), median),
        (try known(arms.range.upperBound), "highest \(noun)"),
      ]
    case .total:
      let risk = try absolutely { () throws(AbsoluteEffectError) in
        try BaselineRisk.counts(events: arms.totalEvents, total: arms.totalPeople, level: level)
      }
      return [(risk, "all \(several), \(arms.totalEvents.shortText)/\(arms.totalPeople.shortText)")]
    case .pooled: return [(try pooled(), "mixed logistic model of \(count) \(several)")]
    }
  }

  private func known(_ risk: Double) throws(EvidenceError) -> BaselineRisk {
    try absolutely { () throws(AbsoluteEffectError) in try .known(risk) }
  }

  /// The mean log odds of a random-intercept logistic model, and its interval.
  private func pooled() throws(EvidenceError) -> BaselineRisk {
    let data = ProportionColumns(events: arms.events, total: arms.totals)
    let fit: Fit
    do throws(FitError) {
      fit = try OneGroupGLMM(level: level).fit(data)
    } catch { throw EvidenceError(error) }
    guard let mean = fit.pooled else {
      throw EvidenceError(.notEstimable, "the control arms have no pooled risk", hint: "use controls, the median arm")
    }
    let back = Transform.logistic
    let limits = ConfidenceLimits(lower: back.apply(mean.interval.lower), upper: back.apply(mean.interval.upper))
    return try absolutely { () throws(AbsoluteEffectError) in
      try .interval(limits, value: back.apply(mean.value), level: level)
    }
  }
}
