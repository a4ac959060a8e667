import NumericCore

/// Arithmetic written out in a claim: "1/(12/19 - 1/19)", "ln((0.5/24.5)/(3.5/22.5))", "98/134".
///
/// + − * / ^ (whole powers), brackets, sqrt, ln, log, exp, abs; × and · and ÷ and true minus signs too. A number that the
/// claim prints stands for all the reals that print so, other numbers for themselves.
struct LiteralFormula: Sendable {
  /// The text of the formula.
  let text: String
  /// Value from the numbers as written.
  let value: Double
  /// All values that the numbers allow.
  let range: Enclosure

  /// The formulas of a text: its parts between semicolons, commas and "and" that are arithmetic through and through, a
  /// leading word such as "raw" aside.
  static func parts(of text: String, printed: [PrintedNumber]) -> [LiteralFormula] {
    var pieces = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0, character == ";" || character == "," {
        pieces.append("")
      } else {
        pieces[pieces.count - 1].append(character)
      }
    }
    return pieces.flatMap { $0.splitAtAnd }.compactMap { piece in
      LiteralFormula(piece.trimmedWords, printed: printed)
    }
  }

  init?(_ text: String, printed: [PrintedNumber]) {
    guard text.contains(where: { "+-*/^−×·÷".contains($0) }) || text.contains("(") else { return nil }
    var point = LiteralParser<Double>(text) { $0.value }
    var enclosing = LiteralParser<Enclosure>(text) { number in
      guard printed.contains(where: { $0.significand == number.significand && $0.decimals == number.decimals }) else {
        return Enclosure(number.value)
      }
      let set = number.reals(.halfUp)
      return Enclosure(set.lower, set.upper)
    }
    guard let value = point.whole(), value.isFinite, let range = enclosing.whole() else { return nil }
    self.text = text
    self.value = value
    self.range = range
  }
}

/// Recursive descent over the text of a formula.
private struct LiteralParser<Number: RealArithmetic> {
  private let text: [Character]
  private let number: (PrintedNumber) -> Number
  private var at = 0

  init(_ text: String, number: @escaping (PrintedNumber) -> Number) {
    self.text = text.filter { !$0.isWhitespace }.map { Self.plain[$0] ?? $0 }
    self.number = number
  }

  private static var plain: [Character: Character] { ["−": "-", "–": "-", "×": "*", "·": "*", "÷": "/"] }

  mutating func whole() -> Number? {
    let value = sum()
    return at == text.count ? value : nil
  }

  private mutating func accept(_ character: Character) -> Bool {
    guard at < text.count, text[at] == character else { return false }
    at += 1
    return true
  }

  private mutating func sum() -> Number? {
    guard var value = product() else { return nil }
    while at < text.count, text[at] == "+" || text[at] == "-" {
      let isSum = text[at] == "+"
      at += 1
      guard let next = product() else { return nil }
      value = isSum ? value + next : value - next
    }
    return value
  }

  private mutating func product() -> Number? {
    guard var value = power() else { return nil }
    while at < text.count, text[at] == "*" || text[at] == "/" {
      let isProduct = text[at] == "*"
      at += 1
      guard let next = power() else { return nil }
      value = isProduct ? value * next : value / next
    }
    return value
  }

  private mutating func power() -> Number? {
    if accept("-") { return power().map { Number(0) - $0 } }
    guard let base = atom() else { return nil }
    guard accept("^") else { return base }
    guard let exponent = digits(), let times = Int(exponent), (1...32).contains(times) else { return nil }
    return times == 2 ? base.squared : (1..<times).reduce(base) { result, _ in result * base }
  }

  private mutating func atom() -> Number? {
    if accept("(") {
      let value = sum()
      return accept(")") ? value : nil
    }
    if at < text.count, text[at].isLetter { return function() }
    guard let word = digits(), let printed = PrintedNumber(word) else { return nil }
    return number(printed)
  }

  private mutating func function() -> Number? {
    var name = ""
    while at < text.count, text[at].isLetter {
      name.append(text[at])
      at += 1
    }
    guard accept("("), let value = sum(), accept(")") else { return nil }
    switch name.lowercased() {
    case "sqrt": return value.squareRoot
    case "ln", "log": return value.mapped { LiteralMath.log($0) }
    case "exp": return value.mapped { LiteralMath.exp($0) }
    case "abs": return value.magnitude
    default: return nil
    }
  }

  private mutating func digits() -> String? {
    let start = at
    while at < text.count, text[at].isNumber || text[at] == "." { at += 1 }
    return at > start ? String(text[start..<at]) : nil
  }
}

extension String {
  /// The pieces between the words "and".
  fileprivate var splitAtAnd: [String] {
    var pieces: [[Substring]] = [[]]
    for word in split(separator: " ") {
      if word == "and" { pieces.append([]) } else { pieces[pieces.count - 1].append(word) }
    }
    return pieces.map { $0.joined(separator: " ") }
  }

  /// Without leading words that hold letters alone and no bracket; nothing when the last of them is the n of group sizes.
  fileprivate var trimmedWords: String {
    let words = split(separator: " ")
    let rest = words.drop { $0.allSatisfy(\.isLetter) }
    if rest.startIndex > 0, words[rest.startIndex - 1].lowercased() == "n" { return "" }
    return rest.joined(separator: " ")
  }
}
