/// A kind of row that plots are made of, with the one list of its columns.
public protocol PlotRow: Sendable, Equatable {
  /// An empty row.
  init()
  /// The columns in the order of the files.
  static var columns: [PlotColumn<Self>] { get }
}

/// A column of a plot's data: its name and the way to and from a row.
///
/// CSV, JSON and the way back are all made from the row type's list; there is no second list.
public struct PlotColumn<Row: Sendable>: Sendable {
  /// Name in CSV and JSON.
  public let name: String
  /// What its values are, in words: "a number", "one of study, line".
  public let expected: String
  /// Reads the value from a row.
  public let value: @Sendable (Row) -> PlotValue
  /// Writes a value into a row; false when it is of the wrong kind.
  public let set: @Sendable (inout Row, PlotValue) -> Bool

  static func number(_ name: String, _ path: any (WritableKeyPath<Row, Double?> & Sendable)) -> PlotColumn {
    PlotColumn(
      name: name, expected: "a number", value: { PlotValue($0[keyPath: path]) },
      set: { row, value in
        row[keyPath: path] = value.number
        return value.number != nil || value == .missing
      })
  }

  static func text(_ name: String, _ path: any (WritableKeyPath<Row, String?> & Sendable)) -> PlotColumn {
    PlotColumn(
      name: name, expected: "a text", value: { PlotValue($0[keyPath: path]) },
      set: { row, value in
        row[keyPath: path] = value.text
        return value.text != nil || value == .missing
      })
  }

  static func flag(_ name: String, _ path: any (WritableKeyPath<Row, Bool> & Sendable)) -> PlotColumn {
    PlotColumn(
      name: name, expected: "true or false", value: { $0[keyPath: path] ? .flag(true) : .missing },
      set: { row, value in
        row[keyPath: path] = value.flag ?? false
        return value.flag != nil || value == .missing
      })
  }

  /// A column of one of a few words, which must be there.
  static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ path: any (WritableKeyPath<Row, Word> & Sendable)
  ) -> PlotColumn {
    PlotColumn(
      name: name, expected: "one of " + Word.allCases.map(\.rawValue).joined(separator: ", "),
      value: { .text($0[keyPath: path].rawValue) },
      set: { row, value in
        guard let word = value.text.flatMap({ Word(rawValue: $0) }) else { return false }
        row[keyPath: path] = word
        return true
      })
  }
}

extension PlotRow {
  /// The row as named values, those that exist.
  var record: PlotValue {
    PlotValue.record(Self.columns.map { .init($0.name, $0.value(self)) }).withoutMissingFields
  }

  /// Reads a row back; throws which field is of the wrong kind.
  init(record: PlotValue, number: Int?, columns: [PlotColumn<Self>] = Self.columns) throws(PlotDataError) {
    self.init()
    var values: [String: PlotValue] = [:]
    for field in record.fields { values[field.name] = field.value }
    for column in columns where !column.set(&self, values[column.name] ?? .missing) {
      throw .field(name: column.name, row: number, expected: column.expected)
    }
  }
}
