import TableIO
import Testing

@Suite struct JSONTests {
  @Test func readsEveryKindOfValue() throws {
    let text = #" {"a":[1,-2.5,1e3,true,false,null],"b":{"c":"x\n\u00e9\ud83d\ude00\/"},"d":[],"e":{},"f":-0} "#
    let value = try JSONReader.read(text)
    #expect(value["a"] == [1, -2.5, 1000.0, true, false, .null])
    #expect(value["b"]?["c"]?.string == "x\né😀/")
    #expect(value["d"] == [])
    #expect(value["e"] == [:])
    #expect(value["f"]?.double?.sign == .minus)
    #expect(value["a"]?[1]?.double == -2.5)
    #expect(value["a"]?[9] == nil)
    #expect(value.object?.map(\.key) == ["a", "b", "d", "e", "f"])
  }

  @Test func writesCompactAndPretty() {
    let value: JSONValue = [
      "n": 1, "x": 0.1, "whole": 3.0, "nan": .number(.nan), "inf": .number(.infinity), "tiny": 1e-5,
      "s": "a\"b\\c\u{1}\té", "list": [1, []], "none": [:],
    ]
    #expect(
      JSONWriter().text(value)
        == #"{"n":1,"x":0.1,"whole":3,"nan":null,"inf":null,"tiny":1e-05,"s":"a\"b\\c\u0001\té","list":[1,[]],"none":{}}"#
    )
    #expect(
      JSONWriter(.pretty).text(["a": [1, ["b": .null]], "c": []])
        == "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": []\n}")
  }

  @Test func escapesWhatMustNotStandInAText() throws {
    let short: [UInt8: String] = [
      0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r", 0x22: "\\\"", 0x5C: "\\\\",
    ]
    for byte in UInt8(0)...0x7F {
      let character = String(UnicodeScalar(byte))
      let hexadecimal = String(byte, radix: 16)
      let code = "\\u00" + (byte < 16 ? "0" : "") + hexadecimal
      let expected = short[byte] ?? (byte < 0x20 ? code : character)
      // Alone, among others, and in a text that is longer than the room there is at first.
      for (before, after) in [("", ""), ("é", "plain"), (String(repeating: "x", count: 20_000), "")] {
        let text = JSONWriter().text(.string(before + character + after))
        #expect(text == "\"" + before + expected + after + "\"", "byte \(byte)")
        #expect(try JSONReader.read(text) == .string(before + character + after))
      }
    }
  }

  @Test func longValuesAreWrittenBehindWhatIsThere() throws {
    let numbers = (0..<3000).map { JSONValue.number(Double($0) / 7) }
    let texts = (0..<3000).map { ShortestNumber.text(Double($0) / 7) }
    var bytes = Array("before ".utf8)
    JSONWriter().append(.array(numbers), to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "before [" + texts.joined(separator: ",") + "]")
    JSONWriter.append(quoted: "a\nb", to: &bytes)
    #expect(bytes.suffix(6) == Array(#""a\nb""#.utf8)[...])
    let document = JSONWriter(.pretty).bytes(["list": .array(numbers)], ending: "\n")
    let expected = "{\n  \"list\": [\n    " + texts.joined(separator: ",\n    ") + "\n  ]\n}\n"
    #expect(String(decoding: document, as: UTF8.self) == expected)
  }

  @Test(arguments: [
    ("", 1, 1), ("[1,]", 1, 4), ("{\"a\" 1}", 1, 6), ("[\n 1\n 2]", 3, 2), ("nul", 1, 1), ("01", 1, 1), ("1 2", 1, 3),
    ("\"a", 1, 1), ("\"\\x\"", 1, 2), ("\"\\ud800\"", 1, 2), ("[1", 1, 3), ("1e400", 1, 1), ("+1", 1, 1), (".5", 1, 1),
    ("1.", 1, 3), ("NaN", 1, 1), ("{\"a\":1,}", 1, 8), ("\"a\nb\"", 1, 3), ("truex", 1, 1), ("\"\\", 1, 1),
  ])
  func refusesWithThePlace(_ text: String, line: Int, column: Int) {
    let error = #expect(throws: JSONError.self) { try JSONReader.read(text) }
    #expect(error?.line == line)
    #expect(error?.column == column, "\(text): \(String(describing: error))")
  }

  @Test func refusesBytesThatAreNotText() {
    #expect(throws: JSONError.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
  }

  @Test func depthIsLimitedAndNeverOverflowsTheStack() throws {
    let deep = String(repeating: "[", count: 1_000_000)
    #expect(throws: JSONError.self) { try JSONReader.read(deep) }
    let fits = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    #expect(try JSONWriter().text(JSONReader.read(fits)) == fits)
  }

  @Test func randomValuesComeBack() throws {
    var random = TestRandom(seed: 7)
    for _ in 0..<500 {
      let value = random.json(depth: 4)
      #expect(try JSONReader.read(JSONWriter().bytes(value)) == value)
      #expect(try JSONReader.read(JSONWriter(.pretty).bytes(value)) == value)
    }
  }

  @Test func randomBytesNeverTrap() {
    var random = TestRandom(seed: 8)
    let alphabet = Array("{}[]\",:\\u0123456789abcdefEe+-. \ntrfalsn\u{e9}".utf8)
    for _ in 0..<10_000 {
      let bytes = (0..<random.below(40)).map { _ in alphabet[random.below(alphabet.count)] }
      if let value = try? JSONReader.read(bytes) {
        #expect(throws: Never.self) { try JSONReader.read(JSONWriter().bytes(value)) }
      }
    }
  }

  /// A list made on demand is written as an array is, in whatever pieces.
  @Test(arguments: [JSONWriter.Layout.compact, .pretty]) func listsAreWrittenInPieces(_ layout: JSONWriter.Layout) {
    @Sendable func element(_ place: Int) -> JSONValue {
      ["place": .integer(place), "third": .number(Double(place) / 3)]
    }
    func whole(_ elements: JSONValue) -> JSONValue { ["before": [], "elements": elements, "after": .list(empty)] }
    let empty = JSONList(count: 0) { _ in .null }
    let list = JSONList(count: 60_000, element: element)
    var pieces: [[UInt8]] = []
    JSONWriter(layout).write(whole(.list(list)), ending: "\n") { pieces.append($0) }
    #expect(pieces.count > 1)
    let array = JSONValue.array((0..<60_000).map(element))
    #expect(pieces.flatMap { $0 } == JSONWriter(layout).bytes(whole(array), ending: "\n"))
    #expect(JSONValue.list(list)[3] == array[3] && JSONValue.list(list).array?.count == 60_000)
    #expect(JSONValue.list(list)[60_000] == nil)
    #expect(list == JSONList(count: 60_000, element: element) && list != empty)
  }
}
