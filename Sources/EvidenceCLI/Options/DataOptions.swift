import ArgumentParser
import EffectSizes
import Engine

/// What to read: shared by every command that takes a table.
struct DataOptions: ParsableArguments {
  @Option(help: "csv, tsv, json or ndjson; by extension and content otherwise.")
  var inputFormat: String?

  @Option(help: ArgumentHelp("Columns by role, such as ai=events,n1i=n.", valueName: "role=column,…"))
  var map: String?

  @Option(help: ArgumentHelp("Column of study labels.", valueName: "column"))
  var study: String?

  @Option(
    name: .customLong("where"), help: ArgumentHelp("Rows to use, such as 'year >= 1990'.", valueName: "condition"))
  var condition: String?

  @Option(
    help: ArgumentHelp("Analysis to take from a review's file (.rm5, data package), such as 1.2.", valueName: "number"))
  var analysis: String?

  /// The request for an input.
  func request(_ input: String) throws -> DataRequest {
    var request = DataRequest(input: input)
    request.inputFormat = inputFormat
    request.map = try DataRequest.parseMap(map ?? "")
    request.studyColumn = study
    request.condition = condition
    request.analysis = analysis
    return request
  }

  /// The first option that was given, which has no place where no table is read.
  var firstGiven: String? {
    let given: [(String, Bool)] = [
      ("--input-format", inputFormat != nil), ("--map", map != nil), ("--study", study != nil),
      ("--where", condition != nil), ("--analysis", analysis != nil),
    ]
    return given.first(where: \.1)?.0
  }
}

/// Which effect size, and how zero cells are treated.
struct MeasureOptions: ParsableArguments {
  @Option(help: "Effect size: RR, OR, RD, MD, SMD, GEN, … (`evidence effects --list`).")
  var measure: String?

  @Option(help: "Continuity correction added to the cells of a 2×2 table.")
  var add: Double?

  @Option(help: "Which tables get it: only0, all, if0all or none.")
  var to: String?

  @Flag(
    inversion: .prefixedNo,
    help:
      "Drop tables without events (or without non-events) in both groups; GLMM, LRP and BB do unless --no-drop00.")
  var drop00: Bool?

  @Option(help: "Formula of the sampling variance, such as LS, UB, AV (`effects --describe`).")
  var vtype: String?

  @Option(help: "Bias correction: yes or no; the measure's own default otherwise.")
  var correct: YesNo?

  @Flag(help: "Turn the sign of the effect round.")
  var flip = false

  @Option(help: "Coverage of intervals.")
  var level = 0.95

  func validate() throws {
    guard level > 0, level < 1 else { throw ValidationError("--level must lie between 0 and 1, got \(level)") }
    if let add, !(add >= 0 && add.isFinite) { throw ValidationError("--add must be 0 or more, got \(add)") }
  }

  var request: MeasureRequest {
    var request = MeasureRequest()
    request.code = measure
    request.add = add
    request.to = to
    request.dropDoubleZero = drop00
    request.varianceType = vtype
    request.correct = correct.map { $0 == .yes }
    request.flip = flip
    request.level = level
    return request
  }
}

/// An option that has a default of its own when it is not given.
enum YesNo: String, ExpressibleByArgument, CaseIterable {
  case yes, no
}
