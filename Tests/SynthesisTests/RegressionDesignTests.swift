import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite("Design matrices")
struct RegressionDesignTests {
  private struct File: Decodable {
    var columns: [String: FixtureColumn]
    var new: [String: FixtureColumn]
    var cases: [Case]
  }

  private struct Case: Decodable {
    var formula: String
    var names: [String]
    var matrix: [Double]
    var new: [Double]
    var assign: [Int]
  }

  @Test("R's model.matrix, for the rows of the fit and for new rows")
  func matchesModelMatrix() throws {
    let file = try RegressionFixture.decode(File.self, "design.json")
    #expect(file.cases.count > 40)
    for reference in file.cases {
      let text = reference.formula
      let design = try Design(try Formula(text), columns: DesignColumns(file.columns))
      // R keeps columns that follow from others; they are left out here.
      let omitted = design.recipe.omissions.map(\.column)
      let kept = reference.names.indices.filter { !omitted.contains($0) }
      try #require(design.names.count == kept.count, "\(text): \(design.names) \(reference.names)")
      #expect(design.assignment == kept.map { reference.assign[$0] }, "\(text)")
      let rows = file.columns.values.first?.moderator.count ?? 0
      compare(design.matrix.storage, kept.flatMap { reference.matrix[($0 * rows)..<(($0 + 1) * rows)] }, text)
      // R codes new rows afresh when scale() stands inside I(), so there is no reference for them.
      if reference.new.isEmpty || !omitted.isEmpty { continue }
      compare(try design.recipe.matrix(for: DesignColumns(file.new)).storage, reference.new, text + ", new rows")
    }
  }

  private func compare(_ got: [Double], _ want: [Double], _ what: String) {
    #expect(got.count == want.count)
    for (a, b) in zip(got, want) { expectClose(a, b, relative: 1e-12, absolute: 1e-13, what) }
  }

  private func columns() -> DesignColumns {
    var columns = DesignColumns(count: 4)
    columns["Year"] = .numbers([1990, .nan, 2000, 2010])
    columns["alloc"] = .text(["random", "alternate", "systematic", "random"])
    columns["my column"] = .numbers([1, 2, 3, 4])
    columns["group"] = .text(["x", "x", "x", "x"])
    columns["b"] = .text(["u", nil, "v", "v"])
    return columns
  }

