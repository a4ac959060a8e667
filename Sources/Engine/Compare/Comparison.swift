import EffectSizes
public import Synthesis
public import TableIO

/// The usual conventions side by side on the same data: what `evidence compare` prints.
public struct Comparison: Sendable {
  /// One way of analysing the data, and what it gives.
  public struct Row: Sendable {
    /// What it is called.
    public let name: String
    /// What it sets.
    public let description: String
    /// The fit, or why there is none.
    public let result: Result<Fit, EvidenceError>
  }

  /// The ways, in a fixed order.
  public let rows: [Row]
  private let studies: StudySet
  private let provenance: Provenance

  /// Runs every convention that fits the data; one that fails is a row with its reason.
  /// - Throws: 64, 65 or 66 when the data cannot be read or give no effect sizes.
  public init(_ request: PoolRequest) throws(EvidenceError) {
    let table = try StudyTable(request.data)  // once, for standard input is gone after that
    let studies = try StudySet(
      table: table, map: request.data.map, request.measure, keepingNotEstimable: false)
    try TrialFamilies.check(studies)
    var rows = [Row]()
    for way in Comparison.ways(studies) {
      var one = request
      way.set(&one)
      let result: Result<Fit, EvidenceError>
      do throws(EvidenceError) {
        let chosen =
          one.method.worksOnCounts
          ? try StudySet(table: table, map: one.data.map, one.rowMeasure, keepingNotEstimable: true) : studies
        result = .success(try Pooler(one).fit(chosen))
      } catch { result = .failure(error) }
      rows.append(Row(name: way.name, description: way.description, result: result))
    }
    self.rows = rows
    self.studies = studies
    provenance = Provenance(command: request.command, studies: studies)
  }

  private struct Way {
    let name, description: String
    let set: (inout PoolRequest) -> Void
  }

  private static func ways(_ studies: StudySet) -> [Way] {
    func way(_ method: PoolingMethod, _ inference: Inference) -> Way {
      Way(name: "\(method.code), \(inference.word)", description: "\(method.name), \(inference.word) inference") {
        $0.method = .inverseVariance(method)
        $0.inference = inference
      }
    }
    var ways = Conventions.all.map { tool in
      Way(name: "as \(tool.name)", description: tool.description) { tool.apply(to: &$0) }
    }
    ways += [
      way(.equalEffects, .normal), way(.random(.derSimonianLaird), .normal),
      way(.random(.derSimonianLaird), .hartungKnapp),
      way(.random(.reml), .normal), way(.random(.reml), .t), way(.random(.reml), .hartungKnapp),
      way(.random(.reml), .hartungKnappAdHoc), way(.random(.pauleMandel), .hartungKnapp),
      way(.random(.maximumLikelihood), .normal),
    ]
    if studies.hasCounts {
      ways.append(Way(name: "MH", description: "Mantel–Haenszel, equal effects") { $0.method = .mantelHaenszel })
    }
    if studies.twoByTwo != nil, ["OR", "PETO"].contains(studies.measure.code) {
      ways.append(Way(name: "PETO", description: "Peto, equal effects") { $0.method = .peto })
    }
    return ways
  }

  /// What the reader should know of the data.
  public var warnings: [String] { studies.warnings }

  /// For people.
  public func text(digits: Int) -> String {
    let format = TextFormat(digits: digits)
    let display = Display(studies)
    var table = TextTable(
      ["Convention", studies.measure.code, "CI", "P", "tau²", "I²", "Prediction"],
      [.left, .right, .right, .right, .right, .right, .right])
    for row in rows {
      switch row.result {
      case .failure(let error): table.row([row.name, error.message])
      case .success(let fit):
        guard let pooled = fit.pooled else { continue }
        let h = fit.heterogeneity
        let prediction = fit.prediction.map {
          format.interval(display.function($0.interval.lower), display.function($0.interval.upper))
        }
        table.row([
          row.name, format.number(display.function(pooled.value)),
          format.interval(display.function(pooled.interval.lower), display.function(pooled.interval.upper)),
          pooled.pValue.map { NumberText.plain.pValue($0) } ?? "—", format.number(h.tauSquared),
          format.percent(h.iSquared.map { 100 * $0 }) + (h.iSquaredMethod == "q" ? " (Q)" : ""), prediction ?? "—",
        ])
      }
    }
    var lines = ["\(studies.measure.displayName), \(studies.count) studies: the usual conventions side by side", ""]
    lines += table.lines + ["", "What the tools' defaults set:"]
    lines += Conventions.all.map { "  \($0.name): \($0.description)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// As JSON (`evidence.compare/1`).
  public var json: JSONValue {
    let display = Display(studies)
    let list = rows.map { row -> JSONValue in
      let head: [(String, JSONValue)] = [("name", .string(row.name)), ("description", .string(row.description))]
      switch row.result {
      case .failure(let error): return .fields(head + [("error", .string(error.message))])
      case .success(let fit):
        return .fields(
          head + [
            ("method", .string(fit.method)), ("inference", .string(fit.inference)),
            ("pooled", fit.pooled?.pooledJSON(fit.prediction) ?? .null),
            ("display", fit.pooled.map { display.json($0, fit.prediction) } ?? .null),
            ("heterogeneity", fit.heterogeneity.json), ("prediction_method", .orNull(fit.prediction?.method)),
          ])
      }
    }
    return .fields([
      ("schema", .string("evidence.compare/1")), ("measure", .string(studies.measure.code)),
      ("k", .integer(studies.count)), ("rows", .array(list)), ("warnings", .texts(warnings)),
      ("provenance", provenance.json),
    ])
  }
}
