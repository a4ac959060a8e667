/// Judges printed percentages against counts.
struct PercentJudge {
  let claim: Claim
  let rows: ClaimRows

  /// What became of one stated percentage.
  private struct Finding {
    let printed: PrintedNumber
    var verdict: Verdict
    var value: Double?
    var fraction: String?
    var note: String?
  }

  /// The judgement; `nil` when the statement holds no percentage.
  func judge() -> JudgedClaim? {
    let statement = PrintedStatement(claim.stated)
    let stated = statement.quantities.compactMap(PercentJudge.percentage)
    guard !stated.isEmpty else { return nil }
    let literals = LiteralFormula.parts(of: claim.formula, printed: [])
    let fractions = assign(stated, isSpan: statement.join == .span)
    var findings: [Finding] = []
    for (index, printed) in stated.enumerated() {
      if let found = fractions[index].flatMap({ test(printed, $0) }) {
        findings.append(found)
      } else if let found = test(printed, literals) {
        findings.append(found)
      } else {
        findings.append(unknown(printed, fractions[index]))
      }
    }
    return assemble(findings)
  }

  /// The percentage of a quantity: in brackets behind a count, with its sign, or the number itself.
  private static func percentage(_ quantity: PrintedQuantity) -> PrintedNumber? {
    if let percent = quantity.percent { return percent }
    if quantity.estimate.isPercent { return quantity.estimate }
    let isProportion = quantity.estimate.decimals >= 2 && quantity.estimate.value <= 1
    let n = isProportion ? quantity.estimate.asPercentage : quantity.estimate
    return PrintedNumber(
      significand: n.significand, decimals: n.decimals, isNegative: n.isNegative, relation: n.relation, isPercent: true)
  }

  // MARK: - Which count belongs to which percentage

  /// Events and total of a group, and the row.
  private struct Fraction {
    let events, total: Int?
    let row: String
    let isAmbiguous: Bool
  }

  private func assign(_ stated: [PrintedNumber], isSpan: Bool) -> [Fraction?] {
    let found = claim.dataRows.compactMap { rows.counts[$0] }
    guard let row = found.first else { return stated.map { _ in nil } }
    if found.count == stated.count, found.count > 1 {
      return zip(found, stated).map { fractions($0, $1).first }
    }
    if stated.count == 1 {
      let candidates = fractions(row, stated[0])
      return [candidates.first { test(stated[0], $0)?.verdict == .reproduces } ?? candidates.first]
    }
    let finder = finder(row)
    let groups = finder.groups(claim.arms) ?? [0, 1]
    if groups.count == 1 {
      // "0% to 43%" in one group: the row is the end; the beginning is elsewhere.
      return stated.indices.map { $0 == stated.count - 1 && isSpan ? fraction(row, groups[0]) : nil }
    }
    return stated.indices.map { $0 < groups.count ? fraction(row, groups[$0]) : nil }
  }

  private func finder(_ row: CountsRow) -> ArmFinder {
    ArmFinder(experimental: row.experimental, controlWords: rows.trials[row.trial]?.controlWords ?? [])
  }

  private func fraction(_ row: CountsRow, _ arm: Int, isAmbiguous: Bool = false) -> Fraction? {
    guard row.arms.indices.contains(arm) else { return nil }
    return Fraction(events: row.arms[arm].events, total: row.arms[arm].total, row: row.id, isAmbiguous: isAmbiguous)
  }

  /// The counts a percentage may be of: the group named, everybody, or either group when none is named.
  private func fractions(_ row: CountsRow, _ printed: PrintedNumber) -> [Fraction] {
    if ArmFinder.isEverybody(claim.arms) {
      let events = row.arms.compactMap(\.events)
      let totals = row.arms.compactMap(\.total)
      return [
        Fraction(
          events: events.isEmpty ? nil : events.reduce(0, +), total: totals.isEmpty ? nil : totals.reduce(0, +),
          row: row.id, isAmbiguous: false)
      ]
    }
    if let groups = finder(row).groups(claim.arms) { return groups.compactMap { fraction(row, $0) } }
    let filled = row.arms.indices.filter { row.arms[$0].total != nil }
    return filled.compactMap { fraction(row, $0, isAmbiguous: filled.count > 1) }
  }

  // MARK: - Tests

  private func test(_ printed: PrintedNumber, _ fraction: Fraction) -> Finding? {
    guard let total = fraction.total, total > 0, let counts = try? PercentageCounts(printed, of: total) else {
      return nil
    }
    guard let events = fraction.events else { return testTotal(printed, counts, total) }
    let value = 100 * Double(events) / Double(total)
    var finding = Finding(
      printed: printed, verdict: .reproduces, value: value, fraction: "\(events)/\(total)", note: nil)
    if fraction.isAmbiguous {
      finding.note = "The claim names no group; \(events)/\(total) of row \(fraction.row) is the one nearest."
    }
    if !printed.rules(printing: value, among: Rounding.nearest).isEmpty {
      let others = counts.counts()
      if others.count == 1, finding.note == nil {
        finding.note = "\(events) is the only count of \(total) that prints as \(printed)."
      }
      return finding
    }
    let possible = Rounding.nearest.contains { !counts.counts($0).isEmpty }
    if printed.prints(value, .truncation) {
      finding.verdict = .withinRounding
      let reason =
        possible
        ? "" : " No count of \(total) prints as \(printed) under rounding to nearest: impossible, were it rounded."
      finding.note =
        "\(events)/\(total) = \(ClaimText.value(value, like: printed)) prints as \(rounded(value, printed)) and as \(printed) by truncation."
        + reason
      return finding
    }
    finding.verdict = possible ? .doesNotReproduce : .impossible
    finding.note =
      "\(events)/\(total) = \(ClaimText.value(value, like: printed)), not \(printed). "
      + remedy(printed, counts, possible)
    return finding
  }

