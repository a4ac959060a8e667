import TableIO
import Testing

@Suite struct JSONTableTests {
  private func read(_ text: String) throws -> Table {
    try TableReader.read(Array(text.utf8))
  }

  @Test func arrayOfObjects() throws {
    let table = try read(
      "[\n {\"study\":\"a\\n\\u00e9\",\"yi\":0.10,\"n\":12},\n {\"yi\":null,\"study\":\"b\",\"x\":true,\"n\":\"7\"}\n]\n"
    )
    #expect(contents(table) == [["study", "yi", "n", "x"], ["a\né", "0.10", "12", ""], ["b", "", "7", "true"]])
    #expect(table.number(row: 0, column: 1) == .value(0.1))
    #expect(table.number(row: 1, column: 1) == .missing)
    #expect(table.number(row: 1, column: 2) == .value(7))
    #expect([table.line(ofRow: 0), table.line(ofRow: 1)] == [2, 3])
    #expect(table.dialect.format == .json)
  }

  @Test func objectPerLine() throws {
    let table = try read("{\"a\":1,\"b\":\"x\"}\r\n\n{\"b\":\"y\"}")
    #expect(contents(table) == [["a", "b"], ["1", "x"], ["", "y"]])
    #expect(table.dialect.format == .ndjson)
    #expect([table.line(ofRow: 0), table.line(ofRow: 1)] == [1, 3])
  }

  @Test func studiesOfAnObject() throws {
    let table = try read("{\"id\":{\"x\":[1]},\"studies\":[{\"yi\":1,\"vi\":2}],\"measure\":\"GEN\"}")
    #expect(contents(table) == [["yi", "vi"], ["1", "2"]])
    #expect(try read("[]").rowCount == 0)
    #expect(try read("{\"studies\":[]}").rowCount == 0)
  }

  @Test(arguments: [
    ("[{\"a\":1},\n{\"a\":[1]}]", 2, "nested"), ("[{\"a\":1},\n2]", 2, "not an object"),
    ("[{\"a\":1 \"b\":2}]", 1, "'\"'"),
    ("[{\"a\":1},\n\n{\"a\":1,\"a\":2}]", 3, "twice"), ("{\"a\":{}}", 1, "nested"), ("[{\"a\":01}]", 1, "0"),
    ("{\"studies\":[{\"a\":1}]}\n{\"studies\":[]}", 2, "second"), ("[{\"a\":1},]", 1, "not an object"),
    ("{\"a\":1}\n{", 2, "key"),
    ("[{\"a\":1}] x", 1, "end"), ("{\"a\":1},", 1, "'{'"),
  ])
  func refuses(_ text: String, line: Int, word: String) {
    let error = #expect(throws: TableError.self) { try read(text) }
    #expect(error?.line == line)
    #expect(error?.description.contains(word) == true, "\(String(describing: error))")
  }

  @Test func aMillionKeysAreRefusedNotTried() {
    let rows = (0..<20_000).map { "{\"k\($0)\":1}" }.joined(separator: "\n")
    #expect(throws: TableError.self) { try read(rows) }
  }

  @Test func randomBytesNeverTrap() {
    var random = TestRandom(seed: 12)
    let alphabet = Array("{}[]\",:\\u01e. \nnulstudies\u{e9}".utf8)
    for _ in 0..<10_000 {
      let bytes = (0..<random.below(50)).map { _ in alphabet[random.below(alphabet.count)] }
      _ = try? TableReader.read(bytes, format: .json)
    }
  }
}