  @Test("Names say the level in brackets")
  func names() throws {
    let formula = try Formula("~ year + alloc + relevel(b, \"v\") + factor(`my column`) + I(year^2)")
    let design = try Design(formula, columns: columns())
    #expect(
      design.names == [
        "intercept", "year", "alloc[systematic]", "b[u]", "my column[3]", "my column[4]", "I(year^2)",
      ])
    #expect(design.rows == [0, 2, 3])
    #expect(design.missing == [Design.MissingRow(row: 1, columns: ["year", "b"])])
    #expect(design.assignment == [0, 1, 2, 3, 4, 4, 5])
  }

  @Test("Trouble is named")
  func errors() {
    func failure(_ text: String) -> DesignError? {
      do {
        _ = try Design(try Formula(text), columns: columns())
        return nil
      } catch {
        return error as? DesignError
      }
    }
    #expect(
      failure("~ nosuch") == .unknownColumn(name: "nosuch", known: ["Year", "alloc", "my column", "group", "b"]))
    #expect(failure("~ I(alloc^2)") == .notNumeric(variable: "I(alloc^2)", column: "alloc", row: 0, value: "random"))
    #expect(
      failure("~ relevel(alloc, \"other\")")
        == .unknownLevel(
          variable: "relevel(alloc, \"other\")", level: "other", known: ["alternate", "random", "systematic"]))
    #expect(failure("~ group") == .singleLevel(variable: "group", level: "x"))
    #expect(failure("~ log(2 - `my column`)") == .notFinite(variable: "log(2 - my column)", row: 1))
    #expect(failure("~ poly(year, 3)") == .tooFewValues(variable: "poly(year, 3)", needed: 4, got: 3))
    #expect(failure("~ ns(year, knots = 1980)") == .knots(variable: "ns(year, knots = c(1980))"))
    #expect(failure("~ 0") == .empty)
    #expect(failure("~ I(year == \"a\")") == .notText(variable: "I(year == \"a\")", column: "year"))
    #expect(failure("~ year") == nil)
  }

  @Test("Levels: numbers by value, words without regard to case")
  func levelOrder() throws {
    var columns = DesignColumns(count: 5)
    columns["n"] = .numbers([100, 9, 2.5, -1, 9])
    columns["w"] = .text(["beta", "Alpha", "alpha", "_x", "10"])
    #expect(
      try Design(try Formula("~ factor(n) - 1"), columns: columns).names == ["n[-1]", "n[2.5]", "n[9]", "n[100]"])
    #expect(
      try Design(try Formula("~ w - 1"), columns: columns).names
        == ["w[_x]", "w[10]", "w[alpha]", "w[Alpha]", "w[beta]"])
  }

  @Test("Columns that are combinations of earlier ones are named")
  func rank() throws {
    var columns = DesignColumns(count: 6)
    columns["x"] = .numbers([1948, 1949, 1960, 1977, 1973, 1953])
    columns["y"] = .numbers([0.1, 0.7, 0.3, 0.4, 0.2, 0.6])
    columns["z"] = .numbers([0.2, 0.8, 0.4, 0.5, 0.3, 0.7])
    columns["a"] = .text(["p", "p", "q", "q", "r", "r"])
    columns["b"] = .text(["u", "u", "v", "v", "v", "v"])
    func redundant(_ text: String) throws -> [String] {
      try Design(try Formula(text), columns: columns).redundantColumns
    }
    #expect(try redundant("~ x + I(x * 2) + y") == ["I(x * 2)"])
    #expect(try redundant("~ y + z") == ["z"])
    #expect(try redundant("~ y + z - 1") == [])
    #expect(try redundant("~ x + I(x^2) + I(x^3)") == [])
    #expect(try redundant("~ a + b") == ["b[v]"])
    #expect(try redundant("~ a * b") == ["b[v]"])
    #expect(throws: FitError.rankDeficient(rank: 2, columns: ["z"])) {
      try Design(try Formula("~ y + z"), columns: columns).requireFullRank()
    }
  }

  @Test("Combinations of levels that no row has are left out and cannot be predicted for")
  func emptyCombinations() throws {
    var columns = DesignColumns(count: 8)
    columns["a"] = .text(["p", "p", "q", "q", "r", "r", "p", "q"])
    columns["b"] = .text(["u", "v", "u", "v", "u", "u", "v", "v"])
    columns["x"] = .numbers([1, 2, 3, 5, 7, 7, 4, 9])
    let crossed = try Design(try Formula("~ a * b"), columns: columns)
    #expect(crossed.names == ["intercept", "a[q]", "a[r]", "b[v]", "a[q]:b[v]"])
    #expect(crossed.recipe.omissions.map(\.name) == ["a[r]:b[v]"])
    #expect(crossed.redundantColumns.isEmpty && crossed.notes.count == 1)
    var seen = DesignColumns(count: 1)
    seen["a"] = .text(["r"])
    seen["b"] = .text(["u"])
    #expect(try crossed.recipe.matrix(for: seen).storage == [1, 0, 1, 0, 0])
    seen["b"] = .text(["v"])
    #expect(throws: DesignError.unseenCombination(column: "a[r]:b[v]", row: 0)) {
      try crossed.recipe.matrix(for: seen)
    }
    // Level r has one value of x only, so its slope cannot be told from its level.
    let slopes = try Design(try Formula("~ a * x"), columns: columns)
    #expect(slopes.recipe.omissions.map(\.name) == ["a[r]:x"])
    // Without main effects the last combination follows from the intercept.
    #expect(
      try Design(try Formula("~ a:b"), columns: columns).recipe.omissions.map(\.name) == ["a[q]:b[v]", "a[r]:b[v]"])
  }

  @Test("Many rows")
  func manyRows() throws {
    let k = 200_000
    var columns = DesignColumns(count: k)
    columns["x"] = .numbers((0..<k).map { Double($0 % 1_000) })
    columns["g"] = .text((0..<k).map { $0 % 3 == 0 ? "a" : "b" })
    let design = try Design(try Formula("~ x * g"), columns: columns)
    #expect(design.matrix.rows == k && design.matrix.columns == 4)
    #expect(design.matrix[7, 3] == 7 && design.matrix[9, 3] == 0)
  }
}
