import NumericCore

/// What would have to be true for a number that does not reproduce.
struct Remedies {
  let kind: QuantityKind
  let quantity: PrintedQuantity
  let match: ClaimMatch
  let judge: QuantityJudge

  /// The sentences, the most telling first.
  var sentences: [String] {
    var found: [String] = []
    if let row = judge.claim.dataRows.first.flatMap({ judge.rows.means[$0] }) { found += means(row) }
    if let row = judge.claim.dataRows.first.flatMap({ judge.rows.counts[$0] }), let table = row.table {
      found += counts(table)
    }
    if let slip = slip() { found.append(slip) }
    return found
  }

  // MARK: - Means

  private func means(_ row: MeansRow) -> [String] {
    guard row.arms.count == 2, let m1 = row.arms[0].mean?.value, let m2 = row.arms[1].mean?.value else { return [] }
    let difference = abs(m1 - m2)
    let stated = abs(quantity.estimate.value)
    guard stated > 0 else { return ["It would need equal means; they differ by \(ClaimText.significant(difference))."] }
    switch kind {
    case .standardized: return standardized(row, difference, stated)
    case .t:
      let error = difference / stated
      return [
        "It would need a standard error of the difference of \(ClaimText.significant(error)), or a difference of \(ClaimText.significant(stated * difference / abs(match.recomputation.point.estimate))) instead of \(ClaimText.significant(difference))."
      ]
    case .meanDifference:
      return [
        "It would need means that differ by \(quantity.estimate) instead of \(ClaimText.significant(m1 - m2)), as an adjusted model may give."
      ]
    default: return []
    }
  }

  private func standardized(_ row: MeansRow, _ difference: Double, _ stated: Double) -> [String] {
    let needed = difference / stated
    var text = "It would need an SD of \(ClaimText.significant(needed))"
    guard let first = row.arms[0].standardDeviation, let second = row.arms[1].standardDeviation else {
      return [text + "."]
    }
    let (sd1, sd2) = (first.value, second.value)
    text += " (the SDs are \(first) and \(second))"
    let share = (needed * needed - sd2 * sd2) / (sd1 * sd1 - sd2 * sd2)
    if share > 0, share < 1 {
      text += ", which a pooled SD reaches only with \(Int((100 * share).rounded()))% of the people in the first group"
    }
    return [
      text
        + ", or means that differ by \(ClaimText.significant(stated * difference / abs(match.recomputation.point.estimate)))."
    ]
  }

  // MARK: - Counts

  /// Tables that differ in one number and print everything stated.
  private func counts(_ table: Counts) -> [String] {
    var hits: [(Int, String)] = []
    let (a, n1, c, n2) = (Int(table.events1), Int(table.n1), Int(table.events2), Int(table.n2))
    func test(_ a: Int, _ n1: Int, _ c: Int, _ n2: Int, _ step: Int) {
      guard a >= 0, a <= n1, c >= 0, c <= n2, n1 > 0, n2 > 0 else { return }
      let other = Counts(events1: Double(a), n1: Double(n1), events2: Double(c), n2: Double(n2))
      let recomputer = Recomputer(
        kind: kind, words: FormulaWords(judge.claim.formula), level: quantity.interval?.level ?? judge.level,
        rows: judge.rows)
      guard let best = QuantityJudge.best(quantity, recomputer.fromCounts([other], first: other), kind),
        best.grade == .reproduces
      else { return }
      hits.append((step, "\(a)/\(n1) against \(c)/\(n2)"))
    }
    for step in 1...12 where hits.count < 4 {
      for sign in [-1, 1] {
        test(a + sign * step, n1, c, n2, step)
        test(a, n1, c + sign * step, n2, step)
        test(a, n1 + sign * step, c, n2, step)
        test(a, n1, c, n2 + sign * step, step)
      }
    }
    if hits.isEmpty { return ["No table that differs in one number by up to 12 prints it."] }
    return ["It would print from \(ClaimText.list(hits.prefix(4).map(\.1)))."]
  }

  // MARK: - Slips

  /// One keystroke that turns the printed number into one the data give.
  private func slip() -> String? {
    guard let part = match.parts.first else { return nil }
    let digits = Array(String(part.printed.significand))
    let printed = part.printed
    let width = max(digits.count, printed.decimals + 1)
    let padded = Array(repeating: Character("0"), count: width - digits.count) + digits
    var edits: [(String, PrintedNumber)] = []
    func add(_ what: String, _ text: [Character], _ decimals: Int, _ isNegative: Bool) {
      guard let significand = UInt64(String(text)), text.count < 17 else { return }
      edits.append(
        (
          what,
          PrintedNumber(
            significand: significand, decimals: decimals, isNegative: isNegative, isPercent: printed.isPercent)
        ))
    }
    // The last digit is left out: another one there is no slip but another value.
    for i in padded.indices.dropLast() {
      for digit in "0123456789" where padded[i] != digit {
        var text = padded
        text[i] = digit
        add("one digit was wrong", text, printed.decimals, printed.isNegative)
      }
    }
    for i in padded.indices.dropLast() where padded[i] != padded[i + 1] {
      var text = padded
      text.swapAt(i, i + 1)
      add("two digits were exchanged", text, printed.decimals, printed.isNegative)
    }
    add("the decimal mark slipped", padded, printed.decimals + 1, printed.isNegative)
    add("the decimal mark slipped", padded, printed.decimals - 1, printed.isNegative)
    let hit =
      edits.first { !$0.1.rules(printing: part.value, among: Rounding.nearest).isEmpty }
      ?? edits.first { edit in
        part.range.width > 0 && edit.1.reals(under: Rounding.nearest).meets(part.range.reals)
      }
    return hit.map { "\($0.1) would agree: perhaps \($0.0)." }
  }
}
