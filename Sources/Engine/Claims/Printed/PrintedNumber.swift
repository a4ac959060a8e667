/// A number as a text prints it, which stands for every real number that is printed so.
///
/// "23%" stands for 22.5 up to, but not, 23.5 per cent; "0.74" for [0.735, 0.745); "<.001" for all below 0.001; "0.740" for
/// less than "0.74". The ends depend on how the printer rounded (`Rounding`).
public struct PrintedNumber: Sendable, Equatable {
  /// What stands before the digits.
  public enum Relation: String, Sendable {
    case equal = "="
    /// "approximately 2", "about 2", "~2": the printer says that it rounded, so the set is that of "2".
    case approximately = "≈"
    case less = "<"
    case lessOrEqual = "≤"
    case greater = ">"
    case greaterOrEqual = "≥"
  }

  /// The digits without mark or sign: 74 for "0.74".
  public let significand: UInt64
  /// Digits after the decimal mark: 2 for "0.74", 0 for "90", −3 for "12e3".
  public let decimals: Int
  /// Whether a minus was printed.
  public let isNegative: Bool
  /// What stands before the digits.
  public let relation: Relation
  /// Whether a per cent sign follows; the value counts per cents then.
  public let isPercent: Bool
  /// Stars of significance behind the number.
  public let stars: Int

  /// A number from its parts.
  public init(
    significand: UInt64, decimals: Int, isNegative: Bool = false, relation: Relation = .equal, isPercent: Bool = false,
    stars: Int = 0
  ) {
    self.significand = significand
    self.decimals = decimals
    self.isNegative = isNegative
    self.relation = relation
    self.isPercent = isPercent
    self.stars = stars
  }

  /// Reads a text that holds one number and nothing else but its relation, sign, per cent sign and stars: "23%", "0.74",
  /// "approximately two", "<.001", "−0.36", "0·74", "2.05*", "1.2e-5". `nil` when it holds something else.
  public init?(_ text: String) {
    let statement = PrintedStatement(text)
    guard statement.quantities.count == 1, statement.facts.isEmpty, let quantity = statement.quantities.first,
      quantity.isBare
    else { return nil }
    self = quantity.estimate
  }

  /// A value cut to so many decimals.
  public init?(_ value: Double, decimals: Int, rounding: Rounding = .halfUp, isPercent: Bool = false) {
    guard value.isFinite, (-15...15).contains(decimals) else { return nil }
    let guess = abs(value) * PrintedNumber.power(decimals)
    guard guess < 1e15 else { return nil }
    // The product carries an error that may put it beside the right digit: the neighbours are tried too, and the set of
    // reals of each decides.
    let near = guess.rounded()
    for digits in [near, near - 1, near + 1] where digits >= 0 {
      let candidate = PrintedNumber(
        significand: UInt64(digits), decimals: decimals, isNegative: value < 0 && digits > 0, isPercent: isPercent)
      if candidate.reals(rounding).contains(value) {
        self = candidate
        return
      }
    }
    return nil
  }

  /// The number printed, in its own unit (23 for "23%").
  public var value: Double { PrintedNumber.decimal(significand, decimals) * (isNegative ? -1 : 1) }

  /// One unit of the last printed digit: 0.01 for "0.74".
  public var unit: Double { PrintedNumber.decimal(1, decimals) }

  /// A percentage as the proportion it is, with two decimals more: "23%" as 0.23. Other numbers as they are.
  public var asProportion: PrintedNumber { isPercent ? shifted(by: 2) : self }

  /// A proportion as a percentage, with two decimals fewer: "0.23" as 23%. Percentages as they are.
  public var asPercentage: PrintedNumber {
    isPercent
      ? self
      : PrintedNumber(
        significand: significand, decimals: decimals - 2, isNegative: isNegative, relation: relation, isPercent: true,
        stars: stars)
  }

  /// The number with its sign turned.
  public var negated: PrintedNumber {
    PrintedNumber(
      significand: significand, decimals: decimals, isNegative: !isNegative && significand > 0, relation: relation,
      isPercent: isPercent, stars: stars)
  }

  /// The number without its sign.
  public var magnitude: PrintedNumber { isNegative ? negated : self }

  /// The same number with another relation.
  public func with(relation: Relation) -> PrintedNumber {
    PrintedNumber(
      significand: significand, decimals: decimals, isNegative: isNegative, relation: relation, isPercent: isPercent,
      stars: stars)
  }

  /// Divided by a power of ten, without loss, no longer a percentage.
  private func shifted(by power: Int) -> PrintedNumber {
    PrintedNumber(
      significand: significand, decimals: decimals + power, isNegative: isNegative, relation: relation, stars: stars)
  }

  // MARK: - Decimal to binary

  /// significand · 10^−decimals, correctly rounded.
  static func decimal(_ significand: UInt64, _ decimals: Int) -> Double {
    if significand <= 1 << 53, abs(decimals) <= 22 {
      return decimals >= 0 ? Double(significand) / power(decimals) : Double(significand) * power(-decimals)
    }
    return Double("\(significand)e\(-decimals)") ?? .nan
  }

  /// 10^exponent; exact from 0 to 22.
  static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<abs(exponent) { result *= 10 }
    return exponent < 0 ? 1 / result : result
  }
}

extension PrintedNumber: CustomStringConvertible {
  /// The number as it is printed, in plain digits: `< 0.001`, `23%`, `-0.36`.
  public var description: String {
    let sign = isNegative ? "-" : ""
    let mark = relation == .equal ? "" : relation == .approximately ? "about " : relation.rawValue + " "
    return mark + sign + digits + (isPercent ? "%" : "")
  }

  private var digits: String {
    let text = String(significand)
    if decimals <= 0 { return significand == 0 ? "0" : text + String(repeating: "0", count: -decimals) }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - text.count)) + text
    return padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}
