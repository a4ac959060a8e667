/// The kinds of input a user can name; everything else is found out.
public enum InputFormat: String, Sendable, CaseIterable {
  /// Separated values, whatever the delimiter.
  case csv
  /// Tabs between cells.
  case tsv
  /// Semicolons between cells.
  case semicolon
  /// Pipes between cells.
  case pipe
  /// A JSON array of objects.
  case json
  /// A JSON object a line.
  case ndjson
}

/// Reads a table of any kind.
public enum TableReader {
  /// Reads a file's bytes.
  ///
  /// Without a format the extension of the file's name decides (`.csv`, `.tsv`, `.tab`, `.psv`, `.json`, `.ndjson`,
  /// `.jsonl`), else the first byte: `[` and `{` begin JSON. A file called `.csv` may have commas, semicolons or tabs.
  /// - Throws: what is wrong with the bytes, with its line.
  public static func read(
    _ bytes: [UInt8], format: InputFormat? = nil, fileName: String? = nil
  ) throws(TableError) -> Table {
    if let format { return try read(bytes, format) }
    switch fileName.map(fileExtension) {
    case "csv": return try CSVReader.read(bytes, .spreadsheet)
    case "tsv", "tab": return try CSVReader.read(bytes, .tab)
    case "psv": return try CSVReader.read(bytes, .pipe)
    case "json", "ndjson", "jsonl": return try JSONTableReader.read(bytes)
    default:
      return JSONTableReader.looksLikeJSON(bytes) ? try JSONTableReader.read(bytes) : try CSVReader.read(bytes)
    }
  }

  private static func read(_ bytes: [UInt8], _ format: InputFormat) throws(TableError) -> Table {
    switch format {
    case .csv: try CSVReader.read(bytes)
    case .tsv: try CSVReader.read(bytes, .tab)
    case .semicolon: try CSVReader.read(bytes, .semicolon)
    case .pipe: try CSVReader.read(bytes, .pipe)
    case .json, .ndjson: try JSONTableReader.read(bytes)
    }
  }

  private static func fileExtension(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), !name[dot...].contains("/") else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }
}
