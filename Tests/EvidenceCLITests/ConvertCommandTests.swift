import Foundation
import TableIO
import TestSupport
import Testing

/// The conversions of `evidence convert` that the reference cases do not cover.
@Suite struct ConvertCommandTests {
  private func convert(_ table: String, _ options: String...) throws -> Program.Result {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("convert-\(UUID().uuidString).csv")
    try Data(table.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try Program.run(["convert", file.path] + options + ["--format", "json"], in: ReferenceCase.folder)
  }

  /// Cochrane Handbook, 6.5.2.2: n = 25, interval 30.0 to 34.2 gives SD 5.09; SD 2 of 16 people is a standard error of 0.5.
  @Test func deviationsOfGroups() throws {
    let report = try JSONReader.read(
      try convert(
        "study,mi,sdi,sei,ci_lower,ci_upper,ni\nA,,,,30,34.2,25\nB,10,2,,,,16\nC,10,,0.5,,,16\nD,10,,,,,16\n",
        "--group-sd"
      ).output)
    expectClose(report.at("rows[0].sd")?.double ?? .nan, 5.09, absolute: 0.005)
    expectClose(report.at("rows[0].ci_upper")?.double ?? .nan, 34.2, relative: 1e-13)
    #expect(report.at("rows[1].sei")?.double == 0.5 && report.at("rows[2].sd")?.double == 2)
    #expect(report.at("excluded[0].study")?.string == "D")
  }

  /// Two arms of a trial as one, and the counts of others (Cochrane Handbook, 6.5.2.10).
  @Test func combinedArms() throws {
    let means = try JSONReader.read(
      try convert("study,arm,mi,sdi,ni\nA,t,10,2,20\nA,c,9,2,22\nA,t,12,3,25\n", "--combine", "study,arm").output)
    #expect(means.at("rows[0].rows")?.string == "1;3" && means.at("rows[0].group")?.string == "A, t")
    // (20·10 + 25·12)/45, and √((19·4 + 24·9 + 20·(10/9)² + 25·(8/9)²)/44).
    expectClose(means.at("rows[0].mi")?.double ?? .nan, 100 / 9.0, relative: 1e-14)
    expectClose(
      means.at("rows[0].sdi")?.double ?? .nan, ((76 + 216 + 2000 / 81.0 + 1600 / 81.0) / 44).squareRoot(),
      relative: 1e-14)
    let counts = try JSONReader.read(
      try convert("study,arm,xi,ni\nA,t,3,20\nA,t,4,25\nB,t,1,10\n", "--combine", "study,arm").output)
    #expect(counts.at("rows[0].xi")?.double == 7 && counts.at("rows[0].ni")?.double == 45)
    #expect(counts.at("k")?.int == 2)
    #expect(try convert("study,arm,xi,ni\nA,t,3,20\n", "--combine", "nothing").status == 65)
    #expect(try convert("study,arm,mi,sdi,ni\nA,t,3,-2,20\n", "--combine", "arm").status == 65)
  }

  /// The log of a ratio: v₁/a² + v₂/b² − 2 c/(ab).
  @Test func deltaMethod() throws {
    let table = "study,a,b,va,se_b,cab\nA,3,5,0.1,0.4,0.05\nB,2,4,0.1,0.2,\nC,-1,2,0.1,0.2,\n"
    let report = try JSONReader.read(
      try convert(table, "--delta", "log(a/b)", "--variance", "a=va", "--covariance", "a:b=cab").output)
    expectClose(report.at("rows[0].vi")?.double ?? .nan, 0.1 / 9 + 0.16 / 25 - 0.1 / 15, relative: 1e-9)
    expectClose(report.at("rows[1].vi")?.double ?? .nan, 0.1 / 4 + 0.04 / 16, relative: 1e-9)
    #expect(report.at("rows[1].assumptions.#")?.int == 1 && report.at("rows[0].assumptions.#")?.int == 0)
    #expect(report.at("excluded[0].study")?.string == "C")
    #expect(try convert(table, "--delta", "log(a/b").status == 64)
    #expect(try convert(table, "--delta", "a > b").status == 64)
    #expect(try convert(table, "--delta", "a/b").status == 65)
    #expect(try convert(table, "--delta", "a", "--variance", "b=va").status == 64)
    #expect(try convert("study,yi,vi\nA,1,-1\n", "--delta", "exp(yi)").status == 65)
  }
}
