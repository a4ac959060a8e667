import NumericCore

/// Recomputes claims and says what each is worth.
///
/// - Numbers from counts are exact. Numbers from means carry the rounding of every printed input by interval arithmetic,
///   and "within rounding" is said only when a search of the inputs' sets finds values that print all stated numbers at once
///   or cannot exclude them.
/// - Agreement with another text is never `reproduces`: nothing was recomputed.
public struct ClaimJudge: Sendable {
  private let rows: ClaimRows
  /// Coverage of intervals, unless the text names another.
  public let level: Double

  /// A judge with the data of a claims file.
  public init(_ file: ClaimsFile, level: Double = 0.95) {
    rows = file.rows
    self.level = level
  }

  /// The verdict on a claim.
  public func judge(_ claim: Claim) -> JudgedClaim {
    var judged = verdict(claim)
    if judged.verdict != .notEnoughData || judged.recomputed != nil { judged.notes += basisNotes(claim, judged) }
    return judged
  }

  private func verdict(_ claim: Claim) -> JudgedClaim {
    let statement = PrintedStatement(claim.stated)
    let kind = QuantityKind(claim.quantityKind, label: statement.quantities.first?.label)
    guard let quantity = statement.quantities.first else { return withoutNumber(claim, kind) }
    switch kind {
    case .text:
      return JudgedClaim(
        claim, .notEnoughData, notes: [textReason(claim)])
    case .count, .mean: return PrimaryDataJudge(claim: claim, kind: kind, rows: rows).judge(statement)
    case .percent:
      return PercentJudge(claim: claim, rows: rows).judge()
        ?? JudgedClaim(claim, .notEnoughData, notes: ["No percentage is printed."])
    case .pooled(let measure):
      let pooled = PooledJudge(claim: claim, measure: measure, rows: rows, level: level).judge(statement, quantity)
      guard pooled.verdict == .notEnoughData, claim.dataRows.isEmpty,
        let own = InternalJudge(claim: claim, kind: kind, statement: statement).judge(quantity)
      else { return pooled }
      return own.verdict == .notEnoughData ? own.adding(pooled.notes) : own
    default: return comparison(claim, kind, statement, quantity)
    }
  }

  /// Effect sizes and tests: from the data rows, else from the formula's own numbers, else from the statement itself.
  private func comparison(
    _ claim: Claim, _ kind: QuantityKind, _ statement: PrintedStatement, _ quantity: PrintedQuantity
  ) -> JudgedClaim {
    let own = InternalJudge(claim: claim, kind: kind, statement: statement)
    let literals = LiteralFormula.parts(of: claim.formula, printed: statement.quantities.map(\.estimate))
    if isAdjusted(claim), literals.isEmpty { return adjusted(claim, kind, quantity, own) }
    if statement.join == .span {
      return JudgedClaim(
        claim, .notEnoughData, notes: ["A span of values is printed, no single one. Missing: the values it spans."])
    }
    let byRows = QuantityJudge(claim: claim, kind: kind, rows: rows, level: level)
    if let judged = byRows.judge(quantity) { return judged.adding(literalNotes(literals, quantity)) }
    if let judged = own.judge(quantity), judged.verdict != .notEnoughData { return judged }
    if let judged = fromLiterals(claim, kind, quantity, literals) { return judged }
    return own.judge(quantity)?.adding([missing(claim, kind)])
      ?? JudgedClaim(claim, .notEnoughData, notes: [missing(claim, kind)])
  }

  private func withoutNumber(_ claim: Claim, _ kind: QuantityKind) -> JudgedClaim {
    if let judged = QuantityJudge(claim: claim, kind: kind, rows: rows, level: level).reference() { return judged }
    return JudgedClaim(claim, .notEnoughData, notes: ["No number is printed."])
  }

  // MARK: - Formulas of literal numbers

