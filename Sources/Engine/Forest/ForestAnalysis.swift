import Datasets
import EffectSizes
import Plots
import Synthesis
import TableIO

/// An analysis, and what its plot is made from: the studies in the order of the table, the not estimable ones among
/// them, and the fits.
struct ForestAnalysis {
  let analysis: PoolAnalysis
  var input: ForestInput
  /// For each study of the input its place among the studies of the analysis, the not estimable ones after the others.
  private(set) var order: [Int] = []

  /// Runs an analysis; what is odd in a table of judgements goes to `warnings`.
  init(_ request: ForestRequest, warnings: inout [String]) throws(EvidenceError) {
    analysis = try PoolAnalysis(request.pool)
    let studies = analysis.studies
    let measure = studies.measure
    let display = Display(studies)
    guard let pooled = analysis.fit.pooled else {
      throw EvidenceError(
        .usage, "a forest plot shows one pooled estimate, not a meta-regression", hint: "leave out --mods")
    }
    input = ForestInput(
      studies: [], measureCode: measure.code, measureName: request.effectName ?? measure.shownName,
      scale: measure.scale, null: Self.nullValue(measure), display: display.function)
    input.level = pooled.interval.level
    input.title = request.title ?? studies.source.document.dataset?.title ?? ""
    input.weighting = request.pool.method == .mantelHaenszel ? "M-H" : request.pool.method == .peto ? "Peto" : "IV"
    if let name = request.armExperimental { input.armExperimental = name }
    if let name = request.armControl { input.armControl = name }
    input.favoursLeft = request.favoursLeft
    input.favoursRight = request.favoursRight
    input.provenance = Self.provenance(analysis)
    try setStudies(request)
    try setGroups(request)
    if request.showsBothModels { try addCommonModel(request) }
    try addRiskOfBias(request, &warnings)
    order = rows.indices.sorted { rows[$0] < rows[$1] }
    input.studies = order.map { input.studies[$0] }
  }

  /// Rows of the table that the studies of the plot stand in.
  var rows: [Int] {
    let studies = analysis.studies
    return studies.tableRows + studies.notEstimable.map { studies.source.rows[$0] }
  }

  private mutating func setStudies(_ request: ForestRequest) throws(EvidenceError) {
    let studies = analysis.studies
    let table = studies.source.table
    let extras = try Self.extraColumns(request.columns, studies)
    let groupColumn = try request.pool.subgroupColumn.map { name throws(EvidenceError) in
      try studies.column(name, option: "--subgroup")
    }
    let year = table.columnIndex(named: "year")
    var plotted = (0..<studies.count).map { i in Self.study(i, analysis) }
    plotted += studies.notEstimable.indices.map { i in Self.notEstimable(i, studies) }
    for (i, row) in rows.enumerated() {
      plotted[i].group = groupColumn.map { table.text(row: row, column: $0) }
      plotted[i].extra = extras.map { table.text(row: row, column: $0.index) }
      if let year, case .value(let value) = table.number(row: row, column: year) { plotted[i].year = value }
    }
    input.studies = plotted
    input.extraColumns = extras.map(\.column)
  }

  private mutating func setGroups(_ request: ForestRequest) throws(EvidenceError) {
    let studies = analysis.studies
    input.overall = [ForestPooled(analysis.fit, Display(studies))]
    guard let column = request.pool.subgroupColumn else { return }
    let names = try request.ordered(analysis.subgroups.map(\.name), of: column)
    input.groups = names.compactMap { name in analysis.subgroups.first { $0.name == name } }.map { group in
      ForestGroup(name: group.name, pooled: [ForestPooled(group.fit, Display(studies.selecting(group.rows)))])
    }
    input.subgroupTest = analysis.subgroupTest.map {
      OmnibusTest(
        statistic: $0.q, degreesOfFreedom: $0.degreesOfFreedom, denominatorDegreesOfFreedom: nil, pValue: $0.pValue)
    }
  }

  /// Puts the common-effect fits before the random-effects ones, of the whole and of every subgroup.
  private mutating func addCommonModel(_ request: ForestRequest) throws(EvidenceError) {
    var common = request.pool
    common.method = .inverseVariance(.equalEffects)
    common.inference = .normal
    let pooler = try Pooler(common)
    let studies = analysis.studies
    let fit = try pooler.fit(studies)
    input.overall.insert(ForestPooled(fit, Display(studies)), at: 0)
    for index in studies.tableRows.indices { input.studies[index].weightCommon = fit.weights[index] }
    for index in input.groups.indices {
      let group = analysis.subgroups.first { $0.name == input.groups[index].name }
      let members = studies.selecting(group?.rows ?? [])
      input.groups[index].pooled.insert(ForestPooled(try pooler.fit(members), Display(members)), at: 0)
    }
  }

