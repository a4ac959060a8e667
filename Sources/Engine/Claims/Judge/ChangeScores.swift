import NumericCore

/// A difference between groups in their change from a first row of means to a second.
enum ChangeScores {
  /// What the difference of changes is divided by.
  private enum Standardizer: CaseIterable {
    case none, before, after

    var name: String {
      switch self {
      case .none: "difference between the groups' changes"
      case .before: "difference between the groups' changes over the pooled SD before"
      case .after: "difference between the groups' changes over the pooled SD after"
      }
    }
  }

  /// Recomputations from two rows of one scale, the first the baseline: (m₁post − m₁pre) − (m₂post − m₂pre), raw, or over the
  /// pooled SD before (Morris 2008, d_ppc2 without its small-sample factor) or after.
  static func recomputations(_ before: MeansRow, _ after: MeansRow, _ kind: QuantityKind, _ words: FormulaWords)
    -> [Recomputation]
  {
    let printed = [before, after].flatMap { row in row.arms.flatMap { [$0.mean, $0.standardDeviation] } }
    let numbers = printed.compactMap { $0 }
    guard numbers.count == 8, kind == .standardized || kind == .meanDifference else { return [] }
    let sides = numbers.enumerated().map { index, number in
      let set = number.reals(under: Rounding.nearest)
      return Enclosure(index % 2 == 1 ? max(0, set.lower) : set.lower, set.upper)
    }
    let ways: [Standardizer] = kind == .meanDifference ? [.none] : [.before, .after]
    return ways.compactMap { way in
      let row = way == .after ? after : before
      let sizes = row.arms.compactMap(\.n)
      guard way == .none || sizes.count == 2 else { return nil }
      let (n1, n2) = way == .none ? (.nan, .nan) : (Double(sizes[0]), Double(sizes[1]))
      @Sendable func evaluate(_ box: [Enclosure]) -> Outcome<Enclosure> {
        compute(box, standardizer: way == .none ? nil : way == .before ? 0 : 4, n1, n2)
      }
      let point = compute(numbers.map(\.value), standardizer: way == .none ? nil : way == .before ? 0 : 4, n1, n2)
      return Recomputation(
        name: way.name, tags: ["change"], point: point, range: evaluate(sides), basis: .intervals,
        box: InputBox(sides: sides, evaluate: evaluate))
    }
  }

  /// Inputs in the order m₁ s₁ m₂ s₂ before, then after; `standardizer` is where the SDs to pool begin.
  private static func compute<Number: RealArithmetic>(
    _ x: [Number], standardizer: Int?, _ n1: Double, _ n2: Double
  ) -> Outcome<Number> {
    let change = (x[4] - x[0]) - (x[6] - x[2])
    guard let start = standardizer else { return Outcome(change) }
    let groups = GroupMeans(m1: x[start], sd1: x[start + 1], m2: x[start + 2], sd2: x[start + 3], n1: n1, n2: n2)
    return Outcome(change / groups.pooledVariance.squareRoot)
  }
}
