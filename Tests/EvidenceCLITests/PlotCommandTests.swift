import Engine
import Foundation
import TableIO
import TestSupport
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// `evidence plot`: every kind from the built-in data, its data as JSON and CSV, and how it refuses.
@Suite struct PlotCommandTests {
  static let calls: [[String]] = [
    ["funnel", "bcg"], ["funnel", "bcg", "--contours", "--reference", "null", "--add-tau2"],
    ["funnel", "raudenbush1985", "--vertical", "precision"], ["funnel", "pritz1997", "--vertical", "n"],
    ["funnel", "nielweise2008"], ["doi", "bcg", "--names"], ["doi", "nielweise2008"],
    ["funnel", "raudenbush1985", "--trim-and-fill", "L0", "--vertical", "n"],
    ["radial", "raudenbush1985", "--names"], ["radial", "hine1989", "--method", "EE"],
    ["labbe", "bcg", "--arms", "vaccine,control", "--names"], ["labbe", "bcg", "--measure", "OR", "--method", "MH"],
    ["labbe", "hine1989"], ["labbe", "yusuf1985"], ["qq", "raudenbush1985"], ["qq", "bcg", "--mods", "~ ablat"],
    ["drapery", "bcg", "--both", "--inference", "hartung-knapp"], ["drapery", "molloy2014"],
    ["bubble", "raudenbush1985", "--mods", "~ weeks", "--names"], ["bubble", "bcg", "--mods", "~ poly(ablat, 2)"],
    ["baujat", "bcg"], ["baujat", "yusuf1985"], ["influence", "raudenbush1985"],
    ["gosh", "normand1999", "--highlight", "Edinburgh"],
    ["gosh", "raudenbush1985", "--subsets", "500", "--seed", "3"],
    ["profile", "bcg"], ["profile", "raudenbush1985", "--method", "ML"], ["nnt", "bcg"],
    ["multiverse", "bcg"], ["multiverse", "raudenbush1985"], ["cumulative", "bcg", "--order=-year"],
    ["leave-one-out", "normand1999"],
  ]

  private func run(_ arguments: [String], input: String? = nil) throws -> Program.Result {
    try Program.run(["plot"] + arguments + ["--quiet"], in: ReferenceCase.folder, input: input)
  }

  private func json(_ arguments: [String]) throws -> JSONValue {
    let result = try run(arguments + ["--format", "json"])
    #expect(result.status == 0, "\(arguments): \(result.error)")
    return try JSONReader.read(result.output)
  }

  @Test func everyKindIsCalled() {
    #expect(Set(PlotCommandTests.calls.compactMap(\.first)) == Set(FigureRecipe.all.map(\.kind)))
  }

  @Test(arguments: PlotCommandTests.calls)
  func theDataRedrawTheSameBytes(call: [String]) throws {
    let picture = try run(call)
    #expect(picture.status == 0 && picture.error.isEmpty, "\(call): \(picture.error)")
    #expect(XMLParser(data: Data(picture.output.utf8)).parse(), "\(call): the SVG is not well-formed")
    #expect(picture.output.hasPrefix("<svg") || picture.output.contains("<svg "))
    let data = try run(call + ["--format", "json"])
    let again = try run(["--data", "-"], input: data.output)
    #expect(again.output == picture.output && again.status == 0, "\(call): \(again.error)")
    #expect(try run(["--data", "-", "--format", "json"], input: data.output).output == data.output)
    let document = try JSONReader.read(data.output)
    #expect((document.at("kind") ?? document.at("analysis.sequence"))?.string == call[0])
    let command = document.at("provenance.command") ?? document.at("analysis.command")
    #expect(command?.string?.contains("plot \(call[0])") == true)
    let table = try CSVReader.read([UInt8](try run(call + ["--format", "csv"]).output.utf8))
    #expect(table.rowCount == document.at("rows")?.array?.count && table.rowCount > 5)
  }

  @Test func themeAndWidthChangeThePictureOnly() throws {
    let light = try run(["funnel", "bcg"])
    let dark = try run(["funnel", "bcg", "--theme", "dark"])
    let narrow = try run(["funnel", "bcg", "--width", "60", "--title", "A < B"])
    #expect(light.output != dark.output)
    #expect(narrow.output.contains("A &lt; B"))
    #expect(XMLParser(data: Data(narrow.output.utf8)).parse())
  }

