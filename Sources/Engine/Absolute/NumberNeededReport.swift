public import EffectSizes
import Synthesis

/// Absolute effects and numbers needed to treat: what `evidence nnt` prints.
public struct NumberNeededReport: Sendable {
  /// What was asked.
  public let request: NumberNeededRequest
  /// Whether the event is wanted.
  public let event: EventKind
  /// Coverage of the intervals.
  public let level: Double
  /// The rows: tables, or the effect at each baseline risk.
  public internal(set) var rows: [NumberNeededRow] = []
  /// The same for the prediction interval, the effect in the next setting.
  public internal(set) var prediction: [NumberNeededRow] = []
  /// The same for each subgroup.
  public internal(set) var subgroups: [Group] = []
  /// The relative effect that was applied, when there is one.
  public internal(set) var effect: RelativeEffect?
  /// The pooled analysis that it comes from.
  public internal(set) var analysis: PoolAnalysis?
  /// The tables that the rows are.
  private(set) var tables: NumberNeededTables?
  let provenance: Provenance

  /// A subgroup's rows.
  public struct Group: Sendable {
    /// The level of the grouping column.
    public let name: String
    /// Number of studies.
    public let studyCount: Int
    /// Its effect.
    public let effect: RelativeEffect
    /// The effect at each baseline risk.
    public let rows: [NumberNeededRow]
    /// The same for the prediction interval.
    public let prediction: [NumberNeededRow]
  }

  /// Runs a request.
  /// - Throws: 64, 65, 66 or 69, as the interface says.
  public init(_ request: NumberNeededRequest) throws(EvidenceError) {
    try self.init(request, pooled: nil)
  }

  /// Runs a request whose studies may have been pooled already.
  init(_ request: NumberNeededRequest, pooled: PoolAnalysis?) throws(EvidenceError) {
    self.request = request
    switch request.source {
    case .tables(let data, let measure):
      let tables = try NumberNeededTables(data, measure, interval: request.interval, event: request.event)
      self.tables = tables
      event = tables.events.usual
      level = measure.level
      provenance = Provenance(command: request.command, studies: tables.studies)
      rows = tables.rows
    case .effect(let effect):
      event = request.event ?? .bad
      level = effect.level
      provenance = Provenance(command: request.command)
      self.effect = effect
      rows = try applied(effect, risks(nil))
    case .pool(let pool):
      let analysis = if let pooled { pooled } else { try PoolAnalysis(pool) }
      self.analysis = analysis
      event = EventKinds(analysis.studies, request.event).usual
      level = analysis.fit.level
      provenance = analysis.provenance
      try addPooled(analysis)
    }
  }

  /// Everything a careful reader should know.
  public var warnings: [String] {
    var list = (analysis?.warnings ?? []) + (tables?.studies.warnings ?? [])
    for (place, rows) in [("", rows), ("in the next setting, ", prediction)] + subgroups.flatMap(\.remarkable) {
      for row in rows { list += row.remarks.map { place + row.label + ": " + $0 } }
    }
    if let direction { list.append(direction) }
    return list
  }

  /// A standardised difference has no event in it: says which way it was read.
  private var direction: String? {
    guard let effect, effect.measure.link.name == RiskLink.probit.name || effect.measure.link.ignoresBaseline,
      effect.measure.code != "RD"
    else { return nil }
    return "a positive \(effect.measure.name) is read as more people with the event, which is "
      + (event == .good ? "wanted (--event good)" : "unwanted (--event bad); for response or recovery use --event good")
  }
}

// MARK: - From a relative effect

extension NumberNeededReport {
  typealias WordedRisk = (risk: BaselineRisk?, words: String)

