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
  /// Places of the group's columns.
  let by: [Int]
  /// Roles of the columns of numbers.
  let roles: [Role]
  /// The cells of a record that hold its numbers: a cell for each role, and again for each further study of a wide table.
  let cells: [Cell]
  /// Whether every record is a group.
  let isWide: Bool
  let measure: Measure
  /// Where the first row begins.
  let bodyStart: Int
  let bodyLine: Int

  /// A cell that holds a number.
  struct Cell: Sendable {
    let column: Int
    let decimalMark: UInt8
  }

  /// Studies that a record has.
  var rowsPerRecord: Int { cells.count / max(roles.count, 1) }

  /// Finds the columns from the beginning of the input.
  init(_ request: BatchRequest, beginning: [UInt8], isWhole: Bool) throws(EvidenceError) {
    let file = request.pool.data.input
    self.file = file
    if beginning.starts(with: NPYHeader.magic) {
      throw EvidenceError(
        .badData, "this is a NumPy array; expected a table", file: file,
        hint: "an array of estimates goes with --vi FILE or --sei FILE, the array of variances or standard errors")
    }
    let reading = try BatchSchema.reading(request.pool.data, beginning)
    let header: Table
    let decimalMarks: [UInt8]
    do throws(TableError) {
      switch reading {
      case .lines:
        let end = beginning.firstIndex(of: UInt8(ascii: "\n")) ?? beginning.count
        header = try TableReader.read(Array(beginning[..<end]), format: .ndjson)
        format = .lines
        (bodyStart, bodyLine) = (0, 1)
        decimalMarks = []
      case .separated(let options):
        let start = try BatchSchema.start(beginning, isWhole, options)
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
    for name in request.groupColumns {
      guard let index = header.columnIndex(named: name) else {
        let option = request.by.contains(name) ? "--by" : "--method-column"
        throw EvidenceError(
          .badData, "\(option) names a column \"\(name)\" that the file does not have", file: file, column: name,
          hint: "its columns are " + header.columnNames.joined(separator: ", "))
      }
      by.append(index)
    }
    self.by = by
    let code = request.pool.measure.code ?? Measure.generic.code
    guard let measure = Measure.named(code) else {
      throw EvidenceError(
        .usage, "--measure \(code) must be known", hint: "`evidence effects --list` names all measures")
    }
    self.measure = measure
    isWide = request.wide
    let places: [Int]
    if isWide {
      let wide = try WideColumns(measure, columnNames, except: by, map: request.pool.data.map, file: file)
      (roles, places) = (wide.roles, wide.places)
    } else {
      let binding = try ColumnBinding.find(
        forms: measure.forms.map(\.roles), others: measure.forms.flatMap { $0.roles + $0.optional },
        map: request.pool.data.map, in: header, measure: measure.code, file: file)
      roles = Role.allCases.filter { binding.columns[$0] != nil }
      places = roles.compactMap { binding.columns[$0] }
    }
    cells = places.map { Cell(column: $0, decimalMark: decimalMarks.isEmpty ? UInt8(ascii: ".") : decimalMarks[$0]) }
  }

  /// Ways of reading an input.
  private enum Reading {
    case lines
    case separated(CSVOptions)
  }

  /// How the input is to be read: by the format asked for, the extension, or the first byte.
  private static func reading(_ data: DataRequest, _ beginning: [UInt8]) throws(EvidenceError) -> Reading {
    if let word = data.inputFormat?.lowercased() {
      switch InputFormat(rawValue: word) {
      case .csv: return .separated(.automatic)
      case .tsv: return .separated(.tab)
      case .semicolon: return .separated(.semicolon)
      case .pipe: return .separated(.pipe)
      case .ndjson: return .lines
      default:
        throw EvidenceError(
          .usage, "--input-format \(word) is not available in batch",
          hint: "choose from csv, tsv, semicolon, pipe, ndjson")
      }
    }
    let name = data.input.lowercased()
    let content = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    switch content.split(separator: "/").last?.split(separator: ".").last {
    case "csv": return .separated(.spreadsheet)
    case "tsv", "tab": return .separated(.tab)
    case "psv": return .separated(.pipe)
    case "ndjson", "jsonl": return .lines
    default: return beginning.first { $0 > 0x20 } == UInt8(ascii: "{") ? .lines : .separated(.automatic)
    }
  }

  /// What the groups consist of.
  var shape: BatchShape {
    BatchShape(groupNames: by.map { columnNames[$0] }, measure: measure, roles: roles)
  }

  private static func start(
    _ beginning: [UInt8], _ isWhole: Bool, _ options: CSVOptions
  ) throws(TableError) -> StreamStart {
    let result = beginning.withUnsafeBytes { bytes -> Result<StreamStart, TableError> in
      do throws(TableError) {
        return .success(try StreamStart(bytes, ending: isWhole ? .text : .chunk, options: options))
      } catch { return .failure(error) }
    }
    return try result.get()
  }
}