  @Test(arguments: [
    ("pie bcg", 64, "funnel, doi, radial, labbe"), ("", 64, "funnel"), ("funnel", 64, "--data"),
    ("labbe raudenbush1985", 64, "two groups"), ("labbe normand1999", 64, "two groups"),
    ("labbe bcg --measure PHI", 64, "PHI"), ("bubble bcg", 64, "--mods"), ("bubble bcg --mods ~alloc", 64, "alloc"),
    ("bubble bcg --mods ~ablat+year", 64, "2 columns"), ("funnel bcg --mods ~ablat", 64, "--mods"),
    ("funnel bcg --subgroup alloc", 64, "--subgroup"), ("gosh bcg --permute 100", 64, "--permute"),
    ("baujat bcg --names", 64, "doi, radial, labbe, bubble"),
    ("doi bcg --contours", 64, "funnel"), ("doi data/k2.csv", 69, "3 studies"), ("doi data/equal.csv", 69, "equal"),
    ("doi bcg --mods ~ablat", 64, "--mods"), ("radial bcg --contours", 64, "funnel"),
    ("funnel bcg --vertical up", 64, "precision"), ("funnel bcg --reference here", 64, "pooled, null"),
    ("funnel nielweise2008 --vertical n", 64, "sizes"), ("funnel bcg --trim-and-fill X", 64, "R0"),
    ("funnel pritz1997 --contours", 64, "one group"),
    ("funnel pritz1997 --reference null", 64, "one group"), ("gosh bcg --highlight Nobody", 64, "Nobody"),
    ("gosh bcg --subsets 0", 64, "--subsets"), ("labbe bcg --arms vaccine", 64, "--arms"),
    ("qq bcg --measure OR --method MH", 64, "REML"), ("profile bcg --method EE", 64, "REML"),
    ("multiverse bcg --method DL", 64, "--method"), ("multiverse bcg --mods ~ablat", 64, "--mods"),
    ("multiverse bcg --names", 64, "--names"), ("nnt raudenbush1985", 64, ""), ("funnel bcg --theme pink", 64, "dark"),
    ("funnel bcg --width 0", 64, "--width"),
    ("funnel bcg --width 9miles", 64, "18cm"), ("funnel bcg --dpi 300", 64, "--dpi"),
    ("funnel bcg --font-size 90", 64, "8 to 10"),
    ("funnel bcg --order year", 64, "cumulative"), ("cumulative bcg --order nothing", 65, "nothing"),
    ("funnel bcg -o figure.bmp", 64, ".pdf"), ("funnel nothing.csv", 66, "nothing.csv"),
    ("--data nothing.json", 66, "nothing.json"), ("--data data/bcg.csv", 65, "data/bcg.csv"),
  ])
  func refuses(_ call: (line: String, code: Int32, words: String)) throws {
    let result = try run(call.line.split(separator: " ").map(String.init))
    #expect(result.status == call.code, "\(call.line): \(result.status) \(result.error)")
    #expect(call.words.isEmpty || result.error.contains(call.words), "\(call.line): \(result.error)")
    #expect(result.output.isEmpty)
  }

  @Test func dataOfAnotherKindAreRefused() throws {
    let data = try run(["baujat", "bcg", "--format", "json"]).output
    let result = try run(["funnel", "--data", "-"], input: data)
    #expect(result.status == 64 && result.error.contains("baujat"))
    #expect(try run(["baujat", "--data", "-"], input: data).status == 0)
    #expect(try run(["baujat", "bcg", "--data", "-"], input: data).status == 64)
    for option in ["--contours", "--method=DL", "--measure=OR", "--where=year>1950"] {
      let changed = try run(["--data", "-", option], input: data)
      #expect(changed.status == 64 && changed.error.contains("--data"), "\(option): \(changed.error)")
    }
    #expect(try run(["--data", "-", "--title", "Anew"], input: data).output.contains("Anew"))
  }

  /// metafor 3.8-1, `dat.bcg`: `predict(rma(yi, vi, mods = ~ ablat), newmods = 55)` and `qqnorm(rma(yi, vi))`; its REML
  /// stops at a change of 1e-5.
  @Test func numbersAgreeWithMetafor() throws {
    let bubble = try json(["bubble", "bcg", "--mods", "~ ablat", "--prediction", "normal"])
    let rows = try #require(bubble.at("rows")?.array)
    let last = try #require(rows.last)
    expectClose(last["x"]?.double ?? .nan, 55, relative: 1e-12)
    expectClose(last["y"]?.double ?? .nan, -1.349127056667, relative: 2e-5)
    expectClose(last["ci_lower"]?.double ?? .nan, -1.743283538719, relative: 2e-5)
    expectClose(last["ci_upper"]?.double ?? .nan, -0.954970574614, relative: 2e-5)
    expectClose(last["pi_lower"]?.double ?? .nan, -2.018957444020, relative: 5e-5)
    expectClose(last["pi_upper"]?.double ?? .nan, -0.679296669313, relative: 5e-5)
    let qq = try #require(try json(["qq", "bcg"]).at("rows")?.array)
    #expect(qq.first?["study"]?.string == "Hart & Sutherland 1977")
    expectClose(qq[0]["x"]?.double ?? .nan, -1.768825038519, relative: 1e-11)
    expectClose(qq[0]["y"]?.double ?? .nan, -1.325291798529, relative: 2e-6)
    expectClose(qq[12]["y"]?.double ?? .nan, 1.361108696135, relative: 2e-6)
  }

  /// Turning the measure round leaves the picture of the risks and its line as they are.
  @Test func flippedEffectsDrawTheSameLine() throws {
    let plain = try json(["labbe", "bcg"])
    let flipped = try json(["labbe", "bcg", "--flip"])
    for path in ["settings.estimate", "settings.ci_lower", "settings.ci_upper", "rows[3].risk_experimental"] {
      expectClose(flipped.at(path)?.double ?? .nan, plain.at(path)?.double ?? .infinity, relative: 1e-12)
    }
  }
}
