import NumericCore

extension RiskDifferenceMethod {
  /// Chan–Zhang: exact unconditional limits, from two one-sided tests with the score statistic as the order of tables.
  ///
  /// The lower limit is the smallest δ that the test of δ against larger differences does not reject at (1 − level)/2; its
  /// p-value is the largest probability, over the control risk q, of tables at least as extreme as the one seen. The
  /// upper limit mirrors it. The p-value is not monotone in δ, and an unlikely q may decide it; the outermost δ counts.
  /// Coverage is never below the level. Tables of more than 2000 people are refused: there the score interval is as good
  /// and the cost grows as the square of the size. Counts must be whole.
  /// Source: Chan and Zhang (1999), Biometrics 55:1202.
  public static let exactUnconditional = RiskDifferenceMethod(
    code: "exact", name: "exact unconditional, Chan–Zhang (1999)"
  ) { table, level, _ throws(AbsoluteEffectError) in
    let tail = (1 - level) / 2
    let lower = try UnconditionalTest(table).lowerLimit(tail: tail)
    let upper = -(try UnconditionalTest(table.complement).lowerLimit(tail: tail))
    return ConfidenceLimits(lower: lower, upper: upper)
  }
}

/// The one-sided exact test of a risk difference against larger ones.
///
/// The tables at least as extreme as the one seen are, for each x, those with y ≤ b(x), and b never falls as x grows
/// (Röhmel 2005, Biom J 47:37), so the border is walked in n₁ + n₂ steps and a probability costs as many.
struct UnconditionalTest {
  /// Largest number of people; the cost grows as its square.
  static let limit = 2000
  /// Steps of the first search over δ and over the control risk; the best of each is then refined.
  private static let differences = 64, controlRisks = 80
  /// Two statistics closer than this are a tie, and ties count as extreme.
  private static let tie = 1e-9

  let table: TwoArmCounts
  let n1, n2: Int

  init(_ table: TwoArmCounts) throws(AbsoluteEffectError) {
    let people = table.total1 + table.total2
    guard people <= Double(UnconditionalTest.limit) else {
      throw .tableTooLarge(people: people, limit: UnconditionalTest.limit)
    }
    for (arm, events, total) in [
      ("experimental arm", table.events1, table.total1), ("control arm", table.events2, table.total2),
    ] where events.rounded() != events || total.rounded() != total {
      throw .impossibleCounts(arm: arm + ", which must be whole for an exact interval", events: events, total: total)
    }
    self.table = table
    n1 = Int(table.total1)
    n2 = Int(table.total2)
  }

  /// The smallest δ in −1…d whose p-value is above `tail`: outermost on a grid, then bisected.
  func lowerLimit(tail: Double) throws(AbsoluteEffectError) -> Double {
    let d = table.riskDifference
    if d <= -1 { return -1 }
    let steps = UnconditionalTest.differences
    var outside = -1.0
    var inside = d
    for step in 1..<steps {
      let delta = -1 + (d + 1) * Double(step) / Double(steps)
      if pValue(delta) > tail {
        inside = delta
        break
      }
      outside = delta
    }
    while inside - outside > 1e-10 {
      let middle = 0.5 * (inside + outside)
      if pValue(middle) > tail { inside = middle } else { outside = middle }
    }
    return inside
  }

  /// The largest probability over the control risk of a table at least as extreme as the one seen.
  func pValue(_ delta: Double) -> Double {
    let border = extremeBorder(delta)
    let lower = max(0, -delta)
    let upper = min(1, 1 - delta)
    let probability = TailProbability(n1: n1, n2: n2, border: border)
    // Peaks near the ends are narrow, as those of rare events are: the grid is dense there, even on the arcsine scale.
    let grid = (0...UnconditionalTest.controlRisks).map { step in
      let sine = sin(.pi / 2 * Double(step) / Double(UnconditionalTest.controlRisks))
      return min(lower + (upper - lower) * sine * sine, upper)
    }
    let values = grid.map { probability.value($0 + delta, $0) }
    guard let best = values.indices.max(by: { values[$0] < values[$1] }) else { return 0 }
    let around = Bracket(grid[max(best - 1, 0)], grid[min(best + 1, grid.count - 1)])
    let peak = try? Minimizer.minimum(in: around) { -probability.value($0 + delta, $0) }
    return max(values[best], -(peak?.minimum ?? 0))
  }

  /// For each x from 0 to n₁ the largest y whose table is at least as extreme as the one seen, −1 for none.
  private func extremeBorder(_ delta: Double) -> [Int] {
    let seen = statistic(Int(table.events1), Int(table.events2), delta)
    var border = [Int](repeating: -1, count: n1 + 1)
    var y = n2
    for x in stride(from: n1, through: 0, by: -1) {
      while y >= 0, !(statistic(x, y, delta) >= seen - UnconditionalTest.tie * max(1, abs(seen))) { y -= 1 }
      border[x] = y
      if y < 0 { break }
    }
    return border
  }

  private func statistic(_ x: Int, _ y: Int, _ delta: Double) -> Double {
    if x == Int(table.events1), y == Int(table.events2) { return value(table, delta) }
    guard
      let other = try? TwoArmCounts(
        events1: Double(x), total1: table.total1, events2: Double(y), total2: table.total2)
    else { return .nan }
    return value(other, delta)
  }

  private func value(_ table: TwoArmCounts, _ delta: Double) -> Double {
    let distance = table.riskDifference - delta
    if abs(distance) < 1e-14 { return 0 }
    return distance / RestrictedRisks(table: table).variance(delta).squareRoot()
  }
}
