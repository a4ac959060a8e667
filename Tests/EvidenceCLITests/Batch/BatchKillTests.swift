import Foundation
import Testing

/// A batch that is killed outright, at any moment, is resumed to the very bytes of an undisturbed run.
@Suite struct BatchKillTests {
  /// A kind of run: input and options.
  struct Kind: Sendable, CustomTestStringConvertible {
    let name: String
    let words: [String]
    var testDescription: String { name }
  }

  private static let options = ["--by", "id", "--measure", "GEN", "--method", "DL"]

  static let kinds = [
    Kind(name: "csv", words: ["long.csv"] + options),
    Kind(name: "gzip'd, one thread", words: ["long.csv.gz", "--jobs", "1"] + options),
    Kind(name: "ndjson", words: ["long.csv", "--format", "ndjson"] + options),
    Kind(name: "unsorted", words: ["mixed.csv", "--unsorted"] + options),
    Kind(name: "wide", words: ["wide.csv", "--wide"] + options),
    Kind(name: "arrays", words: ["yi.npy", "--vi", "vi.npy"]),
    Kind(name: "shard", words: ["long.csv", "--shard", "2/3"] + options),
  ]

  private static func prepare(_ files: BatchFiles) throws {
    let rows = BatchFiles.rows(groups: 700, note: 400)
    let table = BatchFiles.table(groups: 700, note: 400)
    try files.write("long.csv", table)
    try files.write("long.csv.gz", StoredGzip.member(Array(table.utf8)))
    let mixed = rows.indices.sorted { ($0 * 7919 % 4001, $0) < ($1 * 7919 % 4001, $1) }.map { rows[$0].line }
    try files.write("mixed.csv", ([BatchFiles.header] + mixed).joined(separator: "\n") + "\n")
    try files.write("wide.csv", BatchFiles.wide(rows: 1000, note: 1200))
    let values = BatchFiles.pattern(rows: 120_000, columns: 6)
    try files.write("yi.npy", NumPyFile.array(values))
    try files.write("vi.npy", NumPyFile.array(BatchFiles.variances(of: values)))
  }

  /// Three random moments of each kind: 21 kills, each of which may strike twice.
  @Test(arguments: kinds) func killedAndResumed(kind: Kind) throws {
    let files = try BatchFiles()
    defer { files.remove() }
    try Self.prepare(files)
    let start = ContinuousClock.now
    let whole = try files.batch(kind.words + ["-o", "whole"])
    let duration = start.duration(to: .now)
    #expect(whole.status == 0)
    let want = try files.bytes("whole")
    var random = SystemRandomNumberGenerator()
    for moment in 0..<3 {
      let words = kind.words + ["-o", "out\(moment)"]
      for (attempt, resuming) in [[], ["--resume"]].enumerated() {
        let share = Double.random(in: 0..<(attempt == 0 ? 1 : 0.7), using: &random)
        try Self.runAndKill(words + resuming, in: files.folder, after: duration * share)
      }
      let resumed = try files.batch(words + ["--resume"])
      #expect(resumed.status == 0, "\(resumed.error)")
      #expect(try files.bytes("out\(moment)") == want)
      #expect(resumed.error == whole.error, "the summary is that of the whole run")
      #expect(!FileManager.default.fileExists(atPath: files.path("out\(moment).part").path))
      #expect(!FileManager.default.fileExists(atPath: files.path("out\(moment).part.run").path))
    }
  }

  private static func runAndKill(_ words: [String], in folder: URL, after wait: Duration) throws {
    let process = Process()
    process.executableURL = Program.path
    process.arguments = ["batch"] + words
    process.currentDirectoryURL = folder
    process.standardError = FileHandle.nullDevice
    try process.run()
    let seconds = Double(wait.components.seconds) + Double(wait.components.attoseconds) * 1e-18
    Thread.sleep(forTimeInterval: seconds)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
