/// Mean, standard deviation and size of one group, with the ways papers print them.
public struct GroupSummary: Sendable, Equatable {
  /// The mean.
  public let mean: Double
  /// The standard deviation.
  public let deviation: Double
  /// Subjects.
  public let size: Double

  /// A group from its mean, standard deviation and size.
  public init(mean: Double, deviation: Double, size: Double) {
    self.mean = mean
    self.deviation = deviation
    self.size = size
  }

  /// A group from the standard error of its mean: SD = se √n. Source: Cochrane Handbook, 6.5.2.2.
  public init(mean: Double, standardError: Double, size: Double) {
    self.init(mean: mean, deviation: standardError * size.squareRoot(), size: size)
  }

  /// Several groups as one, as if their subjects had never been told apart.
  ///
  /// n = Σ nᵢ; mean = Σ nᵢ mᵢ/n; SD² = (Σ (nᵢ − 1) sᵢ² + Σ nᵢ (mᵢ − mean)²)/(n − 1). Exact for any number of groups; `nil`
  /// for none, and for fewer than two subjects. Source: Cochrane Handbook, 6.5.2.10 and table 6.5.a.
  public static func combined(_ groups: [GroupSummary]) -> GroupSummary? {
    var size = 0.0
    var sum = 0.0
    for group in groups {
      size += group.size
      sum += group.size * group.mean
    }
    guard size > 1 else { return nil }
    let mean = sum / size
    var squares = 0.0
    for group in groups {
      squares += (group.size - 1) * square(group.deviation) + group.size * square(group.mean - mean)
    }
    return GroupSummary(mean: mean, deviation: (squares / (size - 1)).squareRoot(), size: size)
  }

  /// Standard deviation of a change: √(s₁² + s₂² − 2 r s₁ s₂). Source: Cochrane Handbook, 6.5.2.8.
  public static func changeDeviation(_ first: Double, _ second: Double, correlation: Double) -> Double {
    (square(first - second) + 2 * (1 - correlation) * first * second).squareRoot()
  }

  /// The correlation that gives a change its standard deviation: (s₁² + s₂² − s²)/(2 s₁ s₂); `nil` when it would not lie
  /// within −1 and 1. Source: Cochrane Handbook, 6.5.2.8.
  public static func changeCorrelation(_ first: Double, _ second: Double, change: Double) -> Double? {
    let r = (first * first + second * second - change * change) / (2 * first * second)
    return abs(r) <= 1 ? r : nil
  }
}
