/// Finds the delimiter of a text from its first records.
struct DelimiterDetector {
  /// Comma, semicolon, tab, pipe.
  static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  /// Records looked at: enough to see the shape, few enough to cost nothing.
  private static let sampleRecords = 200
  /// A reading whose share of numbers lies this far above the next one's is taken; nearer ones are a tie.
  private static let clearMargin = 0.1

  /// How the text looks with one delimiter.
  struct Reading {
    var delimiter: UInt8
    var columns = 0
    /// Share of the records that have as many cells as the first.
    var agreement = 0.0
    /// Share of the cells below the first record that are numbers or missing.
    var numbers = 0.0
  }

  /// The delimiter; nil if the text has one column.
  static func find(
    _ bytes: UnsafeRawBufferPointer, among allowed: [UInt8], firstLine: Int
  ) throws(TableError) -> UInt8? {
    let readings = candidates.map { reading(bytes, $0) }.filter { $0.columns > 1 }
    guard let best = readings.max(by: { rank($0) < rank($1) }) else {
      try refuseBlanks(bytes, firstLine)
      return nil
    }
    for other in readings where other.delimiter != best.delimiter {
      guard other.agreement == best.agreement, best.numbers - other.numbers < clearMargin else { continue }
      let names = [best, other].map { "\(TableDialect.name(ofDelimiter: $0.delimiter)) (\($0.columns) columns)" }
      throw TableError(
        "the delimiter cannot be told: \(names.joined(separator: " and ")) fit equally well", line: firstLine,
        hint: "name it: put a first line sep=, or sep=; into the file, or give the input format")
    }
    guard allowed.contains(best.delimiter) else {
      let name = TableDialect.name(ofDelimiter: best.delimiter)
      let expected = allowed.map(TableDialect.name(ofDelimiter:)).joined(separator: ", ")
      throw TableError(
        "the cells are separated by a \(name)", line: firstLine, expected: expected,
        hint: "give the input format, or save the table with commas")
    }
    return best.delimiter
  }

  private static func rank(_ reading: Reading) -> (Double, Double, Int) {
    (reading.agreement, reading.numbers, reading.columns)
  }

  private static func reading(_ bytes: UnsafeRawBufferPointer, _ delimiter: UInt8) -> Reading {
    var scanner = RecordScanner(bytes, delimiter: delimiter)
    var reading = Reading(delimiter: delimiter)
    var (records, agreeing, cells, numbers) = (0, 0, 0, 0)
    while records <= sampleRecords, scanner.next() == .record {
      if records == 0 {
        reading.columns = scanner.count
        if reading.columns == 1 { break }  // no table with this delimiter
      } else {
        agreeing += scanner.count == reading.columns ? 1 : 0
        cells += scanner.count
        for index in 0..<scanner.count { numbers += isNumber(scanner.cell(index).trimmed()) ? 1 : 0 }
      }
      records += 1
    }
    reading.agreement = records > 1 ? Double(agreeing) / Double(records - 1) : 1
    reading.numbers = cells > 0 ? Double(numbers) / Double(cells) : 0
    return reading
  }

  private static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    NumberParser.parse(text) != nil || MissingCode.matches(text)
      || NumberParser.parse(text, decimalMark: UInt8(ascii: ",")) != nil
  }

  /// One column whose lines all fall into the same number of words looks like a table aligned with blanks.
  private static func refuseBlanks(_ bytes: UnsafeRawBufferPointer, _ firstLine: Int) throws(TableError) {
    var scanner = RecordScanner(bytes)
    var counts: [Int] = []
    while counts.count < sampleRecords, scanner.next() == .record {
      counts.append(scanner.text(0).split(whereSeparator: \.isWhitespace).count)
    }
    guard let words = counts.first, words > 1, counts.count > 1, counts.allSatisfy({ $0 == words }) else { return }
    throw TableError(
      "the columns seem to be separated by blanks (\(words) words on each line)", line: firstLine,
      expected: "commas, semicolons, tabs or pipes between cells", hint: "save the table as CSV")
  }
}
