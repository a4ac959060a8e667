public import Plots
import Synthesis
public import TableIO

/// Forest plots made from a request: their data, and through them their pictures.
public struct ForestRun: Sendable {
  /// The analyses behind the plots.
  public let analyses: [PoolAnalysis]
  /// The plots' data.
  public let figure: ForestPanels
  /// What the analyses warn of.
  public let warnings: [String]

  /// Runs the analyses and gathers the plots' data.
  /// - Throws: 64 for options that do not go together, 65 for columns that are absent, and what the analyses throw.
  public init(_ request: ForestRequest) throws(EvidenceError) {
    try request.check()
    var request = request
    if request.pool.data.document == nil {
      request.pool.data.document = try InputDocument.read(request.pool.data.input)
    }
    var parts: [ForestPart] = []
    for measure in request.measures.isEmpty ? [request.pool.measure.code] : request.measures.map(Optional.some) {
      var one = request
      one.pool.measure.code = measure
      parts.append(try ForestPart(one))
    }
    analyses = parts.flatMap(\.analyses)
    var warnings: [String] = []
    for warning in analyses.flatMap(\.warnings) + parts.flatMap(\.warnings) where !warnings.contains(warning) {
      warnings.append(warning)
    }
    self.warnings = warnings
    guard parts.count > 1 else {
      figure = ForestPanels(panels: parts.map(\.table))
      return
    }
    // The title of the figure stands once; each plot has the name of its measure.
    let panels = parts.map { part in
      var table = part.table
      table.title = table.analysis["measure_name"] ?? table.title
      return table
    }
    figure = ForestPanels(title: parts[0].table.title, panels: panels)
  }
}

extension ForestRequest {
  /// - Throws: 64 for options that do not go together.
  fileprivate func check() throws(EvidenceError) {
    let isSequence = sequence != nil
    let pairs: [(isGiven: Bool, option: String, other: String)] = [
      (isSequence && pool.subgroupColumn != nil, "--subgroup", "--sequence"),
      (isSequence && !columns.isEmpty, "--columns", "--sequence"),
      (isSequence && showsBothModels, "--both", "--sequence"),
      (isSequence && outcomeColumn != nil, "--outcome", "--sequence"),
      (isSequence && showsOnlyPooled, "--only-pooled", "--sequence"),
      (isSequence && !riskOfBias.isEmpty, "--rob", "--sequence"),
      (isSequence && riskOfBiasTable != nil, "--rob-table", "--sequence"),
      (outcomeColumn != nil && pool.subgroupColumn != nil, "--subgroup", "--outcome"),
      (showsOnlyPooled && !columns.isEmpty, "--columns", "--only-pooled"),
      (showsOnlyPooled && !riskOfBias.isEmpty, "--rob", "--only-pooled"),
      (showsOnlyPooled && riskOfBiasTable != nil, "--rob-table", "--only-pooled"),
      (riskOfBiasTable != nil && !riskOfBias.isEmpty, "--rob", "--rob-table"),
    ]
    if let pair = pairs.first(where: \.isGiven) {
      throw EvidenceError(
        .usage, "\(pair.option) is not available with \(pair.other)",
        hint: "leave one of them out; studies are selected with --where")
    }
    if showsOnlyPooled, outcomeColumn == nil, pool.subgroupColumn == nil {
      throw EvidenceError(
        .usage, "--only-pooled shows the pooled results of parts, and there are none",
        hint: "add --subgroup COLUMN or --outcome COLUMN")
    }
    if !groupOrder.isEmpty, outcomeColumn == nil, pool.subgroupColumn == nil {
      throw EvidenceError(.usage, "--group-order goes with --subgroup or --outcome")
    }
    if showsBothModels {
      guard case .inverseVariance(.random) = pool.method else {
        throw EvidenceError(
          .usage,
          "--both shows a common-effect diamond beside a random-effects one, and \(pool.methodCode) is one model",
          hint: "leave out --both, or choose a random-effects --method such as REML")
      }
    }
  }
}

extension JSONValue {
  /// Plot data as JSON.
  init(_ value: PlotValue) {
    switch value {
    case .missing: self = .null
    case .flag(let flag): self = .bool(flag)
    case .number(let number): self = Int(exactly: number).map { .integer($0) } ?? .orNull(number)
    case .text(let text): self = .string(text)
    case .list(let list): self = .array(list.map { JSONValue($0) })
    case .record(let fields): self = .fields(fields.map { ($0.name, JSONValue($0.value)) })
    }
  }
}

extension PlotValue {
  /// JSON as plot data.
  public init(_ value: JSONValue) {
    switch value {
    case .null: self = .missing
    case .bool(let flag): self = .flag(flag)
    case .integer(let number): self = .number(Double(number))
    case .number(let number): self = .number(number)
    case .string(let text): self = .text(text)
    case .array, .list: self = .list((value.array ?? []).map { PlotValue($0) })
    case .object(let members): self = .record(members.map { .init($0.key, PlotValue($0.value)) })
    }
  }
}