  private func fromLiterals(
    _ claim: Claim, _ kind: QuantityKind, _ quantity: PrintedQuantity, _ literals: [LiteralFormula]
  ) -> JudgedClaim? {
    let ways = literals.map { literal in
      Recomputation(
        name: literal.text, tags: [], point: Outcome(literal.value), range: Outcome(literal.range), basis: .literal)
    }
    guard let best = QuantityJudge.best(quantity, ways, kind) else { return nil }
    var judged = QuantityJudge.judgement(claim, best)
    judged.notes.append("The numbers stand in the claim's formula; no data row gives the quantity.")
    if isAdjusted(claim) {
      judged.notes.append("The stated estimate is adjusted, by a model that raw means need not equal.")
    }
    return judged
  }

  /// A formula's own arithmetic beside the recomputation from the rows.
  private func literalNotes(_ literals: [LiteralFormula], _ quantity: PrintedQuantity) -> [String] {
    literals.prefix(1).filter { !$0.text.contains { $0.isLetter && !"sqrtlnexpabog".contains($0) } }.map {
      "By the formula's own numbers, \($0.text) = \(ClaimText.value($0.value, like: quantity.estimate))."
    }
  }

  // MARK: - What is missing

  private func isAdjusted(_ claim: Claim) -> Bool {
    claim.dataRows.contains { rows.means[$0]?.isAdjusted ?? false }
      || ["adjusted", "mixed model"].contains { claim.formula.lowercased().contains($0) }
  }

  private func adjusted(
    _ claim: Claim, _ kind: QuantityKind, _ quantity: PrintedQuantity, _ own: InternalJudge
  ) -> JudgedClaim {
    var judged = own.judge(quantity) ?? JudgedClaim(claim, .notEnoughData)
    guard judged.verdict == .notEnoughData else { return judged }
    judged.notes.append("The stated estimate is adjusted by a model. Missing: the model and its data.")
    let ways = QuantityJudge(claim: claim, kind: kind, rows: rows, level: level).recomputations(level: level)
    if let raw = ways.first {
      judged.notes.append(
        "The raw value, which it need not equal, is \(ClaimText.value(raw.point.estimate, like: quantity.estimate)).")
    }
    return judged
  }

  private func missing(_ claim: Claim, _ kind: QuantityKind) -> String {
    let named = claim.dataRows
    if named.isEmpty { return "Missing: data of the two groups." }
    if let row = named.lazy.compactMap({ rows.means[$0] }).first {
      var lacks: [String] = []
      for (index, arm) in row.arms.enumerated() {
        let group = index == 0 ? "first" : "second"
        if arm.mean == nil { lacks.append("mean of the \(group) group") }
        if arm.standardDeviation == nil { lacks.append("SD of the \(group) group") }
        if arm.n == nil { lacks.append("size of the \(group) group") }
      }
      return lacks.isEmpty
        ? "A \(claim.quantityKind) cannot be computed from means."
        : "Missing in row \(row.id): \(ClaimText.list(lacks))."
    }
    if let row = named.lazy.compactMap({ rows.counts[$0] }).first, row.table == nil {
      return "Missing in row \(row.id): counts or totals of both groups."
    }
    return "A \(claim.quantityKind) cannot be computed from these rows."
  }

  private func textReason(_ claim: Claim) -> String {
    claim.dataBasis.lowercased().contains("text match")
      ? "Agreement with another text is no recomputation: there are no data behind the statement."
      : "The statement is no number that data could give."
  }

  private func basisNotes(_ claim: Claim, _ judged: JudgedClaim) -> [String] {
    let basis = claim.dataBasis.lowercased()
    if FormulaWords(claim.formula).isBackSolved || judged.isCircular {
      return [
        "Circular: the counts were worked out from this very number, so this checks the arithmetic, not the data."
      ]
    }
    if claim.isBackSolved { return ["The counts were worked out from printed percentages."] }
    if basis.contains("recalled") { return ["The data are recalled, not read in a source."] }
    return []
  }
}

extension JudgedClaim {
  /// The same with further notes.
  func adding(_ notes: [String]) -> JudgedClaim {
    var result = self
    result.notes += notes.filter { !self.notes.contains($0) }
    return result
  }
}
