/// What is known of a file before it is read; what is not given is found out from the bytes.
public struct CSVOptions: Sendable, Equatable {
  /// Which lines are comments.
  public enum Comments: Sendable {
    /// Lines before the header that begin with `#`, unless the line has as many cells as the next, which makes it a header.
    case leading
    /// All lines that begin with `#`.
    case everywhere
    /// None.
    case none
  }

  /// What becomes of rows with fewer or more cells than the header.
  public enum RaggedRows: Sendable {
    /// The table is refused.
    case refused
    /// The row is left out.
    case leftOut
  }

  /// The byte between cells.
  public var delimiter: UInt8?
  /// The delimiters that may be found when none is given; one outside that fits best is an error, not a second choice.
  public var delimiters = DelimiterDetector.candidates
  /// The decimal mark, `.` or `,`.
  public var decimalMark: UInt8?
  /// Which lines are comments.
  public var comments: Comments = .leading

  /// What becomes of rows with too few or too many cells.
  public var raggedRows: RaggedRows = .refused

  /// Options; whatever is left out is found out from the bytes.
  public init(delimiter: UInt8? = nil, decimalMark: UInt8? = nil) {
    self.delimiter = delimiter
    self.decimalMark = decimalMark
  }

  /// Everything found out from the bytes.
  public static let automatic = CSVOptions()
  /// What spreadsheets save under the name `.csv`: commas, semicolons or tabs, but no pipes.
  public static let spreadsheet: CSVOptions = {
    var options = CSVOptions()
    options.delimiters.removeAll { $0 == UInt8(ascii: "|") }
    return options
  }()
  /// Commas between cells, a decimal point.
  public static let comma = CSVOptions(delimiter: UInt8(ascii: ","), decimalMark: UInt8(ascii: "."))
  /// Tabs between cells.
  public static let tab = CSVOptions(delimiter: UInt8(ascii: "\t"))
  /// Semicolons between cells.
  public static let semicolon = CSVOptions(delimiter: UInt8(ascii: ";"))
  /// Pipes between cells.
  public static let pipe = CSVOptions(delimiter: UInt8(ascii: "|"))
}
