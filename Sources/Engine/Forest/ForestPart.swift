import Plots
import Synthesis
import TableIO

/// One forest plot of a figure: of one analysis, or of one for each outcome.
struct ForestPart {
  let table: ForestTable
  let analyses: [PoolAnalysis]
  let warnings: [String]

  init(_ request: ForestRequest) throws(EvidenceError) {
    var warnings: [String] = []
    let levels = try request.outcomeLevels()
    var options = ForestOptions()
    options.axisRange = request.axisRange
    options.ticks = request.ticks
    options.showStudies = !request.showsOnlyPooled
    options.showSubgroupPrediction = request.showsSubgroupPrediction
    var made: [ForestAnalysis] = []
    for level in levels.isEmpty ? [nil] : levels.map(Optional.some) {
      var one = request
      if let level, let column = request.outcomeColumn { one.pool.data.level = (column, level) }
      made.append(try ForestAnalysis(one, warnings: &warnings))
    }
    var input = made[0].input
    if !levels.isEmpty {
      input = ForestInput.outcomes(zip(levels, made).map { ($0, $1.input) }) ?? input
    }
    if let sequence = request.sequence {
      input = input.sequence(sequence, steps: try ForestRun.steps(sequence, request, made[0].analysis))
    } else {
      try made.setOrder(&options, request.sort, isRated: Set(request.riskOfBias))
    }
    if request.showsOnlyPooled { input = input.summary() }
    options.digits = request.digits ?? input.usualDigits
    options.cells = request.cells(input.extraColumns)
    var table = ForestBuilder.table(input, style: request.style, options: options)
    table.predictionShape = request.predictionShape
    self.table = table
    self.warnings = warnings
    analyses = made.map(\.analysis)
  }
}

extension ForestRequest {
  /// The outcomes in the order in which they are drawn; empty without a column of outcomes.
  fileprivate func outcomeLevels() throws(EvidenceError) -> [String] {
    guard let name = outcomeColumn else { return [] }
    let source = try StudyTable(pool.data)
    guard let column = source.table.columnIndex(named: name) else {
      throw EvidenceError(
        .badData, "--outcome names a column \"\(name)\" that the file does not have", file: source.document.name,
        column: name, hint: "its columns are " + source.table.columnNames.joined(separator: ", "))
    }
    return try ordered(source.levels(ofColumn: column), of: name)
  }

  /// Names in the order that was asked for, then the others as they are.
  /// - Throws: 64 for a name that is not among them.
  func ordered(_ names: [String], of column: String) throws(EvidenceError) -> [String] {
    if let unknown = groupOrder.first(where: { !names.contains($0) }) {
      throw EvidenceError(
        .usage, "--group-order names \"\(unknown)\", which is no level of \(column)",
        hint: "its levels are " + names.joined(separator: ", "))
    }
    return groupOrder + names.filter { !groupOrder.contains($0) }
  }

  /// What the figure shows from left to right, where the columns say so; `nil` leaves it to the style.
  fileprivate func cells(_ extras: [ForestExtraColumn]) -> [ForestCell]? {
    let chosen = columns.map { ForestCell(word: $0.name) }
    let isLayout = chosen.contains { if case .extra = $0 { false } else { true } }
    guard isLayout else { return nil }
    return chosen + extras.filter { $0.kind == .riskOfBias }.map { .extra($0.name) }
  }
}

extension [ForestAnalysis] {
  /// Puts the order of the studies into the options.
  fileprivate func setOrder(
    _ options: inout ForestOptions, _ word: String, isRated: Set<String>
  ) throws(EvidenceError) {
    options.descending = word.hasPrefix("-")
    let name = options.descending ? String(word.dropFirst()) : word
    if let sort = ForestOptions.Sort(rawValue: name) {
      options.sort = sort
      return
    }
    var keys: [PlotValue] = []
    for made in self {
      let studies = made.analysis.studies
      let column = try studies.column(name, option: "--sort")
      var own: [PlotValue]
      switch studies.moderator(column) {
      case .numbers(let values): own = values.map { $0.isNaN ? .missing : .number($0) }
      case .text(let texts): own = texts.map { $0.map { .text($0) } ?? .missing }
      }
      if isRated.contains(name) {
        // Judgements have an order of their own.
        own = own.map { $0.text.flatMap(RiskOfBias.init(word:)).map { .number(Double($0.rawValue)) } ?? .missing }
      }
      own += [PlotValue](repeating: .missing, count: made.order.count - own.count)
      keys += made.order.map { own[$0] }
    }
    options.sortKeys = keys
  }
}
