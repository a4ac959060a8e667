/// How a file was read: everything that was found out about it, to be shown to the user.
public struct TableDialect: Sendable, Equatable {
  /// The kind of file.
  public enum Format: String, Sendable {
    /// Rows of separated values.
    case csv
    /// A JSON array of objects, or an object whose `studies` are one.
    case json
    /// One JSON object a line.
    case ndjson
    /// An analysis of a systematic review, from a file of RevMan.
    case revman
  }

  /// How characters were coded in the file.
  public enum Encoding: String, Sendable {
    /// UTF-8 without a byte order mark (ASCII included).
    case utf8 = "UTF-8"
    /// UTF-8 behind a byte order mark.
    case utf8WithMark = "UTF-8 with byte order mark"
    /// UTF-16, low byte first.
    case utf16LittleEndian = "UTF-16 (little endian)"
    /// UTF-16, high byte first.
    case utf16BigEndian = "UTF-16 (big endian)"
    /// Windows code page 1252, taken when the bytes are not UTF-8.
    case windows1252 = "Windows-1252"
  }

  /// How lines end.
  public enum LineEnding: String, Sendable {
    /// Line feed, as on Unix.
    case lf = "LF"
    /// Carriage return and line feed, as on Windows.
    case crlf = "CRLF"
    /// Carriage return alone, as on old Macs.
    case cr = "CR"
    /// Several kinds in one file.
    case mixed = "mixed"
  }

  /// The kind of file.
  public var format: Format
  /// How characters were coded.
  public var encoding: Encoding = .utf8
  /// The byte between cells; nil for JSON.
  public var delimiter: UInt8?
  /// The decimal mark: `.` or `,`.
  public var decimalMark: UInt8 = UInt8(ascii: ".")
  /// Columns whose decimal mark differs from the table's.
  public var otherMarkColumns: [String] = []
  /// The quote character, if any cell is quoted; nil for none.
  public var quote: UInt8?
  /// How lines end; nil if there is one line only.
  public var lineEnding: LineEnding?
  /// The line of the header; nil for JSON.
  public var headerLine: Int?
  /// Whether a first line `sep=…` named the delimiter.
  public var hasSeparatorLine = false
  /// Comment lines left out.
  public var commentLines = 0
  /// Rows without any value left out.
  public var blankRows = 0
  /// Columns without a name and without any value left out.
  public var blankColumns = 0

  /// A dialect of which the format is known.
  public init(format: Format) {
    self.format = format
  }

  /// The name of a delimiter in words.
  public static func name(ofDelimiter delimiter: UInt8) -> String {
    switch delimiter {
    case UInt8(ascii: ","): "comma"
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "\t"): "tab"
    case UInt8(ascii: "|"): "pipe"
    default: "'\(Character(UnicodeScalar(delimiter)))'"
    }
  }
}

extension TableDialect: CustomStringConvertible {
  /// One paragraph for people.
  public var description: String {
    var parts: [String] = []
    switch format {
    case .csv: parts.append("values separated by \(delimiter.map(Self.name(ofDelimiter:)) ?? "nothing (one column)")")
    case .json: parts.append("a JSON array of objects")
    case .ndjson: parts.append("a JSON object per line")
    case .revman: parts.append("an analysis of a review (RevMan)")
    }
    if format == .csv { parts.append(decimalMark == UInt8(ascii: ",") ? "decimal comma" : "decimal point") }
    if !otherMarkColumns.isEmpty {
      let other = decimalMark == UInt8(ascii: ",") ? "point" : "comma"
      parts.append("but decimal \(other) in \(otherMarkColumns.joined(separator: ", "))")
    }
    parts.append(encoding.rawValue)
    if let lineEnding { parts.append("lines end in \(lineEnding.rawValue)") }
    if quote != nil { parts.append("some cells in double quotes") }
    if let headerLine { parts.append("header on line \(headerLine)") }
    if hasSeparatorLine { parts.append("delimiter named by a first line sep=") }
    parts += [
      Self.count(commentLines, "comment line"), Self.count(blankRows, "blank row"),
      Self.count(blankColumns, "blank column"),
    ].compactMap { $0 }
    return parts.joined(separator: ", ") + "."
  }

  private static func count(_ number: Int, _ noun: String) -> String? {
    number == 0 ? nil : "\(number) \(noun)\(number == 1 ? "" : "s") left out"
  }
}
