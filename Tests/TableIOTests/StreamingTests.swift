import TableIO
import Testing

/// All records of a text by the scanner, or nil at a fault.
private func scan(_ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ",")) -> (rows: [[String]], lines: [Int])? {
  bytes.withUnsafeBytes { text in
    var scanner = RecordScanner(text, delimiter: delimiter)
    var rows: [[String]] = []
    var lines: [Int] = []
    while true {
      switch scanner.next() {
      case .record:
        var row: [String] = []
        for index in 0..<scanner.count { row.append(scanner.text(index)) }
        rows.append(row)
        lines.append(scanner.line)
      case .end: return (rows, lines)
      default: return nil
      }
    }
  }
}

/// The same records, the bytes given in chunks; what a chunk leaves over is carried to the next.
private func scanInChunks(_ bytes: [UInt8], sizes: () -> Int) -> [[String]]? {
  var rows: [[String]] = []
  var (carried, given): ([UInt8], Int) = ([], 0)
  while true {
    let end = min(bytes.count, given + sizes())
    let chunk = carried + bytes[given..<end]
    given = end
    let isLast = end == bytes.count
    let left: Int? = chunk.withUnsafeBytes { text in
      var scanner = RecordScanner(text, ending: isLast ? .text : .chunk)
      while true {
        switch scanner.next() {
        case .record:
          var row: [String] = []
          for index in 0..<scanner.count { row.append(scanner.text(index)) }
          rows.append(row)
        case .end: return text.count
        case .incomplete: return scanner.recordStart
        default: return nil
        }
      }
    }
    guard let left else { return nil }
    if isLast { return rows }
    carried = Array(chunk[left...])
  }
}

/// A random CSV text that follows RFC 4180.
private func randomText(_ random: inout TestRandom) -> [UInt8] {
  var writer = CSVWriter(lineEnding: ["\n", "\r\n", "\r"][random.below(3)])
  for _ in 0..<random.below(12) {
    writer.row((0..<1 + random.below(20)).map { _ in random.below(3) == 0 ? random.text() : "cell" })
  }
  if random.below(2) == 0, !writer.bytes.isEmpty { writer.bytes.removeLast() }
  return writer.bytes
}

