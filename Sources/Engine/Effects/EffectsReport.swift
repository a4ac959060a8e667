public import EffectSizes
import NumericCore
public import TableIO

/// Effect sizes of every row, with normal intervals: what `evidence effects` prints.
public struct EffectsReport: Sendable {
  /// The studies.
  public let studies: StudySet
  /// Coverage of the intervals.
  public let level: Double
  let criticalValue: Double
  private let provenance: Provenance

  /// Computes the report: yi and vi of the measure, and yi ± z·√vi at the request's level.
  /// - Throws: 64 for words that are not known, 65 for data that cannot be, 66 for a file that is not there.
  public init(_ data: DataRequest, _ request: MeasureRequest, command: String) throws(EvidenceError) {
    studies = try StudySet(data, request)
    level = request.level
    criticalValue = try NormalInterval.criticalValue(level: level)
    provenance = Provenance(command: command, studies: studies)
  }

  /// What the report warns of.
  public var warnings: [String] { studies.warnings }

  /// The report as JSON (`evidence.effects/1`).
  public var json: JSONValue {
    .fields([
      ("schema", .string("evidence.effects/1")), ("measure", .string(studies.measureCode)),
      ("scale", .string(studies.measure.scale.rawValue)), ("k", .integer(studies.count)),
      ("rows", .list(JSONList(count: studies.count, element: row))), ("excluded", .array(studies.excluded.map(\.json))),
      ("warnings", .texts(warnings)), ("provenance", provenance.json),
    ])
  }

  func row(_ i: Int) -> JSONValue {
    let study = StudyEstimate(studies, i, criticalValue: criticalValue)
    return .object(
      study.members(
        before: [.init("row", .integer(studies.tableRows[i] + 1)), .init("study", .string(studies.labels[i]))],
        after: [.init("p", .orNull(study.p)), .init("display", study.display)]))
  }

  /// The input's columns, then yi, vi, sei, ci_lower, ci_upper; rows without an effect have empty cells there.
  public func csv() -> [UInt8] {
    let table = studies.source.table
    var writer = CSVWriter()
    writer.row(table.columnNames + ["yi", "vi", "sei", "ci_lower", "ci_upper"])
    let position = Dictionary(uniqueKeysWithValues: studies.tableRows.enumerated().map { ($1, $0) })
    for row in studies.source.rows {
      for column in table.columnNames.indices { writer.cell(table.text(row: row, column: column)) }
      let study = position[row].map { StudyEstimate(studies, $0, criticalValue: criticalValue) }
      for value in [study?.yi, study?.vi, study?.sei, study?.lower, study?.upper] { writer.cell(value) }
      writer.endRow()
    }
    return writer.bytes
  }
}

/// One study's estimate with its normal interval and p-value, on the analysis scale and as people read it.
struct StudyEstimate {
  let yi, vi, sei, lower, upper: Double
  let transform: Transform
  let size: Double?

  /// Borrows the studies: one of many must not cost a copy of all.
  init(_ studies: borrowing StudySet, _ i: Int, criticalValue: Double) {
    yi = studies.yi[i]
    vi = studies.vi[i]
    sei = vi.squareRoot()
    lower = yi - criticalValue * sei
    upper = yi + criticalValue * sei
    transform = studies.measure.display
    size = transform.needsSize ? studies.size(i) : nil
  }

  /// Two-sided p-value of no effect.
  var p: Double? { sei > 0 ? Normal.twoSidedP(yi / sei) : nil }

  /// yi, vi, sei, ci_lower, ci_upper between what else a report says of the study.
  func members(before: [JSONValue.Member], after: [JSONValue.Member]) -> [JSONValue.Member] {
    var members = before
    members.reserveCapacity(before.count + 5 + after.count)
    members.append(.init("yi", .orNull(yi)))
    members.append(.init("vi", .orNull(vi)))
    members.append(.init("sei", .orNull(sei)))
    members.append(.init("ci_lower", .orNull(lower)))
    members.append(.init("ci_upper", .orNull(upper)))
    members.append(contentsOf: after)
    return members
  }

  /// The estimate and its interval on the scale people read.
  var displayed: (estimate: Double, lower: Double, upper: Double) {
    (
      transform.apply(yi, harmonicSize: size), transform.apply(lower, harmonicSize: size),
      transform.apply(upper, harmonicSize: size)
    )
  }

  var display: JSONValue {
    let shown = displayed
    return .object([
      .init("estimate", .orNull(shown.estimate)), .init("ci_lower", .orNull(shown.lower)),
      .init("ci_upper", .orNull(shown.upper)),
    ])
  }
}

enum NormalInterval {
  /// z with P(|Z| ≤ z) = level.
  static func criticalValue(level: Double) throws(EvidenceError) -> Double {
    do { return try Normal.quantile(upperTail: (1 - level) / 2) } catch {
      throw EvidenceError(.usage, "--level must lie between 0 and 1, got \(level)")
    }
  }
}

extension StudySet {
  /// Size of a single-group study: `ni`, or events and non-events together, or the person-time.
  func size(_ i: Int) -> Double? {
    if let ni = columns[.ni], ni[i].isFinite { return ni[i] }
    if let xi = columns[.xi], let mi = columns[.mi] { return xi[i] + mi[i] }
    return columns[.ti]?[i]
  }
}
