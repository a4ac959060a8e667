import Foundation
import TableIO
import TestSupport
import Testing

/// Forests of steps, and the shapes of prediction intervals.
@Suite struct PlotForestTests {
  private func run(_ arguments: [String], input: String? = nil) throws -> Program.Result {
    try Program.run(["forest"] + arguments + ["--quiet"], in: ReferenceCase.folder, input: input)
  }

  private func rows(_ arguments: [String]) throws -> [JSONValue] {
    let result = try run(arguments + ["--format", "json"])
    #expect(result.status == 0, "\(arguments): \(result.error)")
    let all = try JSONReader.read(result.output).at("rows")?.array ?? []
    return all.filter { $0["row_type"]?.string == "study" }
  }

  /// metafor 3.8-1, `dat.bcg`: `cumul(rma(yi, vi), order = year)` and `leave1out(rma(yi, vi))`; its REML stops at a
  /// change of 1e-5.
  @Test func stepsAgreeWithMetafor() throws {
    let cumulative = try rows(["bcg", "--sequence", "cumulative", "--sort", "year"])
    #expect(cumulative.count == 13)
    expectClose(cumulative[1]["estimate"]?.double ?? .nan, -1.3250034, relative: 2e-5)
    expectClose(cumulative[2]["estimate"]?.double ?? .nan, -0.9720796, relative: 2e-5)
    expectClose(cumulative[12]["estimate"]?.double ?? .nan, -0.7145323, relative: 2e-5)
    let others = try rows(["bcg", "--sequence", "leave-one-out"])
    expectClose(others[0]["estimate"]?.double ?? .nan, -0.7070838, relative: 2e-5)
    expectClose(others[7]["estimate"]?.double ?? .nan, -0.7947676, relative: 2e-5)
  }

  @Test func stepsFollowTheOrder() throws {
    let forward = try rows(["bcg", "--sequence", "leave-one-out", "--sort", "effect"])
    let back = try rows(["bcg", "--sequence", "leave-one-out", "--sort=-effect"])
    #expect(forward.compactMap { $0["label"]?.string } == back.compactMap { $0["label"]?.string }.reversed())
    #expect(forward.first?["label"]?.string == "− Vandiviere et al 1973")
  }

  @Test(arguments: ["bar", "line", "density"])
  func theShapeIsKeptWithTheData(shape: String) throws {
    let picture = try run(["bcg", "--format", "svg", "--prediction-shape", shape])
    let data = try run(["bcg", "--format", "json", "--prediction-shape", shape])
    #expect(try run(["--data", "-", "--format", "svg"], input: data.output).output == picture.output)
    let plain = try run(["bcg", "--format", "json"])
    let changed = try run(["--data", "-", "--format", "svg", "--prediction-shape", shape], input: plain.output)
    #expect(changed.output == picture.output && picture.status == 0)
    #expect((picture.output == (try run(["bcg", "--format", "svg"]).output)) == (shape == "bar"))
  }

  @Test(arguments: [
    ("bcg --prediction-shape round", 64, "density"), ("bcg --sequence backwards", 64, "leave-one-out"),
    ("bcg --sequence cumulative --subgroup alloc", 64, "--subgroup"),
    ("bcg --sequence cumulative --both", 64, "--both"), ("bcg --sequence cumulative --columns year", 64, "--columns"),
    ("bcg --sequence cumulative --sort nothing", 65, "nothing"),
  ])
  func refuses(_ call: (line: String, code: Int32, words: String)) throws {
    let result = try run(call.line.split(separator: " ").map(String.init))
    #expect(result.status == call.code && result.error.contains(call.words), "\(call.line): \(result.error)")
  }
}
