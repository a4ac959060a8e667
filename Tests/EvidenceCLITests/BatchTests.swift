import Foundation
import TableIO
import Testing

/// Batches: the same bytes for any number of threads, parts and interruptions, and the numbers of single analyses.
@Suite struct BatchTests {
  private static let folder: URL = {
    let url = FileManager.default.temporaryDirectory.appending(path: "evidence-batch-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }()

  /// Groups of 1 to 9 studies with a fixed pattern; group names need quotes now and then.
  private static func table(groups: Int, corrupt: (Int) -> Bool = { _ in false }) -> String {
    var text = "id,study,yi,vi\n"
    for group in 0..<groups {
      for study in 0...(group * 7 % 9) {
        let y = Double((group * 31 + study * 17) % 41 - 20) / 13
        let v = Double((group * 5 + study * 11) % 23 + 1) / 40
        let name = group % 10 == 3 ? "\"group, no. \(group)\"" : "g\(group)"
        let value = corrupt(group) && study == 0 ? "oops" : "\(y)"
        text += "\(name),s\(study),\(value),\(v)\n"
      }
    }
    return text
  }

  private static func batch(_ table: String, _ options: [String]) throws -> Program.Result {
    try Program.run(["batch", "-", "--by", "id", "--measure", "GEN"] + options, in: folder, input: table)
  }

  @Test func bytesDoNotDependOnThreads() throws {
    let table = Self.table(groups: 1500)
    let one = try Self.batch(table, ["--jobs", "1"])
    #expect(one.status == 0)
    #expect(one.output.split(separator: "\n").count == 1501)
    for jobs in ["2", "3", "8"] { #expect(try Self.batch(table, ["--jobs", jobs]).output == one.output) }
  }

  @Test func partsPutTogetherAreTheWhole() throws {
    let file = Self.folder.appending(path: "parts.csv")
    try Data(Self.table(groups: 300).utf8).write(to: file)
    let arguments = ["batch", file.path, "--by", "id", "--measure", "GEN"]
    let whole = try Program.run(arguments, in: Self.folder).output
    let parts = try (1...4).map { try Program.run(arguments + ["--shard", "\($0)/4"], in: Self.folder).output }
    #expect(parts.joined() == whole)
  }

  /// A run that stopped anywhere, in the middle of a line too, is resumed to the same file.
  @Test func anInterruptedRunIsResumed() throws {
    let input = Self.folder.appending(path: "resume.csv")
    try Data(Self.table(groups: 400).utf8).write(to: input)
    let whole = Self.folder.appending(path: "whole.csv")
    let arguments = ["batch", input.path, "--by", "id", "--measure", "GEN"]
    _ = try Program.run(arguments + ["-o", whole.path], in: Self.folder)
    let bytes = try Data(contentsOf: whole)
    for cut in [0, 5, 90, 1000, bytes.count / 2, bytes.count - 1, bytes.count] {
      let target = Self.folder.appending(path: "resumed-\(cut).csv")
      // The beginning of a run, as a killed process leaves it: some bytes, and the record of the request.
      _ = try Program.run(arguments + ["-o", target.path, "--resume"], in: Self.folder)
      let record = Self.folder.appending(path: "resumed-\(cut).csv.part.run")
      try FileManager.default.moveItem(at: target, to: Self.folder.appending(path: "resumed-\(cut).csv.part"))
      try Data(try Self.fingerprint(of: arguments).utf8).write(to: record)
      try bytes.prefix(cut).write(to: Self.folder.appending(path: "resumed-\(cut).csv.part"))
      let result = try Program.run(arguments + ["-o", target.path, "--resume"], in: Self.folder)
      #expect(result.status == 0)
      #expect(try Data(contentsOf: target) == bytes, "cut at \(cut)")
    }
  }

  /// The record that a run leaves beside its part file, taken from a run that cannot finish.
  private static func fingerprint(of arguments: [String]) throws -> String {
    let blocked = folder.appending(path: "blocked-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: blocked, withIntermediateDirectories: true)
    // The output's name is taken by a folder, so that the last step, the renaming, fails and the record stays.
    _ = try Program.run(arguments + ["-o", blocked.path], in: folder)
    return try String(contentsOf: folder.appending(path: blocked.lastPathComponent + ".part.run"), encoding: .utf8)
  }

  @Test func anotherRunIsNotResumed() throws {
    let input = Self.folder.appending(path: "other.csv")
    try Data(Self.table(groups: 5).utf8).write(to: input)
    let target = Self.folder.appending(path: "other-out.csv")
    try Data("something else\n".utf8).write(to: URL(filePath: target.path + ".part.run"))
    try Data("id\n".utf8).write(to: URL(filePath: target.path + ".part"))
    let result = try Program.run(
      ["batch", input.path, "--by", "id", "--measure", "GEN", "-o", target.path, "--resume"], in: Self.folder)
    #expect(result.status == 64)
  }

  @Test func corruptRowsSpoilTheirGroupsOnly() throws {
    let clean = try Self.batch(Self.table(groups: 200), []).output.split(separator: "\n")
    let dirty = try Self.batch(Self.table(groups: 200) { $0 % 10 == 4 }, [])
    #expect(dirty.status == 0)
    let lines = dirty.output.split(separator: "\n")
    #expect(lines.count == clean.count)
    for (index, (a, b)) in zip(clean, lines).enumerated() where index > 0 {
      if (index - 1) % 10 == 4 { #expect(b.contains("bad_value: line ")) } else { #expect(a == b) }
    }
    #expect(try Self.batch(Self.table(groups: 20) { $0 == 4 }, ["--strict"]).status == 1)
  }

  /// A batch and a single analysis give the same bits.
  @Test(arguments: ["REML", "DL", "PM", "ML", "EE", "SJ"]) func agreesWithSingleAnalyses(method: String) throws {
    let table = Self.table(groups: 12)
    for inference in ["normal", "hartung-knapp"] {
      let options = ["--method", method, "--inference", inference]
      let rows = try Self.batch(table, options + ["--format", "ndjson"]).output.split(separator: "\n")
      let lines = table.split(separator: "\n")
      for row in rows {
        let value = try JSONReader.read(String(row))
        let id = try #require(value["id"]?.string)
        guard !id.contains(",") else { continue }
        let own = ([lines[0]] + lines.filter { $0.hasPrefix(id + ",") }).joined(separator: "\n") + "\n"
        let single = try Program.run(
          ["pool", "-", "--measure", "GEN", "--format", "json"] + options, in: Self.folder, input: own)
        let fit = try JSONReader.read(single.output)
        #expect(fit["pooled"]?["estimate"] == value["estimate"])
        #expect(fit["pooled"]?["ci_lower"] == value["ci_lower"])
        #expect(fit["heterogeneity"]?["tau2"]?.double == value["tau2"]?.double)
      }
    }
  }

  @Test func groupsMayStandApart() throws {
    let table = "id,yi,vi\na,0.1,0.02\nb,0.3,0.05\na,0.4,0.03\nb,-0.1,0.04\n"
    let sorted = "id,yi,vi\na,0.1,0.02\na,0.4,0.03\nb,0.3,0.05\nb,-0.1,0.04\n"
    #expect(try Self.batch(table, ["--unsorted"]).output == Self.batch(sorted, []).output)
  }
}
