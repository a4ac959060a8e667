import Datasets
import EffectSizes
import Plots
import Synthesis
import TableIO

extension ForestRun {
  /// What the plot is made from: the studies in the order of the table, the not estimable ones among them, and the fits.
  static func input(_ request: ForestRequest, _ analysis: PoolAnalysis) throws(EvidenceError) -> ForestInput {
    let studies = analysis.studies
    let measure = studies.measure
    let display = Display(studies)
    guard let pooled = analysis.fit.pooled else {
      throw EvidenceError(
        .usage, "a forest plot shows one pooled estimate, not a meta-regression", hint: "leave out --mods")
    }
    let extras = try extraColumns(request.columns, studies)
    let groupColumn = try request.pool.subgroupColumn.map { name throws(EvidenceError) in
      try studies.column(name, option: "--subgroup")
    }
    let year = studies.source.table.columnIndex(named: "year")
    var plotted = (0..<studies.count).map { i in study(i, analysis) }
    plotted += studies.notEstimable.map { i in notEstimable(i, studies) }
    let rows = studies.tableRows + studies.notEstimable.map { studies.source.rows[$0] }
    for (i, row) in rows.enumerated() {
      let table = studies.source.table
      plotted[i].group = groupColumn.map { table.text(row: row, column: $0) }
      plotted[i].extra = extras.map { table.text(row: row, column: $0.index) }
      if let year, case .value(let value) = table.number(row: row, column: year) { plotted[i].year = value }
    }
    var input = ForestInput(
      studies: plotted, measureCode: measure.code, measureName: measure.displayName, scale: measure.scale,
      null: nullValue(measure), display: display.function)
    input.title = request.title ?? studies.source.document.dataset?.title ?? ""
    input.overall = [ForestPooled(analysis.fit, display)]
    input.groups = analysis.subgroups.map { group in
      ForestGroup(
        name: group.name, pooled: [ForestPooled(group.fit, Display(studies.selecting(group.rows)))])
    }
    input.subgroupTest = analysis.subgroupTest.map {
      OmnibusTest(
        statistic: $0.q, degreesOfFreedom: $0.degreesOfFreedom, denominatorDegreesOfFreedom: nil, pValue: $0.pValue)
    }
    input.weighting = request.pool.method == .mantelHaenszel ? "M-H" : request.pool.method == .peto ? "Peto" : "IV"
    input.level = pooled.interval.level
    if let name = request.armExperimental { input.armExperimental = name }
    if let name = request.armControl { input.armControl = name }
    input.favoursLeft = request.favoursLeft
    input.favoursRight = request.favoursRight
    input.extraColumns = extras.map(\.column)
    input.provenance = provenance(analysis)
    return input
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
    if weight.isFinite {
      if analysis.fit.effects == "random" { study.weightRandom = weight } else { study.weightCommon = weight }
    }
    study.raw = ForestRawData(studies.columns, i)
    return study
  }

  private static func notEstimable(_ position: Int, _ studies: StudySet) -> ForestStudy {
    let row = studies.source.rows[position]
    var study = ForestStudy(label: studies.source.labels[row], effect: nil)
    study.notEstimableReason = studies.excluded.first { $0.row == row + 1 }?.reason
    study.raw = ForestRawData(studies.allColumns, position)
    return study
  }

  private static func extraColumns(
    _ names: [String], _ studies: StudySet
  ) throws(EvidenceError) -> [(index: Int, column: ForestExtraColumn)] {
    var columns: [(index: Int, column: ForestExtraColumn)] = []
    for name in names {
      let index = try studies.column(name, option: "--columns")
      let heading = studies.source.table.columnNames[index]
      let kind: ForestExtraColumn.Kind
      if case .numbers = studies.moderator(index) { kind = .number } else { kind = .text }
      columns.append((index, ForestExtraColumn(name: heading, heading: heading, kind: kind)))
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
