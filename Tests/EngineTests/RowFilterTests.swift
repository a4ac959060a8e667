import Engine
import Testing

@Suite struct RowFilterTests {
  private func matches(_ condition: String, _ row: [String: RowFilter.Cell]) throws -> Bool {
    try RowFilter(condition).matches { row[$0] ?? .missing }
  }

  private let row: [String: RowFilter.Cell] = [
    "year": .number(1950, text: "1950"), "alloc": .text("random"), "dose": .missing,
    "my column": .number(2, text: "2.0"),
  ]

  @Test(arguments: [
    ("year == 1950", true), ("year != 1950", false), ("year >= 1950 and alloc == \"random\"", true),
    ("year > 1950 or alloc == random", true), ("not alloc == \"random\"", false),
    ("not (year < 1950 or year > 1950)", true), ("alloc < \"s\"", true), ("dose > 0", false), ("dose != 0", false),
    ("`my column` <= 2", true), ("alloc == 3", false), ("alloc != 3", true), ("year == \"1950\"", true),
    ("year>1900 && !(alloc=='alternate')", true), ("year > -1.5e3", true),
  ])
  func evaluates(condition: String, expected: Bool) throws {
    #expect(try matches(condition, row) == expected)
  }

  @Test func andBindsTighterThanOr() throws {
    #expect(try matches("year == 1 and year == 2 or alloc == \"random\"", row))
    #expect(try !matches("year == 1 and (year == 2 or alloc == \"random\")", row))
  }

  @Test(arguments: ["", "year >", "> 3", "year = 3", "(year > 3", "year > 3 alloc", "year > 3 and", "alloc == \"x"])
  func refuses(condition: String) {
    #expect(throws: EvidenceError.self) { try RowFilter(condition) }
  }

  @Test func deepNestingIsRefusedAndDoesNotTrap() {
    let deep = String(repeating: "(", count: 5000) + "year > 1" + String(repeating: ")", count: 5000)
    #expect(throws: EvidenceError.self) { try RowFilter(deep) }
  }

  @Test func namesItsColumns() throws {
    #expect(try RowFilter("a == 1 and not (b > 2 or c == \"x\")").columns == ["a", "b", "c"])
  }
}
