/// Reads the text of a `RowFilter`: a recursive-descent parser with one function a rule.
struct RowFilterParser {
  private enum Token: Equatable {
    case word(String), number(Double), string(String), comparison(RowFilter.Comparison), open, close
  }

  private let text: String
  private var tokens: [(token: Token, offset: Int)] = []
  private var position = 0
  private var depth = 0

  init(_ text: String) { self.text = text }

  mutating func parse() throws(EvidenceError) -> RowFilter.Node {
    try tokenize()
    let node = try disjunction()
    guard position == tokens.count else { throw error("expected `and`, `or` or the end") }
    return node
  }

  private mutating func disjunction() throws(EvidenceError) -> RowFilter.Node {
    var node = try conjunction()
    while accept(word: "or") || accept(word: "||") { node = .or(node, try conjunction()) }
    return node
  }

  private mutating func conjunction() throws(EvidenceError) -> RowFilter.Node {
    var node = try negation()
    while accept(word: "and") || accept(word: "&&") { node = .and(node, try negation()) }
    return node
  }

  private mutating func negation() throws(EvidenceError) -> RowFilter.Node {
    depth += 1
    defer { depth -= 1 }
    guard depth < 200 else { throw error("the condition is nested too deeply") }
    if accept(word: "not") || accept(word: "!") { return .not(try negation()) }
    if accept(.open) {
      let node = try disjunction()
      guard accept(.close) else { throw error("expected `)`") }
      return node
    }
    return try comparison()
  }

  private mutating func comparison() throws(EvidenceError) -> RowFilter.Node {
    guard position < tokens.count else { throw error("expected a column name") }
    let column: String
    switch tokens[position].token {
    case .word(let name), .string(let name): column = name
    default: throw error("expected a column name")
    }
    position += 1
    guard position < tokens.count, case .comparison(let comparison) = tokens[position].token else {
      throw error("expected one of == != < <= > >=")
    }
    position += 1
    guard position < tokens.count else { throw error("expected a number or a \"string\"") }
    let operand: RowFilter.Operand
    switch tokens[position].token {
    case .number(let value): operand = .number(value)
    case .string(let value): operand = .text(value)
    case .word(let value) where !["and", "or", "not"].contains(value): operand = .text(value)
    default: throw error("expected a number or a \"string\"")
    }
    position += 1
    return .comparison(column: column, comparison, operand)
  }

  private mutating func accept(_ token: Token) -> Bool {
    guard position < tokens.count, tokens[position].token == token else { return false }
    position += 1
    return true
  }

  private mutating func accept(word: String) -> Bool { accept(.word(word)) }

  private func error(_ expectation: String) -> EvidenceError {
    let place =
      position < tokens.count ? "at character \(tokens[position].offset + 1)" : "at its end"
    return EvidenceError(
      .usage, "--where cannot be read \(place): \(expectation), in: \(text)",
      hint: "write for example --where 'year >= 1990 and alloc == \"random\"'")
  }

  // MARK: - Words

  private mutating func tokenize() throws(EvidenceError) {
    let characters = Array(text)
    var i = 0
    while i < characters.count {
      let c = characters[i]
      if c.isWhitespace {
        i += 1
      } else if c == "(" || c == ")" {
        tokens.append((c == "(" ? .open : .close, i))
        i += 1
      } else if let (comparison, length) = comparisonToken(characters, i) {
        tokens.append((.comparison(comparison), i))
        i += length
      } else if c == "\"" || c == "'" || c == "`" {
        i = try quoted(characters, i)
      } else if c == "!" {
        tokens.append((.word("!"), i))
        i += 1
      } else if (c == "&" || c == "|"), i + 1 < characters.count, characters[i + 1] == c {
        tokens.append((.word(String([c, c])), i))
        i += 2
      } else {
        i = bare(characters, i)
      }
    }
  }

  private func comparisonToken(_ characters: [Character], _ i: Int) -> (RowFilter.Comparison, Int)? {
    for comparison in RowFilter.Comparison.allCases {
      let length = comparison.rawValue.count
      if i + length <= characters.count, String(characters[i..<i + length]) == comparison.rawValue {
        return (comparison, length)
      }
    }
    return nil
  }

  private mutating func quoted(_ characters: [Character], _ start: Int) throws(EvidenceError) -> Int {
    let mark = characters[start]
    guard let end = characters[(start + 1)...].firstIndex(of: mark) else {
      throw EvidenceError(.usage, "--where has an unclosed quotation mark at character \(start + 1): \(text)")
    }
    let content = String(characters[(start + 1)..<end])
    tokens.append((mark == "`" ? .word(content) : .string(content), start))
    return end + 1
  }

  private mutating func bare(_ characters: [Character], _ start: Int) -> Int {
    var end = start
    while end < characters.count, !characters[end].isWhitespace, !"()=!<>&|\"'".contains(characters[end]) { end += 1 }
    end = max(end, start + 1)
    let content = String(characters[start..<end])
    let isNumber = content.first.map { $0.isNumber || "+-.".contains($0) } ?? false
    if isNumber, let value = Double(content), value.isFinite {
      tokens.append((.number(value), start))
    } else {
      tokens.append((.word(content), start))
    }
    return end
  }
}
