import EffectSizes
public import Plots
import Synthesis
public import TableIO

/// A forest plot made from a request: its data, and through them its pictures.
public struct ForestRun: Sendable {
  /// The analysis behind the plot.
  public let analysis: PoolAnalysis
  /// The plot's data.
  public let table: ForestTable
  /// The layout.
  public let style: ForestStyle

  /// Runs the analysis and gathers the plot's data.
  public init(_ request: ForestRequest) throws(EvidenceError) {
    let analysis = try PoolAnalysis(request.pool)
    self.analysis = analysis
    style = request.style
    var input = try ForestRun.input(request, analysis)
    if request.showsBothModels, case .inverseVariance(.random) = request.pool.method {
      var common = request.pool
      common.method = .inverseVariance(.equalEffects)
      common.inference = .normal
      let fit = try Pooler(common).fit(analysis.studies)
      input.overall.insert(ForestPooled(fit, Display(analysis.studies)), at: 0)
      for (index, position) in analysis.studies.tableRows.indices.enumerated() {
        input.studies[index].weightCommon = fit.weights[position]
      }
    }
    var options = ForestOptions()
    options.digits = request.digits
    options.axisRange = request.axisRange
    if let sequence = request.sequence {
      input = input.sequence(sequence, steps: try ForestRun.steps(sequence, request, analysis))
    } else {
      try ForestRun.setOrder(&options, request.sort, analysis, studyCount: input.studies.count)
    }
    var table = ForestBuilder.table(input, style: request.style, options: options)
    table.predictionShape = request.predictionShape
    self.table = table
  }

  /// What the analysis warns of.
  public var warnings: [String] { analysis.warnings }

  private static func setOrder(
    _ options: inout ForestOptions, _ word: String, _ analysis: PoolAnalysis, studyCount: Int
  ) throws(EvidenceError) {
    options.descending = word.hasPrefix("-")
    let name = options.descending ? String(word.dropFirst()) : word
    if let sort = ForestOptions.Sort(rawValue: name) {
      options.sort = sort
      return
    }
    let column = try analysis.studies.column(name, option: "--sort")
    let keys: [PlotValue]
    switch analysis.studies.moderator(column) {
    case .numbers(let values): keys = values.map { $0.isNaN ? .missing : .number($0) }
    case .text(let texts): keys = texts.map { $0.map { .text($0) } ?? .missing }
    }
    options.sortKeys = keys + [PlotValue](repeating: .missing, count: studyCount - keys.count)
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
    case .array(let list): self = .list(list.map { PlotValue($0) })
    case .object(let members): self = .record(members.map { .init($0.key, PlotValue($0.value)) })
    }
  }
}
