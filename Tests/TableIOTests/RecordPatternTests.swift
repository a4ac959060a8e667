import TableIO
import Testing

/// A scanner that takes records by a pattern sees what one without sees.
@Suite struct RecordPatternTests {
  /// The lines of the records and the numbers of two columns, `nil` where there is none.
  private struct Numbers: Equatable {
    var lines: [Int] = []
    var starts: [Int] = []
    var values: [[Double?]] = []
  }

  private static func read(_ bytes: [UInt8], columns: [Int], by: [Int], count: Int, usesPattern: Bool) -> Numbers {
    bytes.withUnsafeBytes { text in
      var numbers = Numbers()
      var scanner = RecordScanner(text)
      let wanted = columns.map { (column: $0, decimalMark: UInt8(ascii: ".")) }
      guard var pattern = RecordPattern(columnCount: count, repeated: by, numbers: wanted) else {
        Issue.record("the columns are different ones")
        return numbers
      }
      let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: columns.count)
      defer { room.deallocate() }
      while true {
        if usesPattern, scanner.take(pattern, into: room) || scanner.takeOpening(&pattern, into: room) {
          numbers.values.append(Array(room))
        } else {
          guard scanner.next() == .record else { return numbers }
          pattern.remember(scanner)
          numbers.values.append(columns.map { $0 < scanner.count ? scanner.number($0).value : nil })
        }
        numbers.lines.append(scanner.line)
        numbers.starts.append(scanner.recordStart)
      }
    }
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func agreesWithTheScanner(_ newline: String) {
    var random = TestRandom(seed: 91)
    let groups = ["a", "a much longer name", "\"q\"", "\"two\nlines\"", "\"a\"\"b\"", " \"blank\"", ""]
    let cells = [
      "1", "-0.5", "0.123456", "-12.345678", "1e-5", "NA", "", "x", "\"3\"", " 4", "1234567890.123456789", ".5", "-.25",
      "5.", ".", "-", "--1", "1.2.3", "12345678", "123456789", "1234.5678", "0.1234567", "1:2", "3 ",
    ]
    var taken = 0
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<random.below(8) {
        let group = groups[random.below(groups.count)]
        for _ in 0..<random.below(6) {
          let plain = random.below(4) > 0
          let numbers = (0..<2).map { _ in cells[random.below(plain ? 4 : cells.count)] }
          text += "\(numbers[0]),\(group),\(random.below(9) == 0 ? "\"o,o\"" : "other"),\(numbers[1])"
          text += random.below(30) == 0 ? ",more" : ""
          text += newline + (random.below(10) == 0 ? newline : "")
        }
      }
      let bytes = Array(text.utf8)
      let slow = Self.read(bytes, columns: [3, 0], by: [1], count: 4, usesPattern: false)
      #expect(
        Self.read(bytes, columns: [3, 0], by: [1], count: 4, usesPattern: true) == slow, "\(text.debugDescription)")
      taken += slow.lines.count
    }
    #expect(taken > 1000)
  }

  @Test func plainRecordsAreTaken() {
    let text = Array("g,1,2\ng,3,-4.5\ng,5,6\nh,7,8\nno more bytes\n".utf8)
    text.withUnsafeBytes { text in
      var scanner = RecordScanner(text)
      var pattern = RecordPattern(
        columnCount: 3, repeated: [0], numbers: [(1, UInt8(ascii: ".")), (2, UInt8(ascii: "."))])!
      let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: 2)
      defer { room.deallocate() }
      // Nothing is known yet.
      let first = scanner.take(pattern, into: room)
      let step = scanner.next()
      pattern.remember(scanner)
      #expect(!first && step == .record)
      let second = scanner.take(pattern, into: room)
      #expect(second && Array(room) == [3, -4.5])
      let third = scanner.take(pattern, into: room)
      #expect(third && Array(room) == [5, 6])
      // Another group: nothing is taken, and the record is still there.
      let fourth = scanner.take(pattern, into: room)
      let opening = scanner.takeOpening(&pattern, into: room)
      let (line, label) = (scanner.line, pattern.repeatedField(0))
      #expect(!fourth && opening && line == 4 && Array(room) == [7, 8])
      #expect(String(decoding: text[label.start..<label.end], as: UTF8.self) == "h")
      // What is no such record is left as it is.
      let fifth = scanner.take(pattern, into: room)
      let sixth = scanner.takeOpening(&pattern, into: room)
      let following = scanner.next()
      let last = scanner.text(0)
      #expect(!fifth && !sixth && following == .record && last == "no more bytes")
    }
  }

  @Test func cellsInQuotesAreNotOpened() {
    // "g" in quotes and g without are one group: who compares the bytes alone must not be asked.
    for text in ["\"g\",1,2\ng,3,4\nmore bytes to come\n", "g,1,2\n\"g\",3,4\nmore bytes to come\n"] {
      Array(text.utf8).withUnsafeBytes { text in
        var scanner = RecordScanner(text)
        var pattern = RecordPattern(
          columnCount: 3, repeated: [0], numbers: [(1, UInt8(ascii: ".")), (2, UInt8(ascii: "."))])!
        let room = UnsafeMutableBufferPointer<Double>.allocate(capacity: 2)
        defer { room.deallocate() }
        _ = scanner.next()
        pattern.remember(scanner)
        let isTaken = scanner.takeOpening(&pattern, into: room)
        #expect(!isTaken)
      }
    }
  }

  @Test func aColumnIsOneThing() {
    #expect(RecordPattern(columnCount: 2, repeated: [0], numbers: [(0, UInt8(ascii: "."))]) == nil)
    #expect(RecordPattern(columnCount: 2, repeated: [0, 0], numbers: []) == nil)
  }
}
