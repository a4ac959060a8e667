/// Puts the pieces of a statement together.
struct PrintedStatementParser {
  private let tokens: [PrintedToken]
  private var at = 0
  private var label: String?
  private var degrees: [PrintedNumber] = []
  private var relation = PrintedNumber.Relation.equal
  private var level: Double?
  private var awaitsInterval = false
  private var isBetween = false
  private var depth = 0

  private(set) var quantities: [PrintedQuantity] = []
  private(set) var facts: [PrintedFact] = []
  private(set) var isSpan = false

  init(_ tokens: [PrintedToken]) { self.tokens = tokens }

  /// Reads all pieces.
  mutating func read() {
    while at < tokens.count {
      let token = tokens[at]
      at += 1
      switch token {
      case .number(let number): place(number)
      case .word(let word): read(word)
      case .relation(let found): relation = found
      case .open: openBracket()
      case .close:
        depth = max(0, depth - 1)
        forget()
      case .comma, .semicolon: forget()
      case .slash: break
      case .to: if number(at: at) != nil || wordNumber(at: at) != nil, !quantities.isEmpty { isSpan = true }
      }
    }
  }

  private mutating func forget() {
    label = nil
    degrees = []
    relation = .equal
  }

  // MARK: - Looking ahead

  private func number(at index: Int) -> PrintedNumber? {
    if tokens.indices.contains(index), case .number(let number) = tokens[index] { number } else { nil }
  }

  private func word(at index: Int) -> String? {
    if tokens.indices.contains(index), case .word(let word) = tokens[index] { word } else { nil }
  }

  private func wordNumber(at index: Int) -> UInt64? { word(at: index).flatMap(PrintedWords.number) }

  /// The second of a pair and where it ends: a number behind "to", a comma, a semicolon, "and", or nothing at all.
  private func partner(at index: Int) -> (number: PrintedNumber, end: Int, isAdjacent: Bool)? {
    var index = index
    var isAdjacent = true
    if tokens.indices.contains(index) {
      switch tokens[index] {
      case .to, .comma, .semicolon: (index, isAdjacent) = (index + 1, false)
      case .word("and"), .word("to"): (index, isAdjacent) = (index + 1, false)
      default: break
      }
    }
    return number(at: index).map { ($0, index + 1, isAdjacent) }
  }

  // MARK: - Numbers

  private mutating func place(_ printed: PrintedNumber) {
    if isLevel(printed) {
      level = printed.value / 100
      return
    }
    let printed = relation == .equal ? printed : printed.with(relation: relation)
    defer { forget() }
    if let label, PrintedWords.factLabels.contains(label) {
      facts.append(PrintedFact(name: label, number: printed))
    } else if awaitsInterval, label == nil, let pair = interval(printed) {
      awaitsInterval = false
      attach { $0.interval = pair }
    } else if depth > 0, label == nil, !quantities.isEmpty {
      placeInBracket(printed)
    } else if label == nil || !attached(printed) {
      append(printed)
    }
  }

  /// "95% CI": a percentage that an interval's name follows.
  private func isLevel(_ printed: PrintedNumber) -> Bool {
    printed.isPercent && word(at: at).map { PrintedWords.interval.contains($0.lowercased()) } ?? false
  }

  private mutating func append(_ printed: PrintedNumber) {
    var quantity = PrintedQuantity(printed)
    quantity.label = label
    quantity.degreesOfFreedom = degrees
    quantities.append(quantity)
    if isBetween, quantities.count == 2 { isSpan = true }
  }

  private mutating func attach(_ change: (inout PrintedQuantity) -> Void) {
    guard !quantities.isEmpty else { return }
    change(&quantities[quantities.count - 1])
  }

  /// Puts a labelled p-value, SD or standard error to the quantity before it; false when it stands for itself.
  private mutating func attached(_ printed: PrintedNumber) -> Bool {
    guard let last = quantities.last, let label else { return false }
    switch label {
    case "P" where last.p == nil: attach { $0.p = printed }
    case "SD" where last.spread == nil: attach { $0.spread = PrintedSpread(kind: .standardDeviation, number: printed) }
    case "SE" where last.spread == nil: attach { $0.spread = PrintedSpread(kind: .standardError, number: printed) }
    case "±" where last.spread == nil: attach { $0.spread = PrintedSpread(kind: .unnamed, number: printed) }
    default: return false
    }
    return true
  }

  /// The interval that begins with a number, if a second follows that is not below it.
  private mutating func interval(_ lower: PrintedNumber) -> PrintedInterval? {
    guard let (second, end, isAdjacent) = partner(at: at) else { return nil }
    // "0.09 -0.78": a dash with a blank before it looks like a sign.
    let upper = isAdjacent && second.value < lower.value ? second.negated : second
    guard upper.value >= lower.value, !isLevelEnd(second, end) else { return nil }
    at = end
    return PrintedInterval(lower: lower, upper: upper, level: level)
  }

