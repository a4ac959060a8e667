import Foundation
import TableIO
import Testing

/// What `evidence reproduce` prints, writes and refuses.
@Suite struct ReproduceCommandTests {
  private func run(_ arguments: String...) throws -> Program.Result {
    try Program.run(["reproduce"] + arguments, in: ReferenceCase.folder)
  }

  @Test func theCaseBookIsReportedInEveryFormat() throws {
    let json = try JSONReader.read(try run("mbt", "--format", "json").output)
    #expect(json["schema"]?.string == "evidence.reproduce/1")
    let claims = try #require(json["claims"]?.array)
    #expect(claims.count == 73)
    #expect(json.at("summary.claims")?.int == 73)
    for key in [
      "claim", "trial", "quantity_kind", "stated", "recomputed", "range_lower", "range_upper", "formula", "verdict",
      "note",
    ] {
      #expect(claims.allSatisfy { $0[key] != nil }, "\(key)")
    }
    #expect(try run("mbt").output.contains("k17  does not reproduce"))
    #expect(try run("mbt", "--format", "markdown").output.contains("| k17 |"))
    let table = try TableReader.read(Array(try run("mbt", "--format", "csv").output.utf8), format: .csv)
    #expect(table.rowCount == 73)
  }

  @Test func thePageStandsByItself() throws {
    let page = try run("mbt", "--format", "html").output
    for part in [
      "<!DOCTYPE html>", "lang=\"en\"", "prefers-color-scheme:dark", "scope=\"col\"", "<caption>", "id=\"k17\"",
    ] {
      #expect(page.contains(part), "\(part)")
    }
    #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("href="))
    let names = ["main", "table", "tr", "td", "th", "span", "div", "thead", "tbody"]
    for name in names {
      let opened = page.components(separatedBy: "<\(name)>").count + page.components(separatedBy: "<\(name) ").count
      #expect(opened - 1 == page.components(separatedBy: "</\(name)>").count, "\(name)")
    }
  }

  @Test func strictEndsWithOneWhenAClaimFails() throws {
    #expect(try run("mbt").status == 0)
    #expect(try run("mbt", "--strict").status == 1)
    let folder = FileManager.default.temporaryDirectory.appending(path: "claims-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    try write("binary.csv", "row,events_new,n_new,events_control,n_control\nb1,1,19,12,19\n")
    try write("claims.csv", "claim,quantity_kind,stated_value,data_row\na,NNT,1.73,b1\n")
    #expect(try run(folder.path(), "--strict").status == 0)
    let audit = folder.appending(path: "audit.html").path()
    #expect(try run(folder.appending(path: "claims.csv").path(), "-o", audit).output.isEmpty)
    #expect(try String(contentsOfFile: audit, encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
    try write("claims.csv", "claim,quantity_kind,stated_value,data_row\na,NNT,1.73,b1\nb,NNT,1.73,b9\n")
    let bad = try run(folder.path(), "--format", "json")
    #expect(bad.status == 65)
    let error = try JSONReader.read(bad.error)
    #expect(error.at("error.line")?.int == 3 && error.at("error.column")?.string == "data_row")
    #expect(try run("nowhere").status == 66)
  }
}
