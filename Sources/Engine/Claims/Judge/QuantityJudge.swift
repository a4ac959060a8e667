import NumericCore

/// Judges effect sizes, tests and p-values of one comparison against counts or means.
struct QuantityJudge {
  let claim: Claim
  let kind: QuantityKind
  let rows: ClaimRows
  let level: Double
  private let words: FormulaWords

  init(claim: Claim, kind: QuantityKind, rows: ClaimRows, level: Double) {
    self.claim = claim
    self.kind = kind
    self.rows = rows
    self.level = level
    words = FormulaWords(claim.formula)
  }

  /// The verdict on a stated quantity; `nil` when no data row gives it, so that other evidence may be looked for.
  func judge(_ quantity: PrintedQuantity) -> JudgedClaim? {
    let ways = recomputations(level: quantity.interval?.level ?? level)
    guard let nearest = QuantityJudge.best(quantity, ways, kind) else { return nil }
    // Where no formula fits, the first, which is the usual one or the one named, speaks; the others are listed.
    let usual = QuantityJudge.best(quantity, Array(ways.prefix(1)), kind)
    let best = nearest.grade == .fails ? usual ?? nearest : nearest
    var judged = QuantityJudge.judgement(claim, best)
    if best.recomputation.isTurned {
      judged.notes.append("The sign is that of the second group minus the first.")
    }
    judged.notes += best.recomputation.assumptions
    if best.grade == .withinRange, case .exhaustive = best.recomputation.basis, !best.recomputation.assumptions.isEmpty
    {
      judged.verdict = .notEnoughData
      judged.notes.append("Some of these sizes print it and others do not. Missing: the sizes analysed.")
    }
    if best.grade == .fails {
      judged.notes += otherWays(ways, quantity)
      judged.notes += Remedies(kind: kind, quantity: quantity, match: best, judge: self).sentences
    }
    if let note = starNote(quantity, best) { judged.notes.append(note) }
    return judged
  }

  /// The value without a stated one to test it against.
  func reference() -> JudgedClaim? {
    guard let first = recomputations(level: level).first else { return nil }
    var judged = JudgedClaim(
      claim, .notEnoughData, notes: ["No number is printed; the value from the data is given for reference."])
    judged.recomputed = first.point.estimate
    var text = ClaimText.significant(first.point.estimate)
    if let lower = first.point.lower, let upper = first.point.upper {
      text += " [\(ClaimText.significant(lower)), \(ClaimText.significant(upper))]"
    }
    judged.recomputedText = text
    judged.rangeLower = first.range.estimate.lower
    judged.rangeUpper = first.range.estimate.upper
    judged.rangeKind = first.basis.text
    judged.formula = first.name
    return judged
  }

  // MARK: - Recomputing

  func recomputations(level: Double) -> [Recomputation] {
    let recomputer = Recomputer(kind: kind, words: words, level: level, rows: rows)
    let means = claim.dataRows.compactMap { rows.means[$0] }
    if means.count == 2, means.count { $0.isBaseline } == 1, means[0].scale == means[1].scale {
      let before = means[0].isBaseline ? means[0] : means[1]
      let after = means[0].isBaseline ? means[1] : means[0]
      return ChangeScores.recomputations(before, after, kind, words)
    }
    guard claim.dataRows.count == 1 else { return [] }
    if let row = means.first { return recomputer.fromMeans(row, sizes(row)) }
    guard let row = claim.dataRows.first.flatMap({ rows.counts[$0] }) else { return [] }
    let tables = tables(row)
    guard let first = tables.first else { return [] }
    return recomputer.fromCounts(tables, first: first)
  }

  /// The table of a row, or all tables that its printed percentages allow when it has totals without counts, the likeliest
  /// counts first.
  func tables(_ row: CountsRow) -> [Counts] {
    if let table = row.table { return [table] }
    guard row.arms.count == 2, let n1 = row.arms[0].total, let n2 = row.arms[1].total else { return [] }
    let choices = row.arms.map { arm -> [Int] in
      if let events = arm.events { return [events] }
      guard let percent = arm.percent, let total = arm.total, let counts = try? PercentageCounts(percent, of: total)
      else {
        return []
      }
      let possible = counts.counts()
      return possible.contains(counts.nearest) ? [counts.nearest] + possible.filter { $0 != counts.nearest } : possible
    }
    return choices[0].flatMap { a in
      choices[1].map { c in
        Counts(events1: Double(a), n1: Double(n1), events2: Double(c), n2: Double(n2))
      }
    }
  }

  /// Sizes of a row of means: its own, else those the formula or the trial names as an upper bound, of which at least half
  /// were analysed.
  func sizes(_ row: MeansRow) -> Recomputer.Sizes? {
    if let n1 = row.arms.first?.n, let n2 = row.arms.last?.n {
      return n1 + n2 > 2 && n1 > 0 && n2 > 0 ? Recomputer.Sizes(n1: [n1], n2: [n2], first: (n1, n2), note: nil) : nil
    }
    let trial = rows.trials[row.trial]
    guard let n1 = words.sizes?.n1 ?? trial?.n1, let n2 = words.sizes?.n2 ?? trial?.n2, n1 > 2, n2 > 2,
      n1 * n2 < 400_000
    else { return nil }
    return Recomputer.Sizes(
      n1: Array(max(2, (n1 + 1) / 2)...n1), n2: Array(max(2, (n2 + 1) / 2)...n2), first: (n1, n2),
      note: "Sizes are not given: \(n1)/\(n2) is used, and the range is over all splits of at least half of each group."
    )
  }

