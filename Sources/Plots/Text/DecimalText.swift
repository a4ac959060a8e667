/// Numbers as people read them: a fixed number of decimals, correctly rounded, without locale.
public struct DecimalText: Sendable, Equatable {
  /// Number of decimals, 0 to 15.
  public var digits: Int
  /// The sign of negative numbers.
  public var minus: String
  /// Whether the zero before the point is written.
  public var leadingZero: Bool

  /// A way of writing numbers; the minus is U+2212 unless told otherwise.
  public init(digits: Int, minus: String = "\u{2212}", leadingZero: Bool = true) {
    self.digits = max(0, min(15, digits))
    self.minus = minus
    self.leadingZero = leadingZero
  }

  /// The number with the fixed decimals.
  ///
  /// The exact binary value is rounded, ties to even, as C's `printf` does. A negative number that rounds to zero is
  /// written without sign. At 2⁵³ units of the last decimal and above, four significant digits and a power of ten are
  /// written. Not-a-number is "NA", infinity "∞".
  public func text(_ value: Double) -> String {
    if value.isNaN { return "NA" }
    if value.isInfinite { return (value < 0 ? minus : "") + "∞" }
    let scaled = rounded(abs(value))
    guard scaled < 0x1p53 else { return scientific(value, significant: 4) }
    let body = placed(UInt64(scaled))
    return (value < 0 && scaled > 0 ? minus : "") + body
  }

  /// The number as m.mmm×10ⁿ with a number of significant digits.
  public func scientific(_ value: Double, significant: Int) -> String {
    guard value != 0, value.isFinite else { return text(value) }
    let (mantissa, exponent) = Self.decimalParts(abs(value))
    var mantissaText = DecimalText(digits: significant - 1).text(mantissa)
    var power = exponent
    if mantissaText.hasPrefix("10") {
      mantissaText = DecimalText(digits: significant - 1).text(mantissa / 10)
      power += 1
    }
    let digits = String(abs(power)).unicodeScalars.map { String(Self.superscript($0)) }.joined()
    return (value < 0 ? minus : "") + mantissaText + "×10" + (power < 0 ? "⁻" : "") + digits
  }

  /// |value| · 10^digits rounded to a whole number; the product is corrected for its own rounding error.
  private func rounded(_ magnitude: Double) -> Double {
    let power = Self.powers[digits]
    let product = magnitude * power
    guard product < 0x1p53 else { return product }
    // magnitude · power = product + error exactly, so the tie is decided on the exact value.
    let error = (-product).addingProduct(magnitude, power)
    let floor = product.rounded(.down)
    let fraction = (product - floor) - 0.5
    let distance = fraction + error
    if distance > 0 { return floor + 1 }
    if distance < 0 { return floor }
    return floor.truncatingRemainder(dividingBy: 2) == 0 ? floor : floor + 1
  }

  private func placed(_ units: UInt64) -> String {
    var text = String(units)
    if digits == 0 { return text }
    if text.utf8.count <= digits { text = String(repeating: "0", count: digits + 1 - text.utf8.count) + text }
    let point = text.index(text.endIndex, offsetBy: -digits)
    let whole = text[..<point]
    return (whole == "0" && !leadingZero ? "" : String(whole)) + "." + text[point...]
  }

  /// Mantissa in [1, 10) and exponent of a positive number, read from its shortest decimal text.
  private static func decimalParts(_ value: Double) -> (mantissa: Double, exponent: Int) {
    var exponent = 0
    var mantissa = value
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    return (mantissa, exponent)
  }

  /// The least number of decimals, up to a limit, that writes every value exactly as it was entered.
  public static func decimals(for values: [Double], limit: Int) -> Int {
    var needed = 0
    for value in values where value.isFinite {
      while needed < limit {
        let scaled = value * powers[needed]
        if abs(scaled - scaled.rounded()) <= 1e-9 * max(1, abs(scaled)) { break }
        needed += 1
      }
    }
    return needed
  }

  private static func superscript(_ digit: Unicode.Scalar) -> Unicode.Scalar {
    switch digit {
    case "1": "¹"
    case "2": "²"
    case "3": "³"
    default: Unicode.Scalar(0x2070 + (digit.value - 0x30)) ?? digit
    }
  }

  /// A whole number in subscript digits, such as ₁₂.
  public static func subscripted(_ number: Int) -> String {
    String(number).unicodeScalars.map { scalar in
      scalar == "-" ? "₋" : Unicode.Scalar(0x2080 + (scalar.value - 0x30)).map { String($0) } ?? ""
    }.joined()
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}
