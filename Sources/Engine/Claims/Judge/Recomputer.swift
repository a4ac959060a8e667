import EffectSizes
import NumericCore

/// All recomputations of a claim's quantity from its data rows, the ones its formula names first.
struct Recomputer {
  let kind: QuantityKind
  let words: FormulaWords
  let level: Double
  let rows: ClaimRows

  /// Group sizes that a row of means may have had.
  struct Sizes {
    var n1: [Int]
    var n2: [Int]
    /// The sizes to begin with.
    let first: (Int, Int)
    let note: String?

    var count: Int { n1.count * n2.count }
  }

  // MARK: - Counts

  func fromCounts(_ tables: [Counts], first: Counts) -> [Recomputation] {
    let named = words.select(countsFormulas, tags: \.tags).compactMap { apply($0, tables, first) }
    // A rule for zero cells that is named and not needed leaves the formula without it.
    return named.isEmpty ? countsFormulas.compactMap { apply($0, tables, first) } : named
  }

  private func apply(_ formula: CountsFormula, _ tables: [Counts], _ first: Counts) -> Recomputation? {
    guard let point = formula.compute(first, level) else { return nil }
    let outcomes = tables.compactMap { formula.compute($0, level)?.enclosed }
    guard let start = outcomes.first else { return nil }
    return Recomputation(
      name: Recomputer.name(formula.name, formula.precision), tags: formula.tags, point: point,
      range: outcomes.dropFirst().reduce(start) { $0.hull($1) },
      basis: tables.count == 1 ? .exact : .exhaustive(tables.count),
      combinations: tables.count == 1 ? [] : outcomes)
  }

  private var countsFormulas: [CountsFormula] {
    switch kind {
    case .riskRatio: CountsFormula.riskRatio
    case .oddsRatio: CountsFormula.oddsRatio
    case .logRiskRatio: CountsFormula.logRiskRatio
    case .logOddsRatio: CountsFormula.logOddsRatio
    case .riskDifference: CountsFormula.riskDifference
    case .numberNeeded: CountsFormula.numberNeeded
    case .standardized: CountsFormula.standardized
    case .chiSquared: CountsFormula.chiSquared
    case .pValue: CountsFormula.pValue
    default: []
    }
  }

  static func name(_ name: String, _ precision: String) -> String { precision.isEmpty ? name : name + "; " + precision }

  // MARK: - Means

  private var meansFormulas: [any MeansFormula] {
    switch kind {
    case .standardized: StandardizedFormula.all
    case .meanDifference: DifferenceFormula.all
    case .t: TTestFormula.all(.t)
    case .f: TTestFormula.all(.f)
    case .pValue: TTestFormula.all(.p)
    default: []
    }
  }

  /// From means and SDs as printed; `sizes` is `nil` when nothing is known of them.
  func fromMeans(_ row: MeansRow, _ sizes: Sizes?) -> [Recomputation] {
    guard row.arms.count == 2, let m1 = row.arms[0].mean, let m2 = row.arms[1].mean else { return [] }
    let deviations = row.arms.map(\.standardDeviation)
    guard let sd1 = deviations[0], let sd2 = deviations[1] else {
      return kind == .meanDifference ? [difference(m1, m2)] : []
    }
    let inputs = [m1, sd1, m2, sd2]
    let sides = inputs.enumerated().map { index, number in
      let set = number.reals(under: Rounding.nearest)
      return Enclosure(index % 2 == 1 ? max(0, set.lower) : set.lower, set.upper)
    }
    let ways = words.select(meansFormulas, tags: { $0.tags })
    let known = ways.compactMap { formula -> Recomputation? in
      formula.needsSizes && sizes == nil
        ? nil : apply(formula, inputs.map(\.value), sides, formula.needsSizes ? sizes : nil)
    }
    return known.isEmpty && kind == .meanDifference ? [difference(m1, m2)] : known
  }

  private func difference(_ m1: PrintedNumber, _ m2: PrintedNumber) -> Recomputation {
    let sets = [m1, m2].map { $0.reals(under: Rounding.nearest) }
    return Recomputation(
      name: "m1 - m2", tags: ["raw"], point: Outcome(m1.value - m2.value),
      range: Outcome(Enclosure(sets[0].lower, sets[0].upper) - Enclosure(sets[1].lower, sets[1].upper)),
      basis: .intervals)
  }

  private func apply(
    _ formula: any MeansFormula, _ values: [Double], _ sides: [Enclosure], _ sizes: Sizes?
  ) -> Recomputation? {
    let level = level
    let first = sizes.map { (Double($0.first.0), Double($0.first.1)) } ?? (.nan, .nan)
    let point = formula.compute(
      GroupMeans(m1: values[0], sd1: values[1], m2: values[2], sd2: values[3], n1: first.0, n2: first.1), level: level)
    guard point.estimate.isFinite else { return nil }
    func outcome(_ n1: Double, _ n2: Double) -> @Sendable ([Enclosure]) -> Outcome<Enclosure> {
      { box in
        formula.compute(
          GroupMeans(m1: box[0], sd1: box[1], m2: box[2], sd2: box[3], n1: n1, n2: n2), level: level)
      }
    }
    let name = Recomputer.name(formula.name, formula.precision)
    guard let sizes, sizes.count > 1 else {
      let evaluate = outcome(first.0, first.1)
      return Recomputation(
        name: name, tags: formula.tags, point: point, range: evaluate(sides), basis: .intervals,
        box: InputBox(sides: sides, evaluate: evaluate))
    }
    var combinations: [Outcome<Enclosure>] = []
    for n1 in sizes.n1 { for n2 in sizes.n2 { combinations.append(outcome(Double(n1), Double(n2))(sides)) } }
    guard let start = combinations.first else { return nil }
    return Recomputation(
      name: name, tags: formula.tags, point: point,
      range: combinations.dropFirst().reduce(start) { $0.hull($1) }, basis: .exhaustive(combinations.count),
      combinations: combinations, assumptions: sizes.note.map { [$0] } ?? [])
  }
}
