import Foundation
import TableIO
import Testing

/// Pieces of a batch: together they are the whole, and a merge takes nothing less.
@Suite struct BatchShardTests {
  private static let options = ["--by", "id", "--measure", "GEN", "--method", "DL"]

  private static func prepare() throws -> BatchFiles {
    let files = try BatchFiles()
    let rows = BatchFiles.rows(groups: 90)
    let table = BatchFiles.table(groups: 90)
    try files.write("long.csv", table)
    try files.write("long.csv.gz", StoredGzip.member(Array(table.utf8)))
    let mixed = rows.indices.sorted { ($0 * 7919 % 401, $0) < ($1 * 7919 % 401, $1) }.map { rows[$0].line }
    try files.write("mixed.csv", ([BatchFiles.header] + mixed).joined(separator: "\n") + "\n")
    try files.write("wide.csv", BatchFiles.wide(rows: 60))
    let values = BatchFiles.pattern(rows: 70, columns: 4)
    try files.write("yi.npy", NumPyFile.array(values))
    try files.write("vi.npy", NumPyFile.array(BatchFiles.variances(of: values), fortran: true))
    return files
  }

  @Test(arguments: [
    ["long.csv"] + options, ["long.csv.gz"] + options, ["long.csv", "--format", "ndjson"] + options,
    ["mixed.csv", "--unsorted"] + options, ["wide.csv", "--wide"] + options, ["yi.npy", "--vi", "vi.npy"],
  ])
  func piecesAreTheWhole(words: [String]) throws {
    let files = try Self.prepare()
    defer { files.remove() }
    let whole = try files.batch(words).output
    #expect(!whole.isEmpty)
    for jobs in ["1", "3"] { #expect(try files.batch(words + ["--jobs", jobs]).output == whole) }
    for count in [2, 5, 400] {
      // Of many pieces most are empty; a few of them stand for all.
      let indices = count < 400 ? Array(1...count) : [1, 2, 7, 400]
      let pieces = try indices.map { index in
        try files.batch(words + ["--shard", "\(index)/\(count)", "-o", "piece\(index)"]).status == 0
          ? files.text("piece\(index)") : "failed"
      }
      if count < 400 {
        #expect(pieces.joined() == whole)
        let merged = try files.batch(["--merge"] + indices.reversed().map { "piece\($0)" } + ["-o", "merged"])
        #expect(merged.status == 0, "\(merged.error)")
        #expect(try files.text("merged") == whole)
      } else {
        #expect(pieces.allSatisfy { $0.isEmpty || whole.contains($0) })
      }
    }
  }

  @Test func pipedInputIsCutAsAFileIs() throws {
    let files = try Self.prepare()
    defer { files.remove() }
    let whole = try files.batch(["long.csv"] + Self.options).output
    for name in ["long.csv", "long.csv.gz"] {
      var pieces = ""
      for index in 1...3 {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.currentDirectoryURL = files.folder
        process.arguments = [
          "-c",
          "cat \(name) | '\(Program.path.path)' batch - \(Self.options.joined(separator: " ")) --shard \(index)/3 -q > out",
        ]
        try process.run()
        process.waitUntilExit()
        pieces += try files.text("out")
      }
      #expect(pieces == whole)
    }
  }

  private static func pieces(_ files: BatchFiles, _ count: Int, more: [String] = []) throws -> [String] {
    var names: [String] = []
    for index in 1...count {
      let name = "p\(index)of\(count)\(more.count)"
      let words = ["long.csv"] + options + more + ["--shard", "\(index)/\(count)", "-o", name]
      let result = try files.batch(words)
      #expect(result.status == 0)
      names.append(name)
    }
    return names
  }

  @Test func aMergeTakesNothingLess() throws {
    let files = try Self.prepare()
    defer { files.remove() }
    let three = try Self.pieces(files, 3)
    let two = try Self.pieces(files, 2)
    let other = try Self.pieces(files, 3, more: ["--level", "0.9"])
    func refused(_ pieces: [String], _ word: String) throws {
      let result = try files.batch(["--merge"] + pieces + ["-o", "merged"])
      #expect(result.status == 65 && result.error.contains(word), "\(result.error)")
      #expect(!FileManager.default.fileExists(atPath: files.path("merged").path))
      #expect(!FileManager.default.fileExists(atPath: files.path("merged.part").path))
    }
    try refused([three[0], three[2]], "missing: 2")
    try refused([three[0], three[1], three[1], three[2]], "twice")
    try refused([three[0], three[1], two[1]], "one of 2")
    try refused([three[0], other[1], three[2]], "other options")
    try files.write("long.csv", BatchFiles.table(groups: 91))
    let later = ["long.csv"] + Self.options + ["--shard", "2/3", "-o", "later"]
    #expect(try files.batch(later).status == 0)
    try refused([three[0], "later", three[2]], "another input")
    try files.write(three[1], try files.bytes(three[1]) + Array("x\n".utf8))
    try refused(three, "not what its run wrote")
    #expect(try files.batch(["--merge", "long.csv", "-o", "merged"]).status == 66)
    #expect(try files.batch(["--merge"] + three).status == 64)
    #expect(try files.batch(["--merge"] + three + ["-o", "merged", "--measure", "GEN"]).status == 64)
  }

  @Test func aManifestSaysWhatWasDone() throws {
    let files = try Self.prepare()
    defer { files.remove() }
    let names = try Self.pieces(files, 3)
    let manifests = try names.map { try JSONReader.read(try files.bytes($0 + ".manifest.json")) }
    #expect(manifests.allSatisfy { $0["schema"]?.string == "evidence.batch-shard/1" })
    #expect(manifests.compactMap { $0["groups"]?.int }.reduce(0, +) == 90)
    #expect(manifests.compactMap { $0["rows"]?.int }.reduce(0, +) == BatchFiles.rows(groups: 90).count)
    let ranges = manifests.map { ($0["range"]?["from"]?.int, $0["range"]?["to"]?.int) }
    #expect(ranges[0].0 == 0 && ranges[0].1 == ranges[1].0 && ranges[1].1 == ranges[2].0)
    #expect(try ranges[2].1 == files.bytes("long.csv").count)
    #expect(manifests[1]["options"]?["method"]?.string == "DL")
    #expect(manifests[1]["shard"]?["index"]?.int == 2)
    #expect(try manifests[1]["output"]?["bytes"]?.int == files.bytes(names[1]).count)
  }

  /// A shard that failed to the end leaves neither results nor a manifest.
  @Test func aDamagedInputLeavesNothing() throws {
    let files = try Self.prepare()
    defer { files.remove() }
    try files.write("cut.csv.gz", Array(try files.bytes("long.csv.gz").dropLast(400)))
    let result = try files.batch(["cut.csv.gz"] + Self.options + ["--shard", "1/2", "-o", "out"])
    #expect(result.status == 65 && result.error.contains("cut"))
    let left = try FileManager.default.contentsOfDirectory(atPath: files.folder.path).filter { $0.hasPrefix("out") }
    #expect(left.isEmpty)
  }
}
