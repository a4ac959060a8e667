import EffectSizes
import TableIO

/// How the rows of a long table are read: which columns name the group, which play a role.
struct BatchSchema: Sendable {
  /// Kinds of input.
  enum Format: Sendable {
    /// Separated values, with what their beginning said.
    case separated(delimiter: UInt8, columnCount: Int)
    /// A JSON object a line.
    case lines
  }

  let format: Format
  let file: String
  /// Names of the columns that a scanner is asked for: all of them in separated values, those in use in NDJSON.
  let columnNames: [String]
  let decimalMarks: [UInt8]
  /// Places of the group's columns.
  let by: [Int]
  /// Roles and the places of their columns.
  let roles: [(role: Role, column: Int)]
  let measure: Measure
  /// Where the first row begins.
  let bodyStart: Int
  let bodyLine: Int

  /// Finds the columns from the beginning of the input.
  init(_ request: BatchRequest, beginning: [UInt8], isWhole: Bool) throws(EvidenceError) {
    let file = request.pool.data.input
    self.file = file
    let isLines = beginning.first { $0 > 0x20 } == UInt8(ascii: "{")
    let header: Table
    do throws(TableError) {
      if isLines {
        let end = beginning.firstIndex(of: UInt8(ascii: "\n")) ?? beginning.count
        header = try TableReader.read(Array(beginning[..<end]), format: .ndjson)
        format = .lines
        (bodyStart, bodyLine) = (0, 1)
        decimalMarks = []
      } else {
        let start = try BatchSchema.start(beginning, isWhole)
        let delimiter = start.dialect.delimiter ?? UInt8(ascii: ",")
        var writer = CSVWriter()
        writer.row(start.columnNames)
        header = try CSVReader.read(writer.bytes, .comma)
        format = .separated(delimiter: delimiter, columnCount: start.columnNames.count)
        (bodyStart, bodyLine) = (start.bodyStart, start.bodyLine)
        decimalMarks = start.decimalMarks
      }
    } catch {
      throw EvidenceError(
        .badData, error.message, file: file, line: error.line, column: error.column, hint: error.hint)
    }
    columnNames = header.columnNames
    var by = [Int]()
    for name in request.by {
      guard let index = header.columnIndex(named: name) else {
        throw EvidenceError(
          .badData, "--by names a column \"\(name)\" that the file does not have", file: file, column: name,
          hint: "its columns are " + header.columnNames.joined(separator: ", "))
      }
      by.append(index)
    }
    self.by = by
    guard let code = request.pool.measure.code, let measure = Measure.named(code) else {
      throw EvidenceError(
        .usage, "--measure \(request.pool.measure.code ?? "") is needed and must be known",
        hint: "`evidence effects --list` names all measures")
    }
    self.measure = measure
    let binding = try ColumnBinding.find(
      forms: measure.forms.map(\.roles), others: measure.forms.flatMap { $0.roles + $0.optional },
      map: request.pool.data.map, in: header, measure: measure.code, file: file)
    roles = Role.allCases.compactMap { role in binding.columns[role].map { (role, $0) } }
  }

  /// What the groups consist of.
  var shape: BatchShape {
    BatchShape(groupNames: by.map { columnNames[$0] }, measure: measure, roles: roles.map(\.role))
  }

  private static func start(_ beginning: [UInt8], _ isWhole: Bool) throws(TableError) -> StreamStart {
    let result = beginning.withUnsafeBytes { bytes -> Result<StreamStart, TableError> in
      do throws(TableError) {
        return .success(try StreamStart(bytes, ending: isWhole ? .text : .chunk))
      } catch { return .failure(error) }
    }
    return try result.get()
  }
}