  /// A total without a count: the percentage may be impossible of it, and else nothing is recomputed.
  private func testTotal(_ printed: PrintedNumber, _ counts: PercentageCounts, _ total: Int) -> Finding {
    let possible = counts.counts()
    if possible.isEmpty, counts.counts(.halfEven).isEmpty {
      let truncated = counts.counts(.truncation)
      let note = truncated.first.map { " By truncation \($0)/\(total) would print so." } ?? ""
      return Finding(
        printed: printed, verdict: .impossible, value: 100 * Double(counts.nearest) / Double(total),
        note: remedy(printed, counts, false) + note)
    }
    let text = ClaimText.list(possible.prefix(6).map { "\($0)/\(total)" })
    return Finding(
      printed: printed, verdict: .notEnoughData,
      note: "Missing: the count. \(text) would print as \(printed)\(possible.count == 1 ? ", no other" : "").")
  }

  private func remedy(_ printed: PrintedNumber, _ counts: PercentageCounts, _ isPossible: Bool) -> String {
    let total = counts.total
    if isPossible {
      let text = ClaimText.list(counts.counts().prefix(6).map { "\($0)/\(total)" })
      return "It would need \(text.isEmpty ? "another rounding" : text)."
    }
    let (near, n) = (counts.nearest, Double(total))
    let around = [near - 1, near, near + 1].filter { (0...total).contains($0) }
      .map { "\($0)/\(total) = \(ClaimText.value(100 * Double($0) / n, like: printed))" }
    let totals = counts.nearbyTotals().compactMap { other -> String? in
      guard let count = (try? PercentageCounts(printed, of: other))?.counts().first else { return nil }
      return "\(other) (\(count)/\(other))"
    }
    let smallest = PercentageCounts.smallestTotal(printed).map { "; the smallest is \($0)" } ?? ""
    return "No count of \(total) prints as \(printed) under rounding to nearest (\(ClaimText.list(around))). "
      + "Possible totals near it: \(ClaimText.list(totals))\(smallest)."
  }

  /// The formula's own arithmetic, when a part of it prints as the percentage.
  private func test(_ printed: PrintedNumber, _ literals: [LiteralFormula]) -> Finding? {
    let candidates = literals.map { ($0, $0.value <= 1 ? 100 * $0.value : $0.value) }
    let hit = candidates.first {
      !printed.rules(printing: $1, among: Rounding.nearest, slack: ClaimMatch.slack).isEmpty
    }
    let only = candidates.count == 1 && claim.dataRows.isEmpty ? candidates.first : nil
    guard let (literal, value) = hit ?? only else { return nil }
    let verdict: Verdict =
      hit != nil ? .reproduces : printed.prints(value, .truncation) ? .withinRounding : .doesNotReproduce
    let note =
      "\(literal.text) = \(ClaimText.value(value, like: printed)): the numbers stand in the claim's formula, in no data row."
    return Finding(printed: printed, verdict: verdict, value: value, fraction: literal.text, note: note)
  }

  private func unknown(_ printed: PrintedNumber, _ fraction: Fraction?) -> Finding {
    let missing = fraction == nil ? "counts" : "the number of people"
    let smallest = PercentageCounts.smallestTotal(printed)
    let example = smallest.flatMap { n in (try? PercentageCounts(printed, of: n))?.counts().first.map { "\($0)/\(n)" } }
    let note =
      printed.relation == .equal
      ? "Missing for \(printed): \(missing). The smallest group that can print it: \(example ?? "none up to 10000")."
      : "Missing for \(printed): \(missing)."
    return Finding(printed: printed, verdict: .notEnoughData, note: note)
  }

  private func rounded(_ value: Double, _ printed: PrintedNumber) -> String {
    PrintedNumber(value, decimals: printed.decimals, isPercent: true)?.description
      ?? ClaimText.value(value, like: printed)
  }

  // MARK: - All together

  private func assemble(_ findings: [Finding]) -> JudgedClaim {
    let tested = findings.filter { $0.verdict != .notEnoughData }
    let order: [Verdict] = [.impossible, .doesNotReproduce, .withinRounding, .reproduces]
    let verdict = order.first { wanted in tested.contains { $0.verdict == wanted } } ?? .notEnoughData
    var judged = JudgedClaim(claim, verdict)
    let worst = tested.first { $0.verdict == verdict }
    judged.recomputed = worst?.value
    judged.recomputedText =
      tested.isEmpty
      ? nil : tested.map { f in f.value.map { ClaimText.value($0, like: f.printed) } ?? "—" }.joined(separator: "; ")
    judged.rangeLower = worst?.value
    judged.rangeUpper = worst?.value
    judged.rangeKind = worst == nil ? nil : Recomputation.Basis.exact.text
    judged.formula = tested.isEmpty ? nil : tested.compactMap(\.fraction).joined(separator: "; ")
    judged.notes = findings.compactMap { finding in
      guard !tested.isEmpty, finding.verdict == .notEnoughData else { return finding.note }
      return "\(finding.printed) is not checked: no count is given for it."
    }
    judged.isCircular = claim.isBackSolved && !tested.isEmpty
    return judged
  }
}
