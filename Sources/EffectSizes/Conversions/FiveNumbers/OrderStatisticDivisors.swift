/// The widths of the range and of the interquartile range of a normal sample, in standard deviations.
enum OrderStatisticDivisors {
  /// ξ = 2 Φ⁻¹((n − 0.375)/(n + 0.25)), the expected range (Blom 1958; Wan 2014).
  static func range(_ n: Double) -> Double { 2 * normalQuantile((n - 0.375) / (n + 0.25)) }

  /// η = 2 Φ⁻¹((0.75 n − 0.125)/(n + 0.25)), the expected interquartile range (Wan 2014).
  static func quartiles(_ n: Double) -> Double { 2 * normalQuantile((0.75 * n - 0.125) / (n + 0.25)) }
}
