/// A word or sign of a formula with the place where it starts.
struct FormulaToken: Equatable {
  enum Kind: Equatable {
    case name(String)
    case number(Double)
    case text(String)
    case sign(String)
    case end
  }

  var kind: Kind
  /// Characters before the token.
  var offset: Int

  /// How an error message names the token.
  var spoken: String {
    switch kind {
    case .name(let name): "`\(name)`"
    case .number(let value): "`\(NumberLabel.text(value))`"
    case .text(let text): "the text \"\(text)\""
    case .sign(let sign): "`\(sign)`"
    case .end: "the end"
    }
  }
}

/// Cuts a formula into words and signs.
///
/// Names follow R's rules (letters, digits, `.` and `_`, not starting with a digit) or stand between backquotes;
/// numbers are decimal; texts stand between single or double quotes.
struct FormulaLexer {
  private let formula: String
  private let characters: [Character]
  private var offset = 0

  private init(_ formula: String) {
    self.formula = formula
    characters = Array(formula)
  }

  /// The tokens of a formula, the last being `end`.
  static func tokens(of formula: String) throws(FormulaError) -> [FormulaToken] {
    var lexer = FormulaLexer(formula)
    var tokens: [FormulaToken] = []
    repeat {
      tokens.append(try lexer.next())
    } while tokens.last?.kind != .end
    return tokens
  }

  private mutating func next() throws(FormulaError) -> FormulaToken {
    while offset < characters.count, characters[offset].isWhitespace { offset += 1 }
    let start = offset
    guard offset < characters.count else { return FormulaToken(kind: .end, offset: start) }
    let character = characters[offset]
    let kind: FormulaToken.Kind
    if character == "`" {
      kind = .name(try quoted(by: "`"))
    } else if character == "\"" || character == "'" {
      kind = .text(try quoted(by: character))
    } else if character.isDigit || (character == "." && peek(1)?.isDigit == true) {
      kind = .number(try number())
    } else if character.isLetter || character == "." {
      kind = .name(name())
    } else {
      kind = .sign(try sign())
    }
    return FormulaToken(kind: kind, offset: start)
  }

  private func peek(_ distance: Int) -> Character? {
    offset + distance < characters.count ? characters[offset + distance] : nil
  }

  private mutating func quoted(by quote: Character) throws(FormulaError) -> String {
    let start = offset
    offset += 1
    var text = ""
    while let character = peek(0), character != quote {
      text.append(character)
      offset += 1
    }
    guard offset < characters.count else {
      throw FormulaError(
        formula: formula, position: start + 1, found: "an opening \(quote) alone", expected: "a closing \(quote)")
    }
    offset += 1
    return text
  }

  private mutating func name() -> String {
    let start = offset
    while let character = peek(0), character.isLetter || character.isDigit || character == "." || character == "_" {
      offset += 1
    }
    return String(characters[start..<offset])
  }

  private mutating func number() throws(FormulaError) -> Double {
    let start = offset
    while let character = peek(0), character.isDigit || character == "." { offset += 1 }
    if peek(0) == "e" || peek(0) == "E" {
      let signed = peek(1) == "+" || peek(1) == "-"
      if peek(signed ? 2 : 1)?.isDigit == true {
        offset += signed ? 2 : 1
        while peek(0)?.isDigit == true { offset += 1 }
      }
    }
    let text = String(characters[start..<offset])
    guard let value = Double(text), value.isFinite else {
      throw FormulaError(formula: formula, position: start + 1, found: "`\(text)`", expected: "a number")
    }
    return value
  }

  private mutating func sign() throws(FormulaError) -> String {
    for sign in ["%in%", "==", "!=", "<=", ">="] where characters[offset...].starts(with: sign) {
      offset += sign.count
      return sign
    }
    let sign = String(characters[offset])
    guard "~+-*/:^(),=<>".contains(sign) else {
      throw FormulaError(
        formula: formula, position: offset + 1, found: "`\(sign)`",
        expected: "a name, a number or a sign such as + : * ^ (other column names stand between backquotes)")
    }
    offset += 1
    return sign
  }
}

extension Character {
  /// Whether the character is one of the ten ASCII digits.
  fileprivate var isDigit: Bool { self >= "0" && self <= "9" }
}
