/// Judges numbers that are data themselves: counts, means with their SDs. Nothing computes them; they can only be
/// contradicted, by the row that ought to hold them or by the arithmetic of whole numbers.
struct PrimaryDataJudge {
  let claim: Claim
  let kind: QuantityKind
  let rows: ClaimRows

  func judge(_ statement: PrintedStatement) -> JudgedClaim {
    let cells = self.cells
    let stated = statement.quantities.flatMap { quantity -> [PrintedNumber] in
      [quantity.estimate] + (kind == .mean ? [quantity.spread?.number].compactMap { $0 } : [])
    }
    if let judged = granularity(statement) { return judged }
    guard !cells.isEmpty else { return JudgedClaim(claim, .notEnoughData, notes: [missing(stated)]) }
    let strangers = stated.filter { number in
      !cells.contains { $0.asProportion.reals(.halfUp).meets(number.asProportion.reals(.halfUp)) }
    }
    let row = claim.dataRows.joined(separator: ", ")
    if strangers.isEmpty {
      return JudgedClaim(
        claim, .notEnoughData,
        notes: ["The numbers are primary data, equal to those of row \(row): there is nothing to recompute."])
    }
    var judged = JudgedClaim(
      claim, .doesNotReproduce,
      notes: [
        "\(ClaimText.list(strangers.map(\.description))) is not in row \(row), which holds \(ClaimText.list(cells.map(\.description)))."
      ])
    judged.recomputed = cells.first?.value
    return judged
  }

  /// Cells of the rows that the statement may repeat.
  private var cells: [PrintedNumber] {
    let experimental = claim.dataRows.lazy.compactMap { rows.counts[$0]?.experimental ?? rows.means[$0]?.experimental }
      .first
    let trial = claim.dataRows.lazy.compactMap { rows.means[$0]?.trial ?? rows.counts[$0]?.trial }.first ?? claim.trial
    let finder = ArmFinder(experimental: experimental ?? "", controlWords: rows.trials[trial]?.controlWords ?? [])
    let groups = finder.groups(claim.arms) ?? [0, 1]
    func whole(_ count: Int?) -> PrintedNumber? { count.map { PrintedNumber(significand: UInt64($0), decimals: 0) } }
    var cells: [PrintedNumber?] = []
    for id in claim.dataRows {
      if let row = rows.means[id] {
        for arm in row.arms.indices where kind != .mean || groups.contains(arm) {
          cells += kind == .mean ? [row.arms[arm].mean, row.arms[arm].standardDeviation] : [whole(row.arms[arm].n)]
        }
      }
      if let row = rows.counts[id], kind == .count {
        cells += row.arms.flatMap { [whole($0.events), whole($0.total)] }
      }
    }
    return cells.compactMap { $0 }
  }

  private func missing(_ stated: [PrintedNumber]) -> String {
    let isText = claim.dataBasis.lowercased().contains("text match")
    let equal = rows.trials[claim.trial]?.total.flatMap { total in
      stated.contains { $0.value == Double(total) } ? "It equals the size that the table of trials gives." : nil
    }
    let reason =
      isText
      ? "Agreement with another text is no recomputation: there are no data behind the number."
      : "Missing: data to recompute it from."
    return [reason, equal].compactMap { $0 }.joined(separator: " ")
  }

  /// GRIM and GRIMMER, when the claim says that values are whole numbers.
  private func granularity(_ statement: PrintedStatement) -> JudgedClaim? {
    guard kind == .mean, let items = claim.items, let quantity = statement.quantities.first, let n = size(statement)
    else {
      return nil
    }
    guard let grim = try? GRIM(mean: quantity.estimate, n: n, items: items) else { return nil }
    let unit = items == 1 ? "whole numbers" : "means of \(items) whole-numbered items"
    if !grim.isPossible() {
      return JudgedClaim(
        claim, .impossible,
        notes: ["GRIM: no total of \(n) people's \(unit) has the mean \(quantity.estimate)."])
    }
    if let sd = quantity.spread?.number,
      let grimmer = try? GRIMMER(mean: quantity.estimate, standardDeviation: sd, n: n, items: items),
      !grimmer.isPossible()
    {
      return JudgedClaim(
        claim, .impossible,
        notes: ["GRIMMER: no \(n) people's \(unit) have the mean \(quantity.estimate) and the SD \(sd)."])
    }
    return nil
  }

  private func size(_ statement: PrintedStatement) -> Int? {
    if let n = statement.fact("n") { return Int(n.value) }
    guard let row = claim.dataRows.lazy.compactMap({ rows.means[$0] }).first else { return nil }
    let finder = ArmFinder(experimental: row.experimental, controlWords: rows.trials[row.trial]?.controlWords ?? [])
    guard let group = finder.groups(claim.arms)?.first else { return nil }
    return row.arms.indices.contains(group) ? row.arms[group].n : nil
  }
}