  /// The pooled effect, its prediction interval and the subgroups, each at every baseline risk.
  private mutating func addPooled(_ analysis: PoolAnalysis) throws(EvidenceError) {
    guard let pooled = analysis.fit.pooled else {
      throw EvidenceError(
        .usage, "with --mods there is no single effect to apply", hint: "leave --mods out, or use --subgroup")
    }
    let given = try GivenEstimates(analysis.studies, request.estimates)
    let measure = try RelativeMeasureChoice.measure(
      given.code, conversion: request.conversion, standardDeviation: request.standardDeviation,
      hasBaseline: true)
    let here = try risks(analysis.studies, measure: measure)
    let effect = try NumberNeededReport.effect(measure, pooled.value, pooled.interval, given.back)
    self.effect = effect
    rows = try applied(effect, here)
    prediction = try predicted(measure, pooled.value, analysis.fit.prediction, given.back, here)
    for group in analysis.subgroups {
      guard let pooled = group.fit.pooled else { continue }
      let studies = analysis.studies.selecting(group.rows)
      let there = try risks(studies, measure: measure)
      let back = try GivenEstimates(studies, request.estimates).back
      let effect = try NumberNeededReport.effect(measure, pooled.value, pooled.interval, back)
      subgroups.append(
        Group(
          name: group.name, studyCount: group.fit.k, effect: effect, rows: try applied(effect, there),
          prediction: try predicted(measure, pooled.value, group.fit.prediction, back, there)))
    }
  }

  private func predicted(
    _ measure: RelativeMeasure, _ value: Double, _ prediction: Prediction?, _ back: @Sendable (Double) -> Double,
    _ risks: [WordedRisk]
  ) throws(EvidenceError) -> [NumberNeededRow] {
    guard let prediction else { return [] }
    return try applied(NumberNeededReport.effect(measure, value, prediction.interval, back), risks)
  }

  private static func effect(
    _ measure: RelativeMeasure, _ value: Double, _ interval: Interval, _ back: @Sendable (Double) -> Double
  ) throws(EvidenceError) -> RelativeEffect {
    let limits = ConfidenceLimits(lower: back(interval.lower), upper: back(interval.upper))
    return try absolutely(.notEstimable) { () throws(AbsoluteEffectError) in
      try RelativeEffect(
        measure: measure, estimate: back(value), limits: limits, level: interval.level)
    }
  }

  private func applied(_ effect: RelativeEffect, _ risks: [WordedRisk]) throws(EvidenceError) -> [NumberNeededRow] {
    var result = [NumberNeededRow]()
    for (risk, words) in risks {
      result.append(try NumberNeededRow(effect, at: risk, words: words, event: event, request: request))
    }
    return result
  }

  /// The baseline risks asked for; without any, the range of the control arms, or none for a measure that needs none.
  private func risks(_ studies: StudySet?, measure: RelativeMeasure? = nil) throws(EvidenceError) -> [WordedRisk] {
    if let table = request.baselineTable, request.baseline == nil {
      return try ControlRisks(table: table, level: level).risks(.pooled).map { ($0.risk, $0.words) }
    }
    guard let baseline = request.baseline else {
      let hasControls = studies?.twoByTwo != nil
      if let studies, hasControls { return try controls(studies, request.usualControls) }
      guard let measure = measure ?? effect?.measure, measure.needsBaseline else { return [(nil, "any baseline risk")] }
      throw EvidenceError(
        .usage, "\(measure.name): a baseline risk is needed to give an absolute effect",
        hint: "give --baseline-risk 0.2, a list such as 0.1,0.2,0.4, or counts such as 12/60")
    }
    var result = [WordedRisk]()
    for item in baseline.items {
      switch item {
      case .risk(let risk, let words): result.append((risk, words))
      case .controls(let summary):
        if let table = request.baselineTable {
          result += try ControlRisks(table: table, level: level).risks(summary).map { ($0.risk, $0.words) }
          continue
        }
        guard let studies else {
          throw EvidenceError(
            .usage, "--baseline-risk controls needs the data of the studies",
            hint: "name a file, or give the risk as a number")
        }
        result += try controls(studies, summary)
      }
    }
    return result
  }

  private func controls(
    _ studies: StudySet, _ summary: BaselineRequest.ControlSummary
  ) throws(EvidenceError) -> [WordedRisk] {
    try ControlRisks(studies, level: level).risks(summary).map { ($0.risk, $0.words) }
  }
}

extension Provenance {
  /// The provenance of numbers that were typed.
  init(command: String) {
    self.command = command
    inputName = nil
    inputSHA256 = nil
    rowsRead = nil
    rowsUsed = nil
    seed = nil
  }
}

extension NumberNeededReport.Group {
  /// The rows with the place that a remark on them names.
  fileprivate var remarkable: [(String, [NumberNeededRow])] {
    [(name + ", ", rows), (name + ", in the next setting, ", prediction)]
  }
}
