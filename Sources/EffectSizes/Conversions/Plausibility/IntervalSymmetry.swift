/// Where a printed estimate stands in its interval, as far as the rounding of the digits allows to say.
public enum IntervalSymmetry: Sendable {
  /// In the middle, or as near to it as its digits can show.
  case symmetric
  /// Off the middle by more than rounding.
  case lopsided
  /// Beyond a limit.
  case outside

  /// How far from the middle, in half-widths and beyond rounding, an estimate may stand.
  static let tolerance = 0.1

  /// The place of an estimate in its interval on a scale; `half` is half a unit of the last printed digit.
  public init(estimate: Double, lower: Double, upper: Double, half: Double, scale: Scale) {
    let analysed = { (value: Double) in scale == .log ? log(max(value, .leastNormalMagnitude)) : value }
    let lowestMiddle = 0.5 * (analysed(lower - half) + analysed(upper - half))
    let highestMiddle = 0.5 * (analysed(lower + half) + analysed(upper + half))
    let gap = max(analysed(estimate - half) - highestMiddle, lowestMiddle - analysed(estimate + half), 0)
    let halfWidth = 0.5 * (analysed(upper) - analysed(lower))
    guard gap > IntervalSymmetry.tolerance * halfWidth else {
      self = .symmetric
      return
    }
    self = estimate < lower || estimate > upper ? .outside : .lopsided
  }

  /// What is to be said of it; `nil` of a symmetric one.
  public var finding: String? {
    switch self {
    case .symmetric: nil
    case .lopsided: "the interval is not symmetric about the estimate on its scale beyond rounding; its width was used"
    case .outside: "the estimate lies outside its interval; the interval's width was used"
    }
  }
}
