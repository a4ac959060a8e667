import NumericCore

/// Judges pooled estimates against the rows they were pooled from.
struct PooledJudge {
  let claim: Claim
  let measure: String
  let rows: ClaimRows
  let level: Double

  func judge(_ statement: PrintedStatement, _ quantity: PrintedQuantity) -> JudgedClaim {
    guard claim.dataRows.count > 0 else {
      return JudgedClaim(claim, .notEnoughData, notes: ["Missing: the rows that were pooled."])
    }
    if let studies = statement.fact("studies"), Int(studies.value) > claim.dataRows.count {
      return JudgedClaim(
        claim, .notEnoughData,
        notes: [
          "The text pools \(studies) studies; the data rows are \(claim.dataRows.count) (\(claim.dataRows.joined(separator: ", "))). Missing: the others."
        ])
    }
    guard let data = data() else {
      return JudgedClaim(
        claim, .notEnoughData,
        notes: [
          "Missing: complete counts, or means, SDs and sizes, in every one of the rows \(claim.dataRows.joined(separator: ", "))."
        ])
    }
    let words = FormulaWords(claim.formula)
    let isOfCounts: Bool = if case .counts = data { true } else { false }
    let ways = words.select(PooledFormula.all(measure: measure, ofCounts: isOfCounts), tags: \.tags)
    let matches = ways.compactMap { way -> (ClaimMatch, PooledFormula.Result)? in
      guard let (recomputation, result) = recompute(way, data) else { return nil }
      return (ClaimMatch(quantity, recomputation, kind: .pooled(measure)), result)
    }
    guard let best = matches.enumerated().min(by: { ranked($0.element.0, $0.offset) < ranked($1.element.0, $1.offset) })
    else {
      return JudgedClaim(claim, .notEnoughData, notes: ["\(measure) cannot be pooled from these rows."])
    }
    return judged(best.element.0, best.element.1, statement, data, tried: ways.count)
  }

  private func ranked(_ match: ClaimMatch, _ index: Int) -> (Int, Double, Int) {
    (match.grade.rawValue, match.grade == .fails ? match.distance : 0, index)
  }

  private func data() -> PooledFormula.Data? {
    let tables = claim.dataRows.compactMap { rows.counts[$0]?.table }
    if tables.count == claim.dataRows.count { return .counts(tables) }
    let groups = claim.dataRows.compactMap { rows.means[$0].flatMap(PooledJudge.groups) }
    return groups.count == claim.dataRows.count ? .means(groups) : nil
  }

  private static func groups(_ row: MeansRow) -> GroupMeans<Double>? {
    guard row.arms.count == 2, let m1 = row.arms[0].mean, let sd1 = row.arms[0].standardDeviation,
      let n1 = row.arms[0].n,
      let m2 = row.arms[1].mean, let sd2 = row.arms[1].standardDeviation, let n2 = row.arms[1].n
    else { return nil }
    return GroupMeans(
      m1: m1.value, sd1: sd1.value, m2: m2.value, sd2: sd2.value, n1: Double(n1), n2: Double(n2))
  }

  /// From counts exactly; from means at the printed values, and at the corners that move each row alone for the range.
  private func recompute(_ way: PooledFormula, _ data: PooledFormula.Data) -> (Recomputation, PooledFormula.Result)? {
    guard let result = way.fit(data, level: level) else { return nil }
    guard case .means(let groups) = data else {
      return (
        Recomputation(
          name: way.name, tags: way.tags, point: result.outcome, range: result.outcome.enclosed, basis: .exact),
        result
      )
    }
    var range = result.outcome.enclosed
    var count = 1
    for shifted in shifts(groups) {
      guard let other = way.fit(.means(shifted), level: level) else { continue }
      range = range.hull(other.outcome.enclosed)
      count += 1
    }
    return (
      Recomputation(name: way.name, tags: way.tags, point: result.outcome, range: range, basis: .sampled(count)), result
    )
  }

  /// The rows with all differences moved to one end of their rounding, SDs to either end, and each row alone likewise.
  private func shifts(_ groups: [GroupMeans<Double>]) -> [[GroupMeans<Double>]] {
    func ends(_ index: Int) -> [GroupMeans<Double>] {
      guard let row = rows.means[claim.dataRows[index]], row.arms.count == 2 else { return [] }
      let half = row.arms.map { (($0.mean?.unit ?? 0) / 2, ($0.standardDeviation?.unit ?? 0) / 2) }
      let g = groups[index]
      return [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)].map { mean, deviation in
        GroupMeans(
          m1: g.m1 + mean * half[0].0, sd1: max(0, g.sd1 + deviation * half[0].1), m2: g.m2 - mean * half[1].0,
          sd2: max(0, g.sd2 + deviation * half[1].1), n1: g.n1, n2: g.n2)
      }
    }
    let corners = groups.indices.map(ends)
    var all = (0..<4).map { end in groups.indices.map { corners[$0].isEmpty ? groups[$0] : corners[$0][end] } }
    for index in groups.indices {
      for corner in corners[index] {
        var one = groups
        one[index] = corner
        all.append(one)
      }
    }
    return all
  }

  private func judged(
    _ match: ClaimMatch, _ result: PooledFormula.Result, _ statement: PrintedStatement, _ data: PooledFormula.Data,
    tried: Int
  ) -> JudgedClaim {
    var judged = QuantityJudge.judgement(claim, match)
    var failures: [String] = []
    func check(_ name: String, _ printed: PrintedNumber?, _ value: Double?) {
      guard let printed, let value else { return }
      if printed.rules(printing: value, among: Rounding.nearest, slack: 1e-9).isEmpty {
        failures.append("\(name) is \(ClaimText.value(value, like: printed)), not \(printed)")
      } else {
        judged.notes.append("\(name) \(printed) agrees.")
      }
    }
    check("The number of studies", statement.fact("studies"), Double(claim.dataRows.count))
    check("The number of people", statement.fact("people"), people(data))
    check("I²", statement.fact("I2"), result.iSquared)
    check("tau²", statement.fact("tau2"), result.tauSquared)
    if !failures.isEmpty {
      judged.notes.append(failures.map { $0 + "." }.joined(separator: " "))
      judged.verdict = .doesNotReproduce
    }
    if match.grade == .fails {
      judged.notes.append(
        "None of \(tried) ways of pooling prints it (method, inference); the nearest is shown. Another set of rows or another model is needed."
      )
    }
    return judged
  }

  private func people(_ data: PooledFormula.Data) -> Double {
    switch data {
    case .counts(let tables): tables.reduce(0) { $0 + $1.total }
    case .means(let groups): groups.reduce(0) { $0 + $1.n1 + $1.n2 }
    }
  }
}
