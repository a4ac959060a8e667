import Foundation
import TableIO
import Testing

/// Wide tables and arrays give what the same numbers give in a long table.
@Suite struct BatchShapeTests {
  private static let missing = Double.nan

  /// Estimates and variances of some analyses of five studies, the third without any.
  private static let yi: [[Double]] = {
    var table = BatchFiles.pattern(rows: 9, columns: 5)
    for row in 0..<9 {
      for study in 0..<5 where row == 2 || (row + study) % 4 == 0 { table[row][study] = missing }
    }
    return table
  }()
  private static let vi = BatchFiles.variances(of: BatchFiles.pattern(rows: 9, columns: 5))

  private static func text(_ value: Double) -> String { value.isNaN ? "" : "\(value)" }

  private static func long() -> String {
    var text = "id,yi,vi\n"
    for row in yi.indices {
      for study in yi[row].indices { text += "\(row + 1),\(self.text(yi[row][study])),\(vi[row][study])\n" }
    }
    return text
  }

  private static func results(_ result: Program.Result) -> [Substring] {
    result.output.split(separator: "\n").dropFirst().map { $0 }
  }

  @Test func wideTablesAgreeWithLongOnes() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try files.write("long.csv", Self.long())
    let options = ["--by", "id", "--measure", "GEN", "--inference", "hartung-knapp", "--prediction", "riley"]
    let want = try Self.results(files.batch(["long.csv"] + options))
    #expect(want[2].hasSuffix("no_usable_rows"))
    func wide(_ head: String) -> String {
      var text = head
      for row in Self.yi.indices {
        text += "\n\(row + 1)"
        for study in Self.yi[row].indices { text += ",\(Self.text(Self.yi[row][study])),\(Self.vi[row][study])" }
      }
      return text
    }
    func names(_ yi: String, _ vi: String, _ mark: String) -> String {
      "id," + ["a", "b", "c_1", "4", "e"].map { yi + mark + $0 + "," + vi + mark + $0 }.joined(separator: ",")
    }
    try files.write("wide.csv", wide(names("yi", "vi", "_")))
    try files.write("dots.csv", wide(names("YI", "Vi", ".")))
    try files.write("mapped.csv", wide(names("log_or", "v_lor", "_")))
    #expect(try Self.results(files.batch(["wide.csv", "--wide"] + options)) == want)
    #expect(try Self.results(files.batch(["dots.csv", "--wide"] + options)) == want)
    #expect(try Self.results(files.batch(["mapped.csv", "--wide", "--map", "yi=log_or,vi=v_lor"] + options)) == want)
    // Two rows of one name are two analyses.
    let text = try files.text("wide.csv")
    let second = text.split(separator: "\n")[1]
    try files.write("twice.csv", text + "\n" + second + "\n" + second)
    #expect(try Self.results(files.batch(["twice.csv", "--wide"] + options)) == want + [want[0], want[0]])
  }

  @Test func wideObjectsALine() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try files.write("long.csv", Self.long())
    var lines: [String] = []
    for row in Self.yi.indices {
      var line = "{\"id\":\"\(row + 1)\""
      for study in Self.yi[row].indices {
        let value = Self.yi[row][study]
        line += ",\"yi_\(study)\":" + (value.isNaN ? "null" : "\(value)") + ",\"vi_\(study)\":\(Self.vi[row][study])"
      }
      lines.append(line + "}")
    }
    try files.write("wide.ndjson", lines.joined(separator: "\n"))
    let options = ["--by", "id", "--method", "PM"]
    #expect(
      try files.batch(["wide.ndjson", "--wide"] + options).output == files.batch(["long.csv"] + options).output)
  }

  @Test func wideCounts() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try files.write("long.csv", "id,ai,n1i,ci,n2i\na,3,20,7,21\na,0,15,2,14\nb,5,30,9,31\nb,1,12,1,11\n")
    try files.write(
      "wide.csv", "id,ai_1,n1i_1,ci_1,n2i_1,ai_2,n1i_2,ci_2,n2i_2\na,3,20,7,21,0,15,2,14\nb,5,30,9,31,1,12,1,11\n")
    for words in [
      ["--measure", "OR"], ["--measure", "RR", "--method", "MH"], ["--measure", "PETO", "--method", "PETO"],
    ] {
      let options = ["--by", "id"] + words
      #expect(
        try files.batch(["wide.csv", "--wide"] + options).output == files.batch(["long.csv"] + options).output)
    }
  }

  @Test func wideTablesThatDoNotFit() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    let options = ["--wide", "--by", "id", "--measure", "GEN"]
    for (head, word) in [
      ("id,yi_1,vi_1,yi_2", "study 2"), ("id,yi,vi", "yi_1"), ("id,a,b", "yi_1"), ("name,yi_1,vi_1", "--by"),
    ] {
      try files.write("wide.csv", head + "\n")
      let result = try files.batch(["wide.csv"] + options)
      #expect(result.status == 65 && result.error.contains(word), "\(head): \(result.error)")
    }
    try files.write("wide.csv", "id,yi_1,vi_1,yi_2,vi_2\na,1,2,x,1\nb,1,2,3\nc,1,-2,1,1\nd,1,2,0.5,1\n")
    let lines = try Self.results(files.batch(["wide.csv"] + options))
    #expect(lines[0].contains("bad_value: line 2: yi_2 is \"\"x\"\"") || lines[0].contains("bad_value: line 2"))
    #expect(lines[1].contains("bad_value: line 3: 4 cells instead of 5"))
    #expect(lines[2].contains("bad_value: line 4: vi = -2"))
    #expect(lines[3].hasSuffix(",ok"))
  }

  @Test(arguments: [
    ("<f8", false, UInt8(1)), ("<f8", true, 2), (">f8", false, 3), ("<f4", false, 1), (">f4", true, 1),
  ])
  func arraysAgreeWithLongTables(descr: String, fortran: Bool, version: UInt8) throws {
    let files = try BatchFiles()
    defer { files.remove() }
    // Eighths and sixteenths are whole in float32 too.
    try files.write("long.csv", Self.long())
    let options = ["--inference", "hartung-knapp"]
    let want = try Self.results(files.batch(["long.csv", "--by", "id"] + options))
    try files.write("yi.npy", NumPyFile.array(Self.yi, descr: descr, fortran: fortran, version: version))
    try files.write("vi.npy", NumPyFile.array(Self.vi, fortran: !fortran))
    let result = try files.batch(["yi.npy", "--vi", "vi.npy"] + options)
    #expect(result.output.hasPrefix("row,k,"), "\(result.error)")
    #expect(Self.results(result) == want)
    try files.write("yi.npy.gz", StoredGzip.member(files.bytes("yi.npy")))
    #expect(try files.batch(["yi.npy.gz", "--vi", "vi.npy"] + options).output == result.output)
  }

  @Test func standardErrors() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try files.write("yi.npy", NumPyFile.array([[0.25, 0.5, -1]]))
    try files.write("sei.npy", NumPyFile.array([[0.5, 0.25, 1]]))
    try files.write("vi.npy", NumPyFile.array([[0.25, 0.0625, 1]]))
    #expect(
      try files.batch(["yi.npy", "--sei", "sei.npy"]).output == files.batch(["yi.npy", "--vi", "vi.npy"]).output)
  }

  @Test func arraysThatDoNotFit() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try files.write("vi.npy", NumPyFile.array(Self.vi))
    let whole = NumPyFile.array(Self.yi)
    let bad: [(String, [UInt8], String)] = [
      ("fewer rows", NumPyFile.array(Array(Self.yi.dropLast())), "(8, 5)"),
      ("one axis", NumPyFile.array(Self.yi, shape: "(45,)"), "(45,)"),
      ("three axes", NumPyFile.array(Self.yi, shape: "(3, 3, 5)"), "two axes"),
      ("integers", NumPyFile.array(Self.yi, descr: "<i8"), "<i8"),
      ("cut", Array(whole.dropLast(8)), "expected \(whole.count)"),
      ("cut header", Array(whole.prefix(40)), "header"),
      ("version", whole.prefix(6) + [9] + whole.dropFirst(7), "version 9"),
      ("a table", Array("id,yi,vi\n".utf8), "not a NumPy array"),
      ("huge", NumPyFile.array(Self.yi, shape: "(9000000000000000000, 9)"), "impossible"),
    ]
    for (name, bytes, word) in bad {
      try files.write("yi.npy", bytes)
      let result = try files.batch(["yi.npy", "--vi", "vi.npy"])
      #expect(result.status == 65 && result.error.contains(word), "\(name): \(result.error)")
    }
    try files.write("yi.npy", whole)
    #expect(try files.batch(["yi.npy", "--vi", "none.npy"]).status == 66)
    #expect(try files.batch(["yi.npy", "--by", "id"]).status == 65)
    #expect(try files.batch(["yi.npy", "--vi", "vi.npy", "--measure", "OR"]).status == 64)
    #expect(try files.batch(["yi.npy", "--vi", "vi.npy", "--by", "id"]).status == 64)
    #expect(try files.batch(["yi.npy", "--vi", "vi.npy", "--wide"]).status == 64)
  }

  @Test func badValuesOfArraysNameTheirRow() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try files.write("yi.npy", NumPyFile.array([[1, 2], [1, .infinity], [0.5, 2]]))
    try files.write("vi.npy", NumPyFile.array([[1, 2], [1, 1], [0.5, -2]]))
    let lines = try Self.results(files.batch(["yi.npy", "--vi", "vi.npy"]))
    #expect(lines[0].hasSuffix(",ok"))
    #expect(lines[1].contains("bad_value: row 2: yi of column 2 is infinite"))
    #expect(lines[2].contains("bad_value: row 3: vi = -2"))
  }
}
