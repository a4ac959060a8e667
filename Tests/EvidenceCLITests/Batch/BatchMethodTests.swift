import Foundation
import Testing

/// `--method-column`: each group by the method that it names.
@Suite struct BatchMethodTests {
  private static func run(_ table: String, _ options: [String], by: String = "id", measure: String = "GEN") throws
    -> Program.Result
  {
    try Program.run(
      ["batch", "-", "--by", by, "--measure", measure, "--quiet"] + options, in: ReferenceCase.folder, input: table)
  }

  /// Rows of groups of 2 to 8 studies; `method` says what stands in a group's last cell.
  private static func rows(_ method: (Int) -> String) -> [String] {
    (0..<120).flatMap { group in
      (0...(group % 7 + 1)).map { study in
        let y = Double((group * 31 + study * 17) % 41 - 20) / 13
        return "g\(group),\(y),\(Double((group * 5 + study * 11) % 23 + 1) / 40),\(method(group))"
      }
    }
  }

  private static let methods = ["DL", "REML", "EE", "PM", "KR", "", "SJ"]
  private static func method(_ group: Int) -> String { methods[group % methods.count] }
  private static func table(_ rows: [String]) -> String { "id,yi,vi,how\n" + rows.joined(separator: "\n") + "\n" }

  /// The lines of a result without the header, and without the second cell: that of the method.
  private static func lines(_ output: String, dropsMethod: Bool) -> [String] {
    output.split(separator: "\n").dropFirst().map { line in
      var cells = line.split(separator: ",", omittingEmptySubsequences: false)
      if dropsMethod { cells.remove(at: 1) }
      return cells.joined(separator: ",")
    }
  }

  @Test(arguments: [[], ["--unsorted"], ["--jobs", "1"], ["--inference", "hartung-knapp", "--prediction", "riley"]])
  func eachGroupHasTheNumbersOfItsMethod(_ options: [String]) throws {
    let table = Self.table(Self.rows(Self.method))
    let mixed = try Self.run(table, options + ["--method-column", "how", "--method", "HE"])
    #expect(mixed.status == 0, "\(mixed.error)")
    #expect(mixed.output.hasPrefix("id,how,k,estimate,"))
    let got = Self.lines(mixed.output, dropsMethod: true)
    #expect(got.count == 120)
    for method in Set(Self.methods) where method != "KR" {
      let alone = try Self.run(table, options + ["--method", method.isEmpty ? "HE" : method])
      let want = Self.lines(alone.output, dropsMethod: false)
      for group in 0..<120 where Self.method(group) == method { #expect(got[group] == want[group]) }
    }
    let line = "g4,KR,0,,,,,,,,,,"
    let unknown = mixed.output.split(separator: "\n")[5]
    #expect(unknown.hasPrefix(line) && unknown.contains("method \"\"KR\"\" is not known"), "\(unknown)")
    #expect(unknown.contains("bad_value: line "), "\(unknown)")
  }

  @Test func methodsOfCountsAndOfEffectsGoTogether() throws {
    let rows = (0..<40).flatMap { group in
      (1...4).map { "\(group),\(group % 5 + $0),20,\($0 * 3),\(25 + $0),\(["MH", "PETO", "REML"][group % 3])" }
    }
    let table = "id,ai,n1i,ci,n2i,how\n" + rows.joined(separator: "\n") + "\n"
    let mixed = Self.lines(try Self.run(table, ["--method-column", "how"], measure: "OR").output, dropsMethod: true)
    for (place, method) in ["MH", "PETO", "REML"].enumerated() {
      let alone = try Self.run(table, ["--method", method], measure: "OR")
      let want = Self.lines(alone.output, dropsMethod: false)
      #expect(want.count == 40)
      for group in 0..<40 where group % 3 == place { #expect(mixed[group] == want[group]) }
    }
  }

  /// One set by several methods, as a simulation study has them: the column may be one of `--by` too.
  @Test func aMethodIsAPartOfTheName() throws {
    let both = Self.rows { _ in "DL" } + Self.rows { _ in "REML" }
    let named = try Self.run(Self.table(both), ["--method-column", "how"])
    #expect(named.output.split(separator: "\n").count == 241)
    let again = try Self.run(Self.table(both), ["--method-column", "how"], by: "id,how")
    #expect(again.output == named.output)
  }

  @Test func inOtherShapesToo() throws {
    let lines = Self.rows(Self.method).map { row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return #"{"id":"\#(cells[0])","yi":\#(cells[1]),"vi":\#(cells[2]),"how":"\#(cells[3])"}"#
    }
    let csv = try Self.run(Self.table(Self.rows(Self.method)), ["--method-column", "how"])
    let ndjson = try Self.run(lines.joined(separator: "\n") + "\n", ["--method-column", "how"])
    // Lines of the two are counted from different first ones.
    func known(_ text: String) -> [Substring] { text.split(separator: "\n").filter { !$0.contains("KR") } }
    #expect(known(ndjson.output) == known(csv.output))
    let wide = "id,how,yi_1,vi_1,yi_2,vi_2\na,DL,0.1,0.02,0.9,0.04\nb,REML,0.1,0.02,0.9,0.04\n"
    let result = try Self.run(wide, ["--wide", "--method-column", "how"])
    #expect(result.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] } == ["DL", "REML"])
    #expect(result.output.split(separator: "\n").allSatisfy { $0.hasSuffix("ok") || $0.hasSuffix("status") })
  }

  @Test func aColumnThatIsNotThereIsNamed() throws {
    let result = try Self.run(Self.table(Self.rows(Self.method)), ["--method-column", "method"])
    #expect(result.status == 65 && result.error.contains("--method-column"), "\(result.error)")
    let array = try Program.run(
      ["batch", "y.npy", "--vi", "v.npy", "--method-column", "how"], in: ReferenceCase.folder)
    #expect(array.status == 64, "\(array.error)")
  }
}