  private func isLevelEnd(_ second: PrintedNumber, _ end: Int) -> Bool {
    second.isPercent && word(at: end).map { PrintedWords.interval.contains($0.lowercased()) } ?? false
  }

  // MARK: - Brackets

  private mutating func openBracket() {
    depth += 1
    guard label != nil, let close = tokens[at...].firstIndex(of: .close), tokens.indices.contains(close + 1),
      case .relation = tokens[close + 1]
    else { return }
    // "t(38) = 2.05", "F(1, 23) = 4.2", "χ²(1, N = 90) = 3.5"
    while at < close {
      if let number = number(at: at) {
        let isSize = at >= 2 && word(at: at - 2)?.lowercased() == "n" && tokens[at - 1] == .relation(.equal)
        if isSize { facts.append(PrintedFact(name: "n", number: number)) } else { degrees.append(number) }
      }
      at += 1
    }
    at = close + 1
    depth -= 1
  }

  /// A number in brackets behind a quantity: the beginning of its interval, its spread, its percentage, or a count.
  private mutating func placeInBracket(_ printed: PrintedNumber) {
    guard let last = quantities.last else { return }
    if at < tokens.count, tokens[at] == .slash, let total = number(at: at + 1) {
      facts.append(PrintedFact(name: "events", number: printed))
      facts.append(PrintedFact(name: "n", number: total))
      at += 2
    } else if last.interval == nil, last.spread == nil, let pair = interval(printed) {
      attach { $0.interval = pair }
    } else if let unit = word(at: at), PrintedWords.label(unit) == nil {
      append(printed)
    } else if printed.isPercent, !last.estimate.isPercent {
      attach { $0.percent = printed }
    } else if last.spread == nil, last.interval == nil {
      attach { $0.spread = PrintedSpread(kind: .unnamed, number: printed) }
    } else {
      append(printed)
    }
  }

  // MARK: - Words

  private mutating func read(_ word: String) {
    let lower = word.lowercased()
    if let value = PrintedWords.number(word) {
      place(PrintedNumber(significand: value, decimals: 0))
    } else if PrintedWords.interval.contains(lower) {
      awaitsInterval = !quantities.isEmpty
    } else if PrintedWords.approximators.contains(lower) {
      relation = .approximately
    } else if let comparison = PrintedWords.comparisons[lower], self.word(at: at)?.lowercased() == "than" {
      relation = comparison
      at += 1
    } else if let bound = PrintedWords.bounds[lower] {
      relation = bound
    } else if lower == "to" {
      readTo()
    } else if lower == "between" {
      isBetween = true
    } else if lower == "percent" || lower == "per" && self.word(at: at)?.lowercased() == "cent" {
      makePercent()
    } else if let found = PrintedWords.label(word), labelMayStand {
      label = self.word(at: at - 2).map { ["log", "ln"].contains($0.lowercased()) } ?? false ? "log " + found : found
    } else {
      readUnit(word)
    }
  }

  private mutating func readTo() {
    if at >= 2, self.word(at: at - 2)?.lowercased() == "up" {
      relation = .lessOrEqual
    } else if !quantities.isEmpty, number(at: at) != nil || wordNumber(at: at) != nil {
      isSpan = true
    }
  }

  /// A label stands before a number, a relation, a bracket, or a word such as "of".
  private var labelMayStand: Bool {
    guard tokens.indices.contains(at) else { return false }
    switch tokens[at] {
    case .number, .relation, .open: return true
    case .word(let next): return PrintedWords.fillers.contains(next.lowercased())
    default: return false
    }
  }

  private var followsNumber: Bool {
    guard at >= 2 else { return false }
    if case .number = tokens[at - 2] { return true }
    return wordNumber(at: at - 2) != nil
  }

  private mutating func makePercent() {
    guard followsNumber, let last = quantities.last else { return }
    let n = last.estimate
    attach {
      $0.estimate = PrintedNumber(
        significand: n.significand, decimals: n.decimals, isNegative: n.isNegative, relation: n.relation,
        isPercent: true,
        stars: n.stars)
    }
  }

  private mutating func readUnit(_ word: String) {
    guard followsNumber, !["and", "or", "vs", "versus", "v", "of"].contains(word.lowercased()) else { return }
    if let fact = PrintedWords.fact(word), quantities.count > 1, let last = quantities.popLast() {
      facts.append(PrintedFact(name: fact, number: last.estimate))
    } else {
      attach { if $0.unit == nil { $0.unit = word } }
    }
  }
}
