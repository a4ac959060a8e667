/// A piece of a statement.
enum PrintedToken: Equatable {
  case number(PrintedNumber)
  case word(String)
  case relation(PrintedNumber.Relation)
  case open, close
  case comma, semicolon, slash
  /// A dash between numbers, or the word "to".
  case to
}

/// Cuts a statement into pieces.
struct PrintedScanner {
  private let text: [Character]
  private let usesPoint: Bool
  private var at = 0
  private var tokens: [PrintedToken] = []

  private static let dashes: Set<Character> = ["-", "\u{2212}", "\u{2013}", "\u{2014}", "\u{2010}", "\u{2011}"]
  private static let points: Set<Character> = [".", "\u{B7}", "\u{2219}", "\u{2027}", "\u{22C5}"]
  private static let relations: [Character: PrintedNumber.Relation] = [
    "=": .equal, "<": .less, ">": .greater, "≤": .lessOrEqual, "≥": .greaterOrEqual, "~": .approximately,
    "≈": .approximately, "≃": .approximately,
  ]

  /// The pieces of a text, in order.
  static func tokens(_ text: String) -> [PrintedToken] {
    var scanner = PrintedScanner(text)
    while scanner.at < scanner.text.count { scanner.step() }
    return scanner.tokens
  }

  private init(_ text: String) {
    let characters = Array(text)
    self.text = characters
    // A point between digits anywhere means that commas are not decimal marks.
    usesPoint = characters.indices.contains { i in
      Self.points.contains(characters[i]) && i + 1 < characters.count && characters[i + 1].isASCIIDigit
    }
  }

  private func peek(_ offset: Int = 0) -> Character? {
    text.indices.contains(at + offset) ? text[at + offset] : nil
  }

  private mutating func step() {
    guard let c = peek() else { return }
    if let number = number() {
      tokens.append(.number(number))
    } else if let relation = Self.relations[c] {
      at += 1
      relationFollows(relation)
    } else if c == "(" || c == "[" || c == "{" {
      take(.open)
    } else if c == ")" || c == "]" || c == "}" {
      take(.close)
    } else if c == "," {
      take(.comma)
    } else if c == ";" || c == "|" {
      take(.semicolon)
    } else if c == "/" {
      take(.slash)
    } else if c == "±" {
      take(.word("±"))
    } else if Self.dashes.contains(c) {
      dash()
    } else if c.isLetter {
      word()
    } else {
      at += 1
    }
  }

  private mutating func take(_ token: PrintedToken) {
    tokens.append(token)
    at += 1
  }

  private mutating func relationFollows(_ relation: PrintedNumber.Relation) {
    var relation = relation
    if peek() == "=" {
      at += 1
      if relation == .less { relation = .lessOrEqual }
      if relation == .greater { relation = .greaterOrEqual }
    }
    tokens.append(.relation(relation))
  }

  /// A dash that is no sign: between numbers it means "to"; between words it joins them.
  private mutating func dash() {
    let joinsWords = peek(1)?.isLetter ?? false
    let follows: Bool = if case .number? = tokens.last { true } else { false }
    if follows, !joinsWords { tokens.append(.to) }
    at += 1
  }

  private mutating func word() {
    let start = at
    while let c = peek(), c.isLetter || c.isASCIIDigit || c == "²" || c == "'" || c == "’" { at += 1 }
    // "chi-square" and "chi-squared" are one word.
    var found = String(text[start..<at]).lowercased() == "chi" ? chiSquare() : String(text[start..<at])
    if found == "x", peek() == "²" { found = "x²" }
    tokens.append(.word(found))
  }

  private mutating func chiSquare() -> String {
    let ahead = String(text[at...].prefix(8)).lowercased()
    for ending in ["-squared", " squared", "-square", " square"] where ahead.hasPrefix(ending) {
      at += ending.count
      break
    }
    return "chi2"
  }

  // MARK: - Numbers

  private mutating func number() -> PrintedNumber? {
    let start = at
    var isNegative = false
    if let c = peek(), Self.dashes.contains(c) || c == "+" {
      guard signMayStand(), let next = peek(1), next.isASCIIDigit || Self.points.contains(next) else { return nil }
      isNegative = c != "+"
      at += 1
    }
    guard let digits = decimalDigits() else {
      at = start
      return nil
    }
    let power = exponent()
    var isPercent = false
    let beforeSpace = at
    while peek() == " " || peek() == "\u{A0}" || peek() == "\u{202F}" { at += 1 }
    if peek() == "%" {
      isPercent = true
      at += 1
    } else {
      at = beforeSpace
    }
    var stars = 0
    while peek() == "*" {
      stars += 1
      at += 1
    }
    return PrintedNumber(
      significand: digits.significand, decimals: digits.decimals - power, isNegative: isNegative, isPercent: isPercent,
      stars: stars)
  }

