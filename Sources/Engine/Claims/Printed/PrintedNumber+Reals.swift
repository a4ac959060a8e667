extension PrintedNumber {
  /// All real numbers that print as this under a rule, in the number's own unit (per cents for a percentage).
  ///
  /// With v the number printed and u one unit of its last digit, for v > 0:
  /// half up [v − u/2, v + u/2); half to even [v − u/2, v + u/2] for an even last digit, both ends open for an odd one;
  /// truncation [v, v + u); up (v − u, v]. Negative numbers mirror this, and zero is what comes to zero from both sides.
  /// The ends are the doubles nearest to the decimal numbers, so that a correctly rounded quotient of whole numbers that
  /// equals an end compares as equal. "<" and ">" stand for the exact number that follows.
  public func reals(_ rounding: Rounding) -> RealRange {
    switch relation {
    case .less: return RealRange(-.infinity, value, includesUpper: false)
    case .lessOrEqual: return RealRange(-.infinity, value)
    case .greater: return RealRange(value, .infinity, includesLower: false)
    case .greaterOrEqual: return RealRange(value, .infinity)
    case .equal, .approximately: break
    }
    let away = awayFromZero(rounding)
    if significand == 0 { return aroundZero(rounding, away.upper, away.includesUpper) }
    return isNegative
      ? RealRange(-away.upper, -away.lower, includesLower: away.includesUpper, includesUpper: away.includesLower)
      : away
  }

  /// The smallest range that holds the numbers of several rules.
  public func reals(under rules: [Rounding]) -> RealRange {
    rules.dropFirst().reduce(reals(rules.first ?? .halfUp)) { $0.hull(reals($1)) }
  }

  /// Whether a number prints as this. See `RealRange.contains` for the slack.
  public func prints(_ x: Double, _ rounding: Rounding = .halfUp, slack: Double = 0) -> Bool {
    reals(rounding).contains(x, slack: slack)
  }

  /// The rules of those given under which a number prints as this.
  public func rules(printing x: Double, among rules: [Rounding] = Rounding.usual, slack: Double = 0) -> [Rounding] {
    rules.filter { prints(x, $0, slack: slack) }
  }

  /// The set of the number without its sign.
  private func awayFromZero(_ rounding: Rounding) -> RealRange {
    let (ten, v) = (significand &* 10, PrintedNumber.decimal(significand, decimals))
    func half(_ step: Int) -> Double {
      // Ten times the digits and one more decimal hold the half exactly.
      step < 0
        ? significand == 0 ? 0 : PrintedNumber.decimal(ten &- 5, decimals + 1)
        : PrintedNumber.decimal(ten &+ 5, decimals + 1)
    }
    switch rounding {
    case .halfUp: return RealRange(half(-1), half(1), includesUpper: false)
    case .halfEven:
      let isEven = significand.isMultiple(of: 2)
      return RealRange(half(-1), half(1), includesLower: isEven, includesUpper: isEven)
    case .truncation: return RealRange(v, PrintedNumber.decimal(significand + 1, decimals), includesUpper: false)
    case .up:
      let below = significand == 0 ? 0 : PrintedNumber.decimal(significand - 1, decimals)
      return RealRange(below, v, includesLower: significand == 0)
    }
  }

  /// What prints as zero; a minus before it tells that the number was below.
  private func aroundZero(_ rounding: Rounding, _ end: Double, _ includesEnd: Bool) -> RealRange {
    isNegative
      ? RealRange(-end, 0, includesLower: includesEnd)
      : RealRange(-end, end, includesLower: includesEnd, includesUpper: includesEnd)
  }
}
