private import NumericCore

extension GroupSummary {
  /// A group from the confidence interval of its mean: SD = √n (u − l)/(2 t), t the quantile with n − 1 degrees of freedom,
  /// the mean the middle of the interval unless it is given. `nil` for fewer than two subjects or a level outside 0 and 1.
  ///
  /// Source: Cochrane Handbook, 6.5.2.2 (t for every size: for large groups it is the normal quantile).
  public init?(lower: Double, upper: Double, mean: Double = .nan, size: Double, level: Double = 0.95) {
    guard upper >= lower, size > 1, level > 0, level < 1, let law = try? StudentT(degreesOfFreedom: size - 1),
      let t = try? law.quantile(upperTail: (1 - level) / 2)
    else { return nil }
    self.init(
      mean: mean.isNaN ? 0.5 * (lower + upper) : mean, deviation: size.squareRoot() * (upper - lower) / (2 * t),
      size: size)
  }

  /// The t interval of the mean, mean ± t SD/√n with n − 1 degrees of freedom; `nil` for fewer than two subjects or a level
  /// outside 0 and 1.
  public func meanInterval(level: Double = 0.95) -> (lower: Double, upper: Double)? {
    guard size > 1, level > 0, level < 1, let law = try? StudentT(degreesOfFreedom: size - 1),
      let t = try? law.quantile(upperTail: (1 - level) / 2)
    else { return nil }
    let half = t * deviation / size.squareRoot()
    return (mean - half, mean + half)
  }
}
