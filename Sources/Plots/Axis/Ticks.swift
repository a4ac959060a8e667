/// Positions of axis ticks at numbers that people like.
public enum Ticks {
  /// Ticks of a linear axis: multiples of 1, 2 or 5 times a power of ten inside [lower, upper], about `count` of them.
  public static func linear(from lower: Double, to upper: Double, count: Int = 5) -> [Double] {
    guard lower.isFinite, upper.isFinite, lower < upper else { return [] }
    let rough = (upper - lower) / Double(max(1, count))
    let exponent = Int((PlotMath.log(rough) / PlotMath.log(10)).rounded(.down))
    let power = PlotMath.powerOfTen(exponent)
    let share = rough / power
    let factor: Double = share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10
    let first = (lower / (factor * power) - 1e-9).rounded(.up)
    let last = (upper / (factor * power) + 1e-9).rounded(.down)
    guard last >= first, last - first < 1000, abs(first) < 1e15, abs(last) < 1e15 else { return [] }
    return (Int(first)...Int(last)).map { step in
      // Dividing by a whole power keeps 0.3 the double nearest to 0.3.
      let units = Double(step) * factor
      return exponent < 0 ? units / PlotMath.powerOfTen(-exponent) : units * power
    }
  }

  /// Ticks of a logarithmic axis inside [lower, upper]: powers of ten over three decades and more, 0.5, 0.67, 0.8, 1,
  /// 1.25, 1.5, 2 close to 1, else 1-2-5 steps; always with `null` when it lies inside.
  ///
  /// Where the range is too narrow for three steps, the ticks are those of a linear axis.
  public static func logarithmic(from lower: Double, to upper: Double, null: Double? = 1) -> [Double] {
    guard lower > 0, lower < upper, upper.isFinite else { return [] }
    let decades = (PlotMath.log(upper) - PlotMath.log(lower)) / PlotMath.log(10)
    var ticks: [Double]
    if decades >= 3.2 {
      ticks = ladder([1], from: lower, to: upper, every: max(1, Int((decades / 7).rounded(.up))))
    } else {
      let fine =
        lower >= 0.35 && upper <= 2.9 ? [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2].filter { inside($0, lower, upper) } : []
      let coarse = ladder([1, 2, 5], from: lower, to: upper, every: 1)
      let middle = ladder([1, 1.5, 2, 3, 5, 7], from: lower, to: upper, every: 1)
      let candidates = [fine, coarse, middle]
      ticks = candidates.first { $0.count >= 3 } ?? linear(from: lower, to: upper, count: 4).filter { $0 > 0 }
    }
    if let null, inside(null, lower, upper), !ticks.contains(null) { ticks = (ticks + [null]).sorted() }
    return ticks
  }

  private static func ladder(_ steps: [Double], from lower: Double, to upper: Double, every: Int) -> [Double] {
    let first = Int((PlotMath.log(lower) / PlotMath.log(10)).rounded(.down))
    let last = Int((PlotMath.log(upper) / PlotMath.log(10)).rounded(.up))
    var ticks: [Double] = []
    for exponent in first...last where exponent % every == 0 {
      for step in steps {
        let tick =
          exponent < 0 ? step / PlotMath.powerOfTen(-exponent) : step * PlotMath.powerOfTen(exponent)
        if inside(tick, lower, upper) { ticks.append(tick) }
      }
    }
    return ticks
  }

  private static func inside(_ value: Double, _ lower: Double, _ upper: Double) -> Bool {
    value >= lower * (1 - 1e-9) && value <= upper * (1 + 1e-9)
  }

  /// The ticks as printed: all with the decimals that the finest needs; very large and very small ones as powers of ten.
  public static func labels(_ ticks: [Double], logarithmic: Bool) -> [String] {
    if logarithmic {
      return ticks.map { tick in
        if tick >= 1e6 || tick < 1e-4 { return power(tick) }
        return DecimalText(digits: DecimalText.decimals(for: [tick], limit: 6)).text(tick)
      }
    }
    if ticks.contains(where: { abs($0) >= 1e7 })
      || ticks.allSatisfy({ abs($0) < 1e-5 }) && ticks.contains(where: { $0 != 0 })
    {
      return ticks.map { $0 == 0 ? "0" : power($0) }
    }
    let format = DecimalText(digits: DecimalText.decimals(for: ticks, limit: 7))
    return ticks.map { format.text($0) }
  }

  private static func power(_ value: Double) -> String {
    for significant in 1...4 {
      let text = DecimalText(digits: 0).scientific(value, significant: significant)
      let mantissa = text.prefix { $0 != "×" }
      let exact = DecimalText(digits: 0).scientific(value, significant: 12).prefix { $0 != "×" }
      if exact.hasPrefix(mantissa), exact.dropFirst(mantissa.count).allSatisfy({ $0 == "0" || $0 == "." }) {
        return mantissa == "1" ? String(text.dropFirst(2)) : text
      }
    }
    return DecimalText(digits: 0).scientific(value, significant: 4)
  }
}