@Suite struct RecordScannerTests {
  @Test func chunksOfAnySizeGiveTheSameRecords() throws {
    var random = TestRandom(seed: 31)
    for _ in 0..<400 {
      let bytes = randomText(&random)
      let whole = try #require(scan(bytes))
      for size in [1, 2, 7, 64] {
        #expect(scanInChunks(bytes, sizes: { size }) == whole.rows, "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  @Test func numbersOfCells() {
    let bytes = Array("g,-0.123456, 2 ,NA,x,1234567.1234567,−1".utf8)
    bytes.withUnsafeBytes { text in
      var scanner = RecordScanner(text)
      #expect(scanner.next() == .record)
      #expect(scanner.number(1) == .value(-0.123456))
      #expect(scanner.number(2) == .value(2))
      #expect(scanner.number(3) == .missing)
      #expect(scanner.number(4) == .notANumber)
      #expect(scanner.number(5) == .value(1234567.1234567))
      #expect(scanner.number(6) == .value(-1))
      #expect(scanner.field(0).end == 1)
      #expect(scanner.next() == .end)
    }
  }

  @Test func faultsHaveTheirPlace() {
    for (text, expected, place) in [
      ("a,\"b", RecordScanner.Step.unterminatedQuote, 2), ("a,\"b\"c,d", .textAfterQuote, 5),
    ] {
      Array(text.utf8).withUnsafeBytes { bytes in
        var scanner = RecordScanner(bytes)
        #expect(scanner.next() == expected)
        #expect(scanner.faultPosition == place)
      }
    }
  }
}

@Suite struct StreamStartTests {
  @Test func theBeginningSaysItAll() throws {
    let head = "\u{FEFF}sep=;\n# note\ngroup;;yi\na;;0,5\nb;;0,2"
    let start = try Array(head.utf8).withUnsafeBytes { text in
      try Result { () throws(TableError) in try StreamStart(text) }.get()
    }
    #expect(start.columnNames == ["group", "column 2", "yi"])
    #expect(start.dialect.delimiter == UInt8(ascii: ";"))
    #expect(start.decimalMarks[2] == UInt8(ascii: ","))
    #expect(start.bodyLine == 4)
    #expect(Array(head.utf8)[start.bodyStart...].starts(with: Array("a;;".utf8)))
  }

  @Test(
    arguments: [[0xFF, 0xFE, 0x61, 0], [0x61, 0, 0x62], [0x0A], [0x61, 0x2C, 0x61, 0x0A, 0x31, 0x2C, 0x32]] as [[UInt8]]
  )
  func refuses(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { text in
      _ = #expect(throws: TableError.self) { try StreamStart(text) }
    }
  }
}

@Suite struct JSONLineScannerTests {
  private func scan(_ text: String, keys: [String]) -> (rows: [[String]], lines: [Int], fault: TableError?) {
    Array(text.utf8).withUnsafeBytes { bytes in
      var scanner = JSONLineScanner(bytes, keys: keys)
      var (rows, lines): ([[String]], [Int]) = ([], [])
      while scanner.next() == .record {
        rows.append(keys.indices.reduce(into: []) { $0.append(scanner.text($1)) })
        lines.append(scanner.line)
      }
      return (rows, lines, scanner.fault)
    }
  }

  @Test func valuesOfKeys() {
    let result = scan(
      "{\"g\":\"a\\n\\u00e9\",\"yi\":-0.5, \"x\":true}\r\n\n { \"yi\" : null , \"\\u0067\" : \"b\" } \n{}",
      keys: ["g", "yi"])
    #expect(result.rows == [["a\né", "-0.5"], ["b", ""], ["", ""]])
    #expect(result.lines == [1, 3, 4])
    #expect(result.fault == nil)
  }

  @Test(arguments: [
    ("{\"a\":1}\n{\"a\":[1]}", 2, "nested"), ("{\"a\":1} x", 1, "follows"), ("{\"a\" 1}", 1, "broken"),
    ("{\"a\":1", 1, "ends"),
    ("{\"a\":\"x\ny\"}", 1, "broken"), ("[1]", 1, "broken"), ("{\"a\":}", 1, "broken"), ("{\"a\":\"\\", 1, "ends"),
  ])
  func faults(_ text: String, line: Int, word: String) {
    let fault = scan(text, keys: ["a"]).fault
    #expect(fault?.line == line)
    #expect(fault?.message.contains(word) == true, "\(String(describing: fault))")
  }

  @Test func chunksGiveTheSameLines() {
    var random = TestRandom(seed: 41)
    for _ in 0..<300 {
      let rows = (0..<random.below(6)).map { _ in
        JSONValue.object([.init("k", .string(random.text())), .init("n", .integer(random.below(1000)))])
      }
      let text = rows.map { JSONWriter().text($0) + "\n" }.joined()
      let whole = scan(text, keys: ["n", "k"]).rows
      #expect(whole.map { $0[1] } == rows.map { $0["k"]?.string ?? "" })
      var (pieces, carried): ([[String]], [UInt8]) = ([], [])
      for byte in Array(text.utf8) {
        carried.append(byte)
        let left = carried.withUnsafeBytes { bytes in
          var scanner = JSONLineScanner(bytes, keys: ["n", "k"], ending: .chunk)
          var step = scanner.next()
          while step == .record {
            pieces.append([scanner.text(0), scanner.text(1)])
            step = scanner.next()
          }
          #expect(step != .fault)
          return scanner.recordStart
        }
        carried.removeFirst(left)
      }
      #expect(pieces == whole)
    }
  }

  @Test func agreesWithTheTableReader() throws {
    var random = TestRandom(seed: 42)
    let alphabet = Array("{}[]\",:\\u01e. nulab\u{e9}".utf8)
    for _ in 0..<10_000 {
      let middle = (0..<random.below(12)).map { _ in alphabet[random.below(alphabet.count)] }
      let text = String(decoding: Array("{\"a\":".utf8) + middle + Array("}\n".utf8), as: UTF8.self)
      let result = scan(text, keys: ["a"])
      guard let table = try? TableReader.read(Array(text.utf8), format: .ndjson), table.dialect.format == .ndjson else {
        continue
      }
      #expect(result.fault == nil, "\(text)")
      #expect(result.rows.count == table.rowCount)
    }
  }
}
