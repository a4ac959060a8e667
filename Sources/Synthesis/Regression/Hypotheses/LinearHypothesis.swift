/// A statement about the coefficients: a sum of multiples of them equals a value, L β = r.
public struct LinearHypothesis: Sendable, Equatable {
  /// The statement in words, such as `alloc[random] - alloc[systematic] = 0`.
  public let text: String
  /// The multiple of each coefficient, in the order of the fit's terms.
  public let coefficients: [Double]
  /// The value r.
  public let value: Double

  /// A statement from its numbers; the words are made from the names of the terms.
  public init(coefficients: [Double], value: Double = 0, terms: [String]) {
    self.coefficients = coefficients
    self.value = value
    var words = ""
    for (name, multiple) in zip(terms, coefficients) where multiple != 0 {
      let size = abs(multiple) == 1 ? name : "\(NumberLabel.text(abs(multiple))) * \(name)"
      words += words.isEmpty ? (multiple < 0 ? "-" : "") + size : (multiple < 0 ? " - " : " + ") + size
    }
    text = "\(words.isEmpty ? "0" : words) = \(NumberLabel.text(value))"
  }

  /// Reads a statement such as `alloc[random] - alloc[systematic] = 0` or `intercept + 2 * year = 0.5`.
  ///
  /// Names are those of the fit's terms, taken as long as they match; multiples stand before a name, with or without
  /// `*`; without `=` the value is 0; names and numbers may stand on both sides.
  ///
  /// - Throws: `FormulaError` with the position of the first thing that cannot be read.
  public init(_ text: String, terms: [String]) throws(FormulaError) {
    var reader = LinearHypothesisReader(text: text, terms: terms)
    let (coefficients, value) = try reader.read()
    self.init(coefficients: coefficients, value: value, terms: terms)
  }
}

/// Reads the text of a linear hypothesis.
private struct LinearHypothesisReader {
  let text: String
  let terms: [String]
  private let characters: [Character]
  private let names: [[Character]]
  private var offset = 0

  init(text: String, terms: [String]) {
    self.text = text
    self.terms = terms
    characters = Array(text)
    names = terms.map(Array.init)
  }

  mutating func read() throws(FormulaError) -> (coefficients: [Double], value: Double) {
    var coefficients = [Double](repeating: 0, count: terms.count)
    var value = 0.0
    var side = 1.0
    while true {
      try readSide(side, &coefficients, &value)
      guard side > 0, accept("=") else { break }
      _ = accept("=")
      side = -1
    }
    guard offset == characters.count else {
      throw unexpected(side > 0 ? "`+`, `-`, `=` or the end" : "`+`, `-` or the end")
    }
    guard coefficients.contains(where: { $0 != 0 }) else { throw unexpected("a statement that names a coefficient") }
    return (coefficients, value == 0 ? 0 : value)
  }

  private mutating func readSide(
    _ side: Double, _ coefficients: inout [Double], _ value: inout Double
  ) throws(FormulaError) {
    var sign = accept("-") ? -side : side
    while true {
      let number = number()
      let starred = number != nil && accept("*")
      if let place = name() {
        coefficients[place] += sign * (number ?? 1)
      } else if let number, !starred {
        value -= sign * number
      } else {
        throw unexpected("a number or one of the coefficients \(terms.joined(separator: ", "))")
      }
      if accept("+") {
        sign = side
      } else if accept("-") {
        sign = -side
      } else {
        return
      }
    }
  }

  private mutating func skipSpaces() {
    while offset < characters.count, characters[offset].isWhitespace { offset += 1 }
  }

  private mutating func accept(_ sign: Character) -> Bool {
    skipSpaces()
    guard offset < characters.count, characters[offset] == sign else { return false }
    offset += 1
    skipSpaces()
    return true
  }

  /// The longest term that stands here and is not the start of a longer word.
  private mutating func name() -> Int? {
    skipSpaces()
    var best: Int?
    for (place, name) in names.enumerated() where !name.isEmpty && characters[offset...].starts(with: name) {
      let end = offset + name.count
      if end < characters.count, Self.continuesWord(characters[end]), Self.continuesWord(name[name.count - 1]) {
        continue
      }
      if name.count > (best.map { names[$0].count } ?? 0) { best = place }
    }
    guard let best else { return nil }
    offset += names[best].count
    skipSpaces()
    return best
  }

  private static func continuesWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_" || character == "." || character == "["
  }

  private mutating func number() -> Double? {
    skipSpaces()
    // A term whose name starts with a digit is a name, not a multiple.
    for name in names where !name.isEmpty && characters[offset...].starts(with: name) { return nil }
    var end = offset
    while end < characters.count, characters[end].isASCII, characters[end].isNumber || characters[end] == "." {
      end += 1
    }
    guard end > offset, let value = Double(String(characters[offset..<end])) else { return nil }
    offset = end
    skipSpaces()
    return value
  }

  private func unexpected(_ expected: String) -> FormulaError {
    let found = offset < characters.count ? "`\(characters[offset])`" : "the end"
    return FormulaError(formula: text, position: offset + 1, found: found, expected: expected)
  }
}
