import TableIO
import Testing

@Suite struct NumberParserTests {
  @Test(arguments: [
    ("0", 0.0), ("-0.5", -0.5), ("+3", 3), (".12", 0.12), ("12.", 12), ("2.1e-1", 0.21), ("6E-2", 0.06), ("−0.4", -0.4),
    ("0·25", 0.25), ("1e22", 1e22), ("9007199254740993", 9_007_199_254_740_992), ("1e−2", 0.01),
    ("000000000000000000000001", 1),
    ("1.7976931348623157e308", .greatestFiniteMagnitude), ("5e-324", .leastNonzeroMagnitude), ("1e-400", 0),
    ("0.12489995996796796", 0.12489995996796796), ("123456789012345678901234567890", 123456789012345677877719597056),
    ("0.00000000000000000000000000000000000000000000000012345", 1.2345e-49), ("1e0000000000000000000001", 10),
  ])
  func reads(_ text: String, _ expected: Double) {
    #expect(NumberParser.parse(text) == expected)
  }

  @Test(arguments: [
    "", " 1", "1 ", "-", "+", ".", "e5", "1e", "1e+", "0x1p3", "inf", "nan", "NaN", "1e400", "-1e400", "1,5", "1.2.3",
    "1 000",
    "--1", "1-", "−", "·", "0·", "1_000", "1e5.0", "٣", "1,234,567",
  ])
  func refuses(_ text: String) {
    if text == "0·" { return #expect(NumberParser.parse(text) == 0) }
    #expect(NumberParser.parse(text) == nil)
  }

  @Test func negativeZeroKeepsItsSign() {
    #expect(NumberParser.parse("-0")?.sign == .minus)
    #expect(NumberParser.parse("-0.0e5")?.sign == .minus)
  }

  @Test func decimalComma() {
    #expect(NumberParser.parse(Array("-0,14".utf8)[...], decimalMark: UInt8(ascii: ",")) == -0.14)
    #expect(NumberParser.parse(Array("0.14".utf8)[...], decimalMark: UInt8(ascii: ",")) == nil)
    let long = "−1,2345678901234567890123456789e3"
    #expect(NumberParser.parse(Array(long.utf8)[...], decimalMark: UInt8(ascii: ",")) == -1234.567890123456789)
  }

  /// The integer path against the standard library's reading, on digits and powers of every length.
  @Test func agreesWithTheStandardLibrary() {
    var random = TestRandom(seed: 1)
    for _ in 0..<30_000 {
      let digits = String(random.next() >> UInt64(random.below(64)))
      let power = random.below(70) - 35
      let text = "\(digits)e\(power)"
      #expect(NumberParser.parse(text) == Double(text), "\(text)")
    }
  }

  /// Halfway between two doubles, and a hair to each side.
  @Test func tiesGoToEven() {
    for odd in [9_007_199_254_740_993, 9_007_199_254_740_995, 18_014_398_509_481_986] as [UInt64] {
      for text in ["\(odd)", "\(odd)0e-1", "\(odd).0", "\(odd - 1)9e-1", "\(odd)1e-1"] {
        #expect(NumberParser.parse(text) == Double(text), "\(text)")
      }
    }
  }

  /// The standard library finds the same digits in another way; it writes whole numbers with ".0".
  @Test func shortestTextAgreesWithTheStandardLibrary() {
    var random = TestRandom(seed: 3)
    func check(_ value: Double) {
      var text = "\(value)"
      if text.hasSuffix(".0") { text.removeLast(2) }
      #expect(ShortestNumber.text(value) == text)
    }
    for _ in 0..<30_000 {
      check(random.anyDouble())
      // Sizes of statistics, long and short.
      let digits = Double(random.next() >> UInt64(random.below(64)))
      for power in [-25, -19, -17, -9, -3, 0] { check((random.below(2) == 0 ? -1 : 1) * digits * pow10(power)) }
      check(Double(random.below(100_000)) / pow10(random.below(9)))
    }
    for value in [
      5e-324, 0x1p-1022, 0x1.fffffffffffffp1023, 0x1p53, 0x1p53 + 2, 0x1p54, 1e-4, 9.999e-5, 1e22, 1e23, 0.3,
    ] {
      check(value)
      check(-value)
    }
    for power in -1074...1023 { check(Double(sign: .plus, exponent: power, significand: 1)) }
  }

  private func pow10(_ power: Int) -> Double { Double("1e\(power)") ?? 1 }

  @Test func shortestTextReadsBack() {
    var random = TestRandom(seed: 2)
    for _ in 0..<10_000 {
      let value = random.anyDouble()
      #expect(NumberParser.parse(ShortestNumber.text(value)) == value)
    }
    for value in [0.0, 1, -3, 1e15, 1e16, 0.1, 1e-5, 123456.75, 9_007_199_254_740_992, 1e300] {
      #expect(NumberParser.parse(ShortestNumber.text(value)) == value)
    }
    #expect(ShortestNumber.text(-12) == "-12")
    #expect(ShortestNumber.text(100) == "100")
    #expect(ShortestNumber.text(-0.0) == "-0")
    #expect(ShortestNumber.text(1e16) == "1e+16")
    #expect(ShortestNumber.text(1e-5) == "1e-05")
    #expect(ShortestNumber.text(.nan) == "nan")
  }
}