  /// A dash is a sign at the beginning and behind anything but a number, a closing bracket or a letter.
  private func signMayStand() -> Bool {
    guard let before = peek(-1) else { return true }
    return !(before.isLetter || before.isASCIIDigit || before == "%" || before == "*" || before == ")" || before == "]")
  }

  private mutating func decimalDigits() -> (significand: UInt64, decimals: Int)? {
    let start = at
    var significand: UInt64 = 0
    var (count, decimals) = (0, 0)
    var afterMark = false
    while let c = peek() {
      if let digit = c.asciiDigit {
        guard significand <= (UInt64.max / 10 - 10) / 10 else { return nil }
        significand = significand * 10 + digit
        count += 1
        if afterMark { decimals += 1 }
      } else if !afterMark, isDecimalMark(c, digitsBefore: count) {
        afterMark = true
      } else if !afterMark, isThousandsMark(c, start: start) {
      } else {
        break
      }
      at += 1
    }
    if count == 0 { at = start }
    return count == 0 ? nil : (significand, decimals)
  }

  private func isDecimalMark(_ c: Character, digitsBefore: Int) -> Bool {
    guard let next = peek(1), next.isASCIIDigit else { return false }
    if Self.points.contains(c) { return true }
    guard c == ",", digitsBefore > 0, !usesPoint, !isInPairOfWholes() else { return false }
    return !isGroupOfThree(from: at + 1) || peek(-1) == "0" && digitsBefore == 1
  }

  private func isThousandsMark(_ c: Character, start: Int) -> Bool {
    guard c == "," || c == "\u{202F}" || c == "\u{2009}", text[start] != "0", at - start >= 1 else { return false }
    return isGroupOfThree(from: at + 1)
  }

  private func isGroupOfThree(from index: Int) -> Bool {
    guard index + 3 <= text.count, text[index..<index + 3].allSatisfy(\.isASCIIDigit) else { return false }
    return index + 3 == text.count || !text[index + 3].isASCIIDigit
  }

  /// "[1,3]": one comma between whole numbers that fill a bracket separates them.
  private func isInPairOfWholes() -> Bool {
    guard let open = text[..<at].lastIndex(where: { "([{".contains($0) }),
      let close = text[at...].firstIndex(where: { ")]}".contains($0) })
    else { return false }
    return text[(open + 1)..<close].allSatisfy { $0.isASCIIDigit || $0 == "," }
      && text[(open + 1)..<close].count { $0 == "," } == 1
  }

  /// The power of ten of "e-5", "× 10^-5", "x10−5" or "× 10⁻⁵"; 0 when there is none.
  private mutating func exponent() -> Int {
    let start = at
    if let c = peek(), c == "e" || c == "E" {
      at += 1
      if let power = signedWhole() { return power }
      at = start
      return 0
    }
    while peek() == " " { at += 1 }
    guard let times = peek(), "×x·".contains(times) else {
      at = start
      return 0
    }
    at += 1
    while peek() == " " { at += 1 }
    guard peek() == "1", peek(1) == "0" else {
      at = start
      return 0
    }
    at += 2
    guard let mark = peek(), mark == "^" || Self.dashes.contains(mark) || "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".contains(mark) else {
      at = start
      return 0
    }
    if mark == "^" { at += 1 }
    if let power = signedWhole() { return power }
    at = start
    return 0
  }

  private mutating func signedWhole() -> Int? {
    var sign = 1
    if let c = peek(), Self.dashes.contains(c) || c == "⁻" || c == "+" {
      sign = c == "+" ? 1 : -1
      at += 1
    }
    var value: Int?
    while let c = peek(), let digit = c.asciiDigit.map(Int.init) ?? c.superscriptDigit, (value ?? 0) < 1000 {
      value = (value ?? 0) * 10 + digit
      at += 1
    }
    // A power that no double holds is no power of a printed number.
    return value.flatMap { $0 <= 250 ? sign * $0 : nil }
  }
}

extension Character {
  fileprivate var asciiDigit: UInt64? {
    guard let value = asciiValue, value >= 48, value <= 57 else { return nil }
    return UInt64(value - 48)
  }

  fileprivate var isASCIIDigit: Bool { asciiDigit != nil }

  fileprivate var superscriptDigit: Int? {
    Array("⁰¹²³⁴⁵⁶⁷⁸⁹").firstIndex(of: self)
  }
}
