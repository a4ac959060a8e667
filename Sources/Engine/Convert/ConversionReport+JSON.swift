public import TableIO

extension ConversionReport {
  /// The report as JSON (`evidence.convert/1`).
  public var json: JSONValue {
    .fields(
      [("schema", .string("evidence.convert/1")), ("conversion", .string(conversion.word))]
        + conversion.facts.map { ($0.0, .string($0.1)) } + [
          ("k", .integer(rows.count)), ("rows", .array(rows.map(json))), ("excluded", .array(excluded.map(\.json))),
          ("warnings", .texts(warnings)), ("provenance", provenance.json),
        ])
  }

  private func json(_ row: ConvertedRow) -> JSONValue {
    var fields: [(String, JSONValue)] = [
      ("row", .integer(table.number(row.position))), ("study", .string(table.label(row.position))),
    ]
    fields += row.words.map { ($0.key, .string($0.text)) }
    fields += row.numbers.map { ($0.key, Int(exactly: $0.value).map { .integer($0) } ?? .orNull($0.value)) }
    if let display = row.display {
      fields.append(
        (
          "display",
          .fields([
            ("estimate", .orNull(display.estimate)), ("ci_lower", .orNull(display.lower)),
            ("ci_upper", .orNull(display.upper)),
          ])
        ))
    }
    fields.append(("assumptions", .texts(row.assumptions)))
    return .fields(fields)
  }

  /// One JSON object a row, one a line.
  public var ndjson: String { rows.map { JSONText.compact(json($0)) + "\n" }.joined() }

  /// The input's columns, then what was recovered; rows that were left out have empty cells there. Where a result stands
  /// for several rows, the columns that they share and a line for each result.
  public func csv() -> [UInt8] {
    let source = table.source.table
    let numberKeys = rows.first?.numbers.map(\.key) ?? []
    let wordKeys = rows.first?.words.map(\.key) ?? []
    let columns = conversion.csvColumns?.compactMap(source.columnIndex(named:)) ?? Array(source.columnNames.indices)
    let positions = conversion.csvColumns == nil ? Array(table.source.rows.indices) : rows.map(\.position)
    var writer = CSVWriter()
    writer.row(columns.map { source.columnNames[$0] } + numberKeys + wordKeys)
    let converted = Dictionary(uniqueKeysWithValues: rows.map { ($0.position, $0) })
    for position in positions {
      for column in columns { writer.cell(source.text(row: table.source.rows[position], column: column)) }
      let result = converted[position]
      for index in numberKeys.indices { writer.cell(result?.numbers[index].value) }
      for index in wordKeys.indices { writer.cell(result?.words[index].text ?? "") }
      writer.endRow()
    }
    return writer.bytes
  }
}
