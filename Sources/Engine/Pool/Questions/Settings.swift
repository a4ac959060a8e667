import NumericCore
import Synthesis
import TableIO

/// A row of moderators to predict for.
struct Setting: Sendable {
  /// What it is called: the text of `--at`, or the label of a row of the file.
  let label: String
  /// Values of the moderators, in the order of the formula's columns.
  let values: [(column: String, value: SettingValue)]
}

/// A moderator's value in a setting.
enum SettingValue: Sendable, Equatable {
  case number(Double), text(String)
}

/// What a model says of a setting.
struct SettingPrediction: Sendable {
  let setting: Setting
  let prediction: CoefficientPrediction
}

/// Reads settings in the terms of a design's columns.
struct SettingReader {
  private let design: Design
  /// The design's columns, and whether each is of numbers.
  private let columns: [(name: String, isNumeric: Bool)]

  init(studies: StudySet, design: Design) {
    self.design = design
    columns = design.recipe.formula.columnNames.map { name in
      let column = studies.source.table.columnIndex(named: name).map { studies.moderator($0) }
      if case .text? = column { return (name, false) }
      return (name, true)
    }
  }

  /// Reads `ablat=33,alloc=random`.
  /// - Throws: 64 for a column that is not in the model, that is missing, or whose value is of the wrong kind.
  func setting(_ text: String) throws(EvidenceError) -> Setting {
    var given: [(name: String, value: String)] = []
    for part in ModelAnswers.words(text) {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        throw EvidenceError(
          .usage, "--at expects column=value with commas between them, got \"\(part)\"", hint: "such as --at \(example)"
        )
      }
      given.append((SettingReader.unquoted(sides[0]), SettingReader.unquoted(sides[1])))
    }
    if let unknown = given.first(where: { pair in !columns.contains { SettingReader.same($0.name, pair.name) } }) {
      throw EvidenceError(
        .usage, "--at: \"\(unknown.name)\" is not a moderator of the model", hint: "such as --at \(example)")
    }
    var values: [(column: String, value: SettingValue)] = []
    for column in columns {
      let found = given.filter { SettingReader.same($0.name, column.name) }
      guard found.count == 1 else {
        let what = found.isEmpty ? "no value for" : "two values for"
        throw EvidenceError(.usage, "--at \(text) has \(what) \(column.name)", hint: "such as --at \(example)")
      }
      guard column.isNumeric else {
        values.append((column.name, .text(found[0].value)))
        continue
      }
      guard let number = NumberParser.parse(found[0].value) else {
        throw EvidenceError(.usage, "--at: \(column.name) expects a number, got \"\(found[0].value)\"")
      }
      values.append((column.name, .number(number)))
    }
    return Setting(label: text, values: values)
  }

  private var example: String {
    "'" + columns.map { $0.name + "=" + ($0.isNumeric ? "0" : "level") }.joined(separator: ",") + "'"
  }

  private static func same(_ a: String, _ b: String) -> Bool { a.lowercased() == b.lowercased() }

  private static func unquoted(_ text: String) -> String {
    var word = Substring(text)
    while word.first?.isWhitespace ?? false { word.removeFirst() }
    while word.last?.isWhitespace ?? false { word.removeLast() }
    for quote in ["\"", "'"] where word.count > 1 && word.hasPrefix(quote) && word.hasSuffix(quote) {
      return String(word.dropFirst().dropLast())
    }
    return String(word)
  }

  /// The rows of a file, those that lack a moderator left out with a warning.
  /// - Throws: 65 for a column that is absent or a text where a number belongs, 66 for a file that cannot be read.
  func settings(file: String, format: String?) throws(EvidenceError) -> (settings: [Setting], warnings: [String]) {
    var data = DataRequest(input: file)
    data.inputFormat = format
    let source = try StudyTable(data)
    var places: [Int] = []
    for column in columns {
      guard let place = source.table.columnIndex(named: column.name) else {
        throw EvidenceError(
          .badData, "--predict \(file) has no column \"\(column.name)\", a moderator of the model",
          file: source.document.name, column: column.name,
          hint: "its columns are " + source.table.columnNames.joined(separator: ", "))
      }
      places.append(place)
    }
    var settings: [Setting] = []
    for row in source.rows {
      var values: [(column: String, value: SettingValue)] = []
      for (column, place) in zip(columns, places) where !source.table.isMissing(row: row, column: place) {
        if !column.isNumeric {
          values.append((column.name, .text(source.table.text(row: row, column: place))))
        } else if case .value(let number) = source.table.number(row: row, column: place) {
          values.append((column.name, .number(number)))
        } else {
          throw EvidenceError(
            .badData, "\"\(source.table.text(row: row, column: place))\" is not a number", file: source.document.name,
            line: source.table.line(ofRow: row), column: column.name, hint: "the model has \(column.name) as a number")
        }
      }
      if values.count == columns.count { settings.append(Setting(label: source.labels[row], values: values)) }
    }
    let lost = source.rows.count - settings.count
    let warning = "\(lost) of \(source.rows.count) rows of \(file) lack a moderator and have no prediction."
    return (settings, source.warnings + (lost > 0 ? [warning] : []))
  }

  /// The settings as rows of the design.
  /// - Throws: 65 for a level or a combination that no study has.
  func matrix(_ settings: [Setting]) throws(EvidenceError) -> Matrix {
    var rows = DesignColumns(count: settings.count)
    for (place, column) in columns.enumerated() {
      let values = settings.map { $0.values[place].value }
      rows[column.name] =
        column.isNumeric
        ? .numbers(values.map { if case .number(let number) = $0 { number } else { .nan } })
        : .text(values.map { if case .text(let text) = $0 { text } else { nil } })
    }
    do { return try design.recipe.matrix(for: rows) } catch {
      throw EvidenceError(.badData, "--at or --predict: \(error.description)")
    }
  }
}
