import NumericCore
import Testing

@testable import Engine

/// However a table is cut into pieces, its groups are the same.
@Suite struct GroupPieceTests {
  /// What a source gives: groups with their places, rows and lines, and what is wrong with them.
  private struct Groups: Equatable {
    var keys: [[UInt8]] = []
    var starts: [Int] = []
    /// The bits of the numbers, so that missing ones are equal.
    var values: [[UInt64]] = []
    var lines: [Int] = []
    var faults: [String] = []
  }

  private static func groups(_ text: String, _ format: String, wide: Bool, pieceSize: Int) throws -> Groups {
    var data = DataRequest(input: "text")
    data.inputFormat = format
    var request = BatchRequest(pool: PoolRequest(data: data), by: ["g"])
    request.wide = wide
    return try ProvidedInputs.$documents.withValue(["text": Array(text.utf8)]) {
      var source = try LongSource(request, pieceSize: pieceSize)
      var groups = Groups()
      var base = source.lineBase
      while let piece = try source.next() {
        let rows = piece.read()
        if let fatal = rows.fatal { throw fatal.moved(byLines: base) }
        for (index, run) in rows.runs.enumerated() {
          groups.keys.append(Array(rows.key(run)))
          groups.starts.append(run.start)
          groups.values.append(rows.values.flatMap { $0[run.rows].map(\.bitPattern) })
          groups.lines += run.rows.map { rows.lines.line(of: $0) + base }
          groups.faults.append(rows.faults[index].map { "\($0.line + base): \($0.message)" } ?? "")
        }
        base += rows.lineCount
      }
      return groups
    }
  }

  /// Numbers, missing cells, words and records of the wrong length; `quote` stands around groups in every third line.
  private static func table(_ random: inout Philox, quote: Bool, newline: String) -> String {
    var text = "g,yi,vi" + newline
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      let group = ["a", "b", "long name", ""][Int.random(in: 0...3, using: &random)]
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let isQuoted = quote && Int.random(in: 0...2, using: &random) == 0
        let name = isQuoted ? "\"\(group)\(group == "b" ? "\n\"\"" : "")\"" : group
        let cells = ["0.5,1.25", "-3,2", "NA,1", "x,1", "1", "1,2,3"]
        text += name + "," + cells[min(Int.random(in: 0...20, using: &random), 20) % 8 % 6] + newline
        if Int.random(in: 0...9, using: &random) == 0 { text += newline }
      }
    }
    return Int.random(in: 0...1, using: &random) == 0 ? text : String(text.dropLast(newline.count))
  }

  @Test(arguments: [("\n", false), ("\n", true), ("\r\n", false), ("\r\n", true), ("\r", false)])
  func longTables(_ newline: String, _ quote: Bool) throws {
    var random = Philox(seed: 77)
    for _ in 0..<60 {
      let text = Self.table(&random, quote: quote, newline: newline)
      let whole = try Self.groups(text, "csv", wide: false, pieceSize: 1 << 20)
      #expect(!whole.keys.isEmpty)
      for size in [1, 7, 40, 200] {
        let isSame = try Self.groups(text, "csv", wide: false, pieceSize: size) == whole
        #expect(isSame, "pieces of \(size): \(text.debugDescription)")
      }
    }
  }

  @Test func wideTables() throws {
    let rows = (1...50).map { "\($0 % 3 == 0 ? "\"a, b\"" : "same"),0.\($0),1,\($0),2" }
    let text = "g,yi_1,vi_1,yi_2,vi_2\n" + rows.joined(separator: "\n")
    let whole = try Self.groups(text, "csv", wide: true, pieceSize: 1 << 20)
    #expect(whole.keys.count == 50)
    #expect(whole.lines == (2...51).flatMap { [$0, $0] })
    for size in [1, 9, 100] { #expect(try Self.groups(text, "csv", wide: true, pieceSize: size) == whole) }
  }

  @Test func objects() throws {
    let rows = (1...60).map { #"{"g": "\#($0 / 7)", "yi": \#($0), "vi": 1}"# + ($0 % 10 == 0 ? "\n" : "") }
    let text = rows.joined(separator: "\n")
    let whole = try Self.groups(text, "ndjson", wide: false, pieceSize: 1 << 20)
    #expect(whole.keys.count == 9)
    for size in [1, 30, 300] { #expect(try Self.groups(text, "ndjson", wide: false, pieceSize: size) == whole) }
  }

  @Test func brokenTextIsNamedByItsLine() throws {
    let csv = "g,yi,vi\n" + String(repeating: "a,1,1\nb,2,1\n", count: 20) + "\"c\"x,1,1\n"
    let json = String(repeating: "{\"g\": \"a\", \"yi\": 1, \"vi\": 1}\n", count: 20) + "{\"g\": [1]}\n"
    for size in [1, 50, 1 << 20] {
      #expect { try Self.groups(csv, "csv", wide: false, pieceSize: size) } throws: {
        ($0 as? EvidenceError)?.line == 42
      }
      #expect { try Self.groups(json, "ndjson", wide: false, pieceSize: size) } throws: {
        ($0 as? EvidenceError)?.line == 21
      }
    }
  }

  @Test func linesOfRows() {
    var lines = RowLines()
    for (row, line) in [2, 3, 4, 7, 8, 20].enumerated() { lines.note(row: row, line: line) }
    #expect((0..<6).map { lines.line(of: $0) } == [2, 3, 4, 7, 8, 20])
    var wide = RowLines(rowsPerLine: 3)
    for record in 0..<4 { wide.note(row: 3 * record, line: record < 2 ? record + 2 : record + 5) }
    #expect((0..<12).map { wide.line(of: $0) } == [2, 2, 2, 3, 3, 3, 7, 7, 7, 8, 8, 8])
    #expect(RowLines().line(of: 0) == 0)
  }

  @Test func thingsComeOffAConveyorInOrder() {
    for jobs in [1, 2, 5] {
      let conveyor = Conveyor<Int, Int>(jobs: jobs) {
        var done = 0
        return { number in
          done += 1
          return number * number
        }
      }
      var squares: [Int] = []
      for number in 0..<300 {
        conveyor.put(number)
        while conveyor.isFull, let square = conveyor.take() { squares.append(square) }
      }
      while let square = conveyor.take() { squares.append(square) }
      #expect(squares == (0..<300).map { $0 * $0 })
    }
  }
}