  // MARK: - Choosing

  /// What the other formulas give, when none prints the number.
  private func otherWays(_ ways: [Recomputation], _ quantity: PrintedQuantity) -> [String] {
    var seen: [String] = []
    let values = ways.compactMap { way -> String? in
      let name = way.name.components(separatedBy: "; ")[0]
      guard !seen.contains(name) else { return nil }
      seen.append(name)
      let value = kind.isSigned ? abs(way.point.estimate) : way.point.estimate
      return "\(name) \(ClaimText.value(value, like: quantity.estimate))"
    }
    guard values.count > 1 else { return [] }
    return [
      "No formula prints it: \(ClaimText.list(Array(values.prefix(8)))).\(kind.isSigned ? " (Signs left out.)" : "")"
    ]
  }

  /// The recomputation that fits best: by grade, then in the order of the formulas; the nearest when none fits.
  static func best(_ quantity: PrintedQuantity, _ ways: [Recomputation], _ kind: QuantityKind) -> ClaimMatch? {
    var candidates: [(ClaimMatch, Int)] = []
    var seen: Set<String> = []
    let isBare = quantity.interval == nil && quantity.spread == nil && quantity.p == nil
    for (index, way) in ways.enumerated() {
      // Formulas that differ in their intervals alone are one where no interval is stated.
      if isBare, !seen.insert(way.name.components(separatedBy: "; ")[0]).inserted { continue }
      candidates.append((ClaimMatch(quantity, way, kind: kind), index))
      if kind.isSigned { candidates.append((ClaimMatch(quantity, way.negated, kind: kind), ways.count + index)) }
    }
    return candidates.min { a, b in
      let (x, y) = (key(a.0), key(b.0))
      return x == y ? a.1 < b.1 : x < y
    }?.0
  }

  private static func key(_ match: ClaimMatch) -> (Int, Double) {
    (match.grade.rawValue, match.grade == .fails ? match.distance : 0)
  }

  // MARK: - Words

  /// Verdict and texts of a match.
  static func judgement(_ claim: Claim, _ match: ClaimMatch) -> JudgedClaim {
    let verdict: Verdict =
      switch match.grade {
      case .reproduces: .reproduces
      case .withinRange, .truncated: .withinRounding
      case .fails: .doesNotReproduce
      }
    var judged = JudgedClaim(claim, verdict)
    let way = match.recomputation
    judged.recomputed = way.point.estimate
    judged.recomputedText = ClaimText.outcome(match)
    judged.rangeLower = way.range.estimate.lower
    judged.rangeUpper = way.range.estimate.upper
    if way.basis == .exact || way.basis == .literal && way.range.estimate.width < 1e-9 {
      judged.rangeLower = way.point.estimate
      judged.rangeUpper = way.point.estimate
    }
    judged.rangeKind = way.basis.text
    judged.formula = match.parts.count > 1 ? way.name : way.name.components(separatedBy: "; ")[0]
    judged.notes = gradeNotes(match)
    if !match.unchecked.isEmpty { judged.notes.append("Not checked: \(ClaimText.list(match.unchecked)).") }
    return judged
  }

  private static func gradeNotes(_ match: ClaimMatch) -> [String] {
    let wrong = match.parts.filter {
      $0.printed.rules(printing: $0.value, among: Rounding.nearest, slack: ClaimMatch.slack).isEmpty
    }
    switch match.grade {
    case .reproduces:
      return wrong.isEmpty
        ? [] : wrong.map { "\(ClaimText.value($0.value, like: $0.printed)) is rounded up to \($0.printed)." }
    case .withinRange:
      return wrong.map {
        "From the data as printed the \($0.name) is \(ClaimText.value($0.value, like: $0.printed)); their rounding allows \(ClaimText.range($0.range, like: $0.printed)), which holds \($0.printed)."
      }
    case .truncated:
      return wrong.map {
        "The \($0.name) is \(ClaimText.value($0.value, like: $0.printed)), which prints as \($0.printed) by truncation, not by rounding to nearest."
      }
    case .fails:
      return wrong.map { part in
        let set = part.printed.reals(under: Rounding.nearest)
        let range = part.range
        let gap = max(set.lower - range.upper, range.lower - set.upper, 0)
        let off = abs(part.value - part.printed.value)
        let near =
          gap > 0 && range.width > 1e-9 * abs(part.value)
          ? "; the inputs' rounding allows \(ClaimText.range(range, like: part.printed))" : ""
        return
          "The \(part.name) nearest to \(part.printed) is \(ClaimText.value(part.value, like: part.printed)), off by \(ClaimText.significant(off))\(near)."
      }
    }
  }

  /// A star that the recomputed p-value does not earn.
  private func starNote(_ quantity: PrintedQuantity, _ match: ClaimMatch) -> String? {
    guard quantity.estimate.stars > 0, let p = match.recomputation.point.p, p >= 0.05 else { return nil }
    return "The number is starred, but its two-sided p is \(ClaimText.p(p))."
  }
}
