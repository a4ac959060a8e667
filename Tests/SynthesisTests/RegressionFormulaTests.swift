import Synthesis
import Testing

@Suite("Model formulas")
struct RegressionFormulaTests {
  @Test(
    "Terms in R's order",
    arguments: [
      ("~ a*b*c", ["a", "b", "c", "a:b", "a:c", "b:c", "a:b:c"]),
      ("a + b:c + d", ["a", "d", "b:c"]),
      ("~ (a + b + c)^2 - a:b", ["a", "b", "c", "a:c", "b:c"]),
      ("~ b:a + a", ["a", "b:a"]),
      ("~ a / (b + c)", ["a", "a:b", "a:c"]),
      ("~ (a + b) / c", ["a", "b", "a:b:c"]),
      ("~ a %in% b", ["a:b"]),
      ("~ a + a + a:a", ["a"]),
      ("~ -1 + `the year`", ["the year"]),
      ("~ I( x^2/3 * (y-1) ) + I(-x) + I((-x)^2) + I(2^-x)", ["I(x^2/3 * (y - 1))", "I(-x)", "I((-x)^2)", "I(2^-x)"]),
      ("~ relevel(factor(a), ref = 'z')", ["relevel(a, \"z\")"]),
      ("~ poly(x, degree = 2, raw = TRUE)", ["poly(x, 2, raw = TRUE)"]),
      ("~ 1", []),
    ])
  func terms(text: String, labels: [String]) throws {
    #expect(try Formula(text).termLabels == labels)
  }

  @Test(
    "The intercept",
    arguments: [
      ("~ a", true), ("~ a - 1", false), ("~ a + 0", false), ("~ 0 + a", false), ("~ -1 + a", false),
      ("~ a - 1 + 1", true), ("~ a - 0", true), ("~ 1", true),
    ])
  func intercept(text: String, expected: Bool) throws {
    #expect(try Formula(text).hasIntercept == expected)
  }

  @Test(
    "Errors point at the place",
    arguments: [
      ("~ ablat +", 10, "the end"), ("~", 2, "the end"), ("", 1, "the end"), ("~ a b", 5, "`b`"),
      ("~ a + * b", 7, "`*`"), ("y ~ a", 3, "`~`"), ("~ (a + b", 9, "the end"), ("~ nosuch(a)", 3, "`nosuch`"),
      ("~ a + 2", 7, "`2`"), ("~ `a", 3, "an opening ` alone"), ("~ a & b", 5, "`&`"), ("~ poly(x, 0)", 11, "`0`"),
      ("~ relevel(a)", 3, "`relevel`"), ("~ I(x", 6, "the end"), ("~ a^b", 5, "`b`"), ("~ log(x, 2, 3)", 13, "`3`"),
      ("~ factor(x + 1)", 10, "`x`"), ("~ I(poly(x, 2))", 5, "`poly`"), ("~ ns(x, df = 2.5)", 9, "`df`"),
    ])
  func errors(text: String, position: Int, found: String) {
    #expect {
      _ = try Formula(text)
    } throws: { error in
      guard let error = error as? FormulaError else { return false }
      if error.position != position || error.found != found { Issue.record("\(error)") }
      return error.position == position && error.found == found && !error.expected.isEmpty
    }
  }

  @Test("Deep nesting and wide crossing are refused, not endured")
  func limits() {
    let deep = String(repeating: "(", count: 50_000) + "a" + String(repeating: ")", count: 50_000)
    #expect(throws: FormulaError.self) { try Formula("~ " + deep) }
    #expect(throws: FormulaError.self) { try Formula("~ I(" + String(repeating: "-", count: 50_000) + "a)") }
    let wide = (0..<40).map { "v\($0)" }.joined(separator: "*")
    #expect(throws: FormulaError.self) { try Formula("~ " + wide) }
    #expect(throws: FormulaError.self) { try Formula("~ (" + (0..<60).map { "v\($0)" }.joined(separator: "+") + ")^9") }
  }

  @Test("Any text is read or refused, never a crash")
  func noise() {
    let pieces = [
      "~", "a", "+", "-", ":", "*", "^", "2", "(", ")", "I(", "log(", ",", "\"x\"", "poly(", "1", "0", " ", "=", "`",
      ">",
    ]
    var state: UInt64 = 42
    for _ in 0..<3_000 {
      var text = "~"
      for _ in 0..<10 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += pieces[Int((state >> 33) % UInt64(pieces.count))]
      }
      if let formula = try? Formula(text) { #expect(formula.termLabels.allSatisfy { !$0.isEmpty }) }
    }
  }
}