  private static func study(_ i: Int, _ analysis: PoolAnalysis) -> ForestStudy {
    let studies = analysis.studies
    let estimate = StudyEstimate(studies, i, criticalValue: analysis.studyCriticalValue)
    let shown = estimate.displayed
    let effect = ForestEffect(
      estimate: estimate.yi, standardError: estimate.sei, lower: estimate.lower, upper: estimate.upper,
      displayed: .init(estimate: shown.estimate, lower: shown.lower, upper: shown.upper))
    var study = ForestStudy(label: studies.labels[i], effect: estimate.yi.isNaN ? nil : effect)
    if estimate.yi.isNaN { study.notEstimableReason = "no effect size can be computed from these counts" }
    let weight = analysis.weight(i)
    // A table without events may lie in the pool with no weight; it then has none in the figure.
    if weight.isFinite, !(estimate.yi.isNaN && weight == 0) {
      if analysis.fit.effects == "random" { study.weightRandom = weight } else { study.weightCommon = weight }
    }
    study.raw = ForestRawData(studies.columns, i)
    return study
  }

  private static func notEstimable(_ index: Int, _ studies: StudySet) -> ForestStudy {
    let row = studies.source.rows[studies.notEstimable[index]]
    var study = ForestStudy(label: studies.source.labels[row], effect: nil)
    study.notEstimableReason = studies.excluded.first { $0.row == row + 1 }?.reason
    study.raw = ForestRawData(studies.notEstimableColumns, index)
    return study
  }

  private static func extraColumns(
    _ chosen: [(name: String, heading: String?)], _ studies: StudySet
  ) throws(EvidenceError) -> [(index: Int, column: ForestExtraColumn)] {
    var columns: [(index: Int, column: ForestExtraColumn)] = []
    for (name, heading) in chosen {
      guard case .extra = ForestCell(word: name) else { continue }
      let index = try studies.column(name, option: "--columns")
      let own = studies.source.table.columnNames[index]
      let kind: ForestExtraColumn.Kind
      if case .numbers = studies.moderator(index) { kind = .number } else { kind = .text }
      columns.append((index, ForestExtraColumn(name: name, heading: heading ?? own, kind: kind)))
    }
    return columns
  }

  /// No effect on the displayed scale: 1 for ratios of two groups, 0 for differences, none for single groups.
  private static func nullValue(_ measure: Measure) -> Double? {
    measure.hasNullEffect ? (measure.display == .exp ? 1 : 0) : nil
  }

  private static func provenance(_ analysis: PoolAnalysis) -> [KeyedText] {
    let provenance = analysis.provenance
    return [
      KeyedText("software", "evidence"), KeyedText("version", version), KeyedText("input", provenance.inputName ?? ""),
      KeyedText("input_sha256", provenance.inputSHA256 ?? ""), KeyedText("command", provenance.command),
    ]
  }
}

extension ForestPooled {
  /// A fit with its values on the scale people read.
  init(_ fit: Fit, _ display: Display) {
    self.init(fit)
    guard let pooled = fit.pooled else { return }
    displayed = ForestEffect.Displayed(
      estimate: display.function(pooled.value), lower: display.function(pooled.interval.lower),
      upper: display.function(pooled.interval.upper))
    predictionDisplayed = fit.prediction.map {
      Interval(
        lower: display.function($0.interval.lower), upper: display.function($0.interval.upper), level: $0.interval.level
      )
    }
  }
}

extension ForestRawData {
  /// What a study reported, as far as its columns say.
  init(_ columns: StudyColumns, _ i: Int) {
    self.init()
    func value(_ role: Role) -> Double? { columns[role].flatMap { $0[i].isNaN ? nil : $0[i] } }
    func sum(_ a: Role, _ b: Role) -> Double? {
      guard let x = value(a), let y = value(b) else { return nil }
      return x + y
    }
    if let xi = value(.xi) {
      eventsE = xi
      nE = value(.ni) ?? sum(.xi, .mi)
      timeE = value(.ti)
    } else {
      eventsE = value(.ai) ?? value(.x1i)
      nE = value(.n1i) ?? sum(.ai, .bi)
      eventsC = value(.ci) ?? value(.x2i)
      nC = value(.n2i) ?? sum(.ci, .di)
      timeE = value(.t1i)
      timeC = value(.t2i)
    }
    // `mi` is a mean only beside an SD; beside `xi` it is the non-events.
    meanE = value(.m1i) ?? (columns[.sdi] == nil ? nil : value(.mi))
    sdE = value(.sd1i) ?? value(.sdi)
    meanC = value(.m2i)
    sdC = value(.sd2i)
    if nE == nil { nE = value(.ni) }
  }
}
