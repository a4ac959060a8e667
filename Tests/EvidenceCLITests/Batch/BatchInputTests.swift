import Foundation
import TableIO
import Testing

/// What long files hold in practice: the same numbers come out, or a reason.
@Suite struct BatchInputTests {
  private static let options = ["--by", "id", "--measure", "GEN", "--method", "DL"]

  private static func want(_ files: BatchFiles, _ table: String) throws -> String {
    try files.write("plain.csv", table)
    let result = try files.batch(["plain.csv"] + options)
    #expect(result.status == 0)
    return result.output
  }

  /// Codings, line ends, separators, blank lines and gzip change nothing but the lines that are named.
  @Test func theSameTableInManyForms() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    let table = BatchFiles.table(groups: 60)
    let want = try Self.want(files, table)
    let lines = table.split(separator: "\n").map(String.init)
    let semicolons = lines.map { line in
      line.contains("\"") ? nil : line.replacingOccurrences(of: ",", with: ";").replacingOccurrences(of: ".", with: ",")
    }
    let utf16 = Self.utf16(table, lowByteFirst: true)
    let bigEndian = Self.utf16(table, lowByteFirst: false)
    let half = Array(table.utf8).count / 2
    let forms: [(String, [UInt8])] = [
      ("crlf.csv", Array(lines.joined(separator: "\r\n").utf8)),
      ("cr.csv", Array((lines.joined(separator: "\r") + "\r").utf8)),
      ("mark.csv", [0xEF, 0xBB, 0xBF] + Array(table.utf8)),
      ("noend.csv", Array(table.utf8.dropLast())),
      ("blank.csv", Array(lines.joined(separator: "\n\n\n").utf8)),
      ("utf16.csv", utf16), ("utf16be.csv", bigEndian),
      ("table.csv.gz", StoredGzip.member(Array(table.utf8))),
      ("named.csv", StoredGzip.member(Array(table.utf8))),
      ("utf16.csv.gz", StoredGzip.member(utf16)),
      (
        "members.csv.gz",
        StoredGzip.member(Array(table.utf8.prefix(half))) + StoredGzip.member(Array(table.utf8.dropFirst(half)))
      ),
    ]
    for (name, bytes) in forms {
      try files.write(name, bytes)
      let result = try files.batch([name] + Self.options)
      #expect(result.output == want, "\(name): \(result.error)")
    }
    // Decimal commas, of the groups whose names need no quotes.
    let plain = lines.filter { !$0.contains("\"") }
    try files.write("comma.csv", semicolons.compactMap { $0 }.joined(separator: "\n"))
    let expected = try Self.want(files, plain.joined(separator: "\n"))
    #expect(try files.batch(["comma.csv"] + Self.options).output == expected)
    #expect(try files.batch(["comma.csv", "--input-format", "semicolon"] + Self.options).output == expected)
  }

  private static func utf16(_ text: String, lowByteFirst: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    for unit in [0xFEFF] + Array(text.utf16) {
      let low = UInt8(truncatingIfNeeded: unit)
      let high = UInt8(unit >> 8)
      bytes += lowByteFirst ? [low, high] : [high, low]
    }
    return bytes
  }

  /// Blocks and pieces end anywhere: inside quoted newlines, CRLF, groups. A sentence in quotes fills the file.
  @Test func bordersOfBlocks() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    let note = "\"" + String(repeating: "two\r\nlines, \"\"quoted\"\"\n", count: 12) + "\""
    let rows = BatchFiles.rows(groups: 500).map { row -> String in
      let cells = row.line.components(separatedBy: ",,")
      return cells[0] + "," + note + "," + cells[1]
    }
    let plain = BatchFiles.table(groups: 500)
    let want = try Self.want(files, plain)
    for ending in ["\n", "\r\n"] {
      try files.write("notes.csv", ([BatchFiles.header] + rows).joined(separator: ending) + ending)
      for jobs in ["1", "4"] {
        let result = try files.batch(["notes.csv", "--jobs", jobs] + Self.options)
        #expect(result.output == want, "\(result.error)")
      }
    }
  }

  @Test func oneHugeGroup() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    let rows = (0..<40_000).map { "a,\(Double($0 % 101 - 50) / 40),\(Double($0 % 37 + 1) / 50)" }
    try files.write("huge.csv", (["id,yi,vi", "z,0.1,0.2"] + rows + ["b,0.3,0.1"]).joined(separator: "\n"))
    let whole = try files.batch(["huge.csv"] + Self.options)
    let lines = whole.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[2].hasPrefix("a,40000,"))
    #expect(whole.error == "evidence: 3 groups from 40002 rows: 3 ok\n")
    #expect(try files.batch(["huge.csv", "--unsorted"] + Self.options).output == whole.output)
  }

  @Test func tablesWithoutRows() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    for text in ["id,yi,vi", "id,yi,vi\n", "id,yi,vi\r\n\r\n"] {
      try files.write("head.csv", text)
      for more in [[], ["--unsorted"], ["--shard", "1/2"]] {
        let result = try files.batch(["head.csv"] + Self.options + more)
        #expect(result.status == 0)
        #expect(result.output == "id,k,estimate,se,ci_lower,ci_upper,p,tau2,i2,q,q_p,status\n", "\(text) \(more)")
        #expect(result.error == "evidence: 0 groups from 0 rows: 0 ok\n")
      }
    }
    try files.write("empty.csv", "")
    #expect(try files.batch(["empty.csv"] + Self.options).status == 65)
  }

  /// Every tenth row is damaged in one of several ways; groups without one keep their results to the last bit.
  @Test(arguments: [["--jobs", "1"], ["--jobs", "3"], ["--unsorted"], ["--format", "ndjson"]])
  func damagedRowsSpoilTheirGroupsOnly(more: [String]) throws {
    let files = try BatchFiles()
    defer { files.remove() }
    let rows = BatchFiles.rows(groups: 400)
    let ways = ["oops", "1.2.3", "inf", "0x1p3", "-"]
    var spoiled = Set<String>()
    let damaged = rows.enumerated().map { index, row -> String in
      guard index * 7919 % 10 == 0 else { return row.line }
      var cells = row.line.components(separatedBy: ",")
      let way = index / 10 % 7
      switch way {
      case 5: cells.append("more")
      case 6: cells[cells.count - 1] = "-0.5"
      default: cells[cells.count - 2] = ways[way]
      }
      if way != 4 { spoiled.insert(row.id) }  // a dash is a missing value, and drops the row
      return cells.joined(separator: ",")
    }
    let dropped = Set(zip(rows, damaged).filter { $0.line != $1 }.map(\.0.id))
    try files.write("clean.csv", ([BatchFiles.header] + rows.map(\.line)).joined(separator: "\n"))
    try files.write("damaged.csv", ([BatchFiles.header] + damaged).joined(separator: "\n"))
    let clean = try files.batch(["clean.csv"] + Self.options + more)
    let dirty = try files.batch(["damaged.csv"] + Self.options + more)
    #expect(dirty.status == 0)
    let (a, b) = (clean.output.split(separator: "\n"), dirty.output.split(separator: "\n"))
    try #require(a.count == b.count)
    var unchanged = 0
    for (good, bad) in zip(a, b) {
      let id = Self.id(of: bad)
      if spoiled.contains(id) {
        #expect(bad.contains("bad_value: line "), "\(bad)")
      } else if !dropped.contains(id) {
        #expect(good == bad)
        unchanged += 1
      }
    }
    #expect(unchanged >= 150)
    #expect(try files.batch(["damaged.csv", "--strict"] + Self.options + more).status == 1)
    #expect(dirty.error.contains("\(spoiled.count) bad_value"), "\(dirty.error)")
  }

  private static func id(of line: Substring) -> String {
    if line.hasPrefix("{"), let id = (try? JSONReader.read(String(line)))?["id"]?.string {
      return id.contains(",") ? "\"\(id)\"" : id
    }
    guard line.hasPrefix("\"") else { return String(line.prefix { $0 != "," }) }
    return "\"" + line.dropFirst().prefix { $0 != "\"" } + "\""
  }

  /// Rows that stand apart without --unsorted make two analyses, and that is said.
  @Test func groupsThatComeBackAreNoticed() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try files.write("apart.csv", "id,yi,vi\na,0.1,0.02\nb,0.3,0.05\na,0.4,0.03\nb,-0.1,0.04\n")
    let result = try files.batch(["apart.csv"] + Self.options)
    #expect(result.status == 0 && result.output.split(separator: "\n").count == 5)
    #expect(result.error.contains("group \"a\" stand apart (and 1 more times)"), "\(result.error)")
    #expect(try files.batch(["apart.csv", "--strict"] + Self.options).status == 1)
    let unsorted = try files.batch(["apart.csv", "--unsorted", "--strict"] + Self.options)
    #expect(unsorted.status == 0 && unsorted.error == "evidence: 2 groups from 4 rows: 2 ok\n")
  }

  @Test func damagedGzipIsRefused() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    let whole = StoredGzip.member(Array(BatchFiles.table(groups: 60).utf8))
    var changed = whole
    changed[whole.count / 2] ^= 1
    for (name, bytes, word) in [("cut.gz", Array(whole.dropLast(9)), "cut"), ("changed.gz", changed, "damaged")] {
      try files.write(name, bytes)
      for command in [["batch", name] + Self.options, ["pool", name, "--measure", "GEN"]] {
        let result = try Program.run(command, in: files.folder)
        #expect(result.status == 65 && result.error.contains(word), "\(result.error)")
      }
    }
  }

  /// `… | head -1` gets its line, and nobody hears of it.
  @Test func aClosedPipeEndsQuietly() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try files.write("long.csv", BatchFiles.table(groups: 2000, note: 200))
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.currentDirectoryURL = files.folder
    process.arguments = [
      "-c",
      "'\(Program.path.path)' batch long.csv \(Self.options.joined(separator: " ")) -q 2> err | head -1 > out; "
        + "echo ${PIPESTATUS[0]} > code",
    ]
    try process.run()
    process.waitUntilExit()
    #expect(try files.text("out") == "id,k,estimate,se,ci_lower,ci_upper,p,tau2,i2,q,q_p,status\n")
    #expect(try files.text("err") == "")
    #expect(try files.text("code") == "0\n")
  }

  /// An option is obeyed or refused.
  @Test(arguments: [
    ["--mods", "~ x"], ["--subgroup", "id"], ["--weights", "vi"], ["--where", "yi > 0"], ["--study", "id"],
    ["--tau2-ci", "q-profile"], ["--permute", "100"], ["--threshold", "0"], ["--explain"], ["--digits", "2"],
    ["--shard", "0/3"], ["--shard", "4/3"], ["--shard", "x"], ["--jobs", "0"], ["--resume"],
    ["--input-format", "json"],
    ["--format", "svg"], ["--wide", "--unsorted"], ["--vi", "v.npy"], ["--sei", "s.npy"], ["--glmm", "UM.FS"],
    ["--method", "MH", "--inference", "t"], ["--by", "id,id"], ["--by", "k"],
  ])
  func refused(option: [String]) throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try files.write("long.csv", BatchFiles.table(groups: 3))
    try files.write("k.csv", "k,yi,vi\na,1,1\n")
    let file = option == ["--by", "k"] ? "k.csv" : "long.csv"
    let result = try files.batch([file] + (option[0] == "--by" ? ["--measure", "GEN"] : Self.options) + option)
    #expect(result.status == 64, "\(option): \(result.output)")
  }

  @Test func predictionIntervalsAreThoseOfSingleAnalyses() throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try files.write("one.csv", "id,yi,vi\na,0.1,0.02\na,0.5,0.03\na,-0.2,0.05\na,0.4,0.01\n")
    for method in ["riley", "t", "normal"] {
      let words = ["--measure", "GEN", "--prediction", method, "--inference", "hartung-knapp"]
      let row = try files.batch(["one.csv", "--by", "id", "--format", "ndjson"] + words).output
      let batch = try JSONReader.read(row.trimmingCharacters(in: .newlines))
      let single = try JSONReader.read(
        Program.run(["pool", "one.csv", "--format", "json"] + words, in: files.folder).output)
      for end in ["pi_lower", "pi_upper"] {
        #expect(batch[end]?.double != nil && batch[end] == single["pooled"]?[end], "\(method)")
      }
    }
  }
}
