import TableIO
import Testing

@Suite struct NumberTextTests {
  /// Exact binary value, halves to even: the texts C's printf gives (its rule is the same); "-0.00" aside.
  @Test(arguments: [
    (0.125, 2, "0.12"), (0.375, 2, "0.38"), (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"), (-2.5, 0, "-2"),
    (-0.5, 0, "0"),
    (2.675, 2, "2.67"), (1.005, 2, "1.00"), (0.045, 2, "0.04"), (-0.0, 2, "0.00"), (-0.001, 2, "0.00"),
    (9.995, 2, "9.99"),
    (99.999, 2, "100.00"), (0.1, 20, "0.10000000000000000555"), (1e21, 1, "1000000000000000000000.0"), (123, 0, "123"),
    (.leastNonzeroMagnitude, 3, "0.000"), (0.0005, 3, "0.001"), (0.00049, 3, "0.000"), (1e-7, 7, "0.0000001"),
    (12, 2, "12.00"),
  ])
  func fixedDecimals(_ value: Double, decimals: Int, expected: String) {
    #expect(NumberText().fixed(value, decimals: decimals) == expected)
  }

  @Test func hugeValuesAreExact() {
    let text = NumberText().fixed(.greatestFiniteMagnitude, decimals: 0)
    #expect(text.utf8.count == 309)
    #expect(text.hasPrefix("179769313486231570814527423731704356798070567525844996598917"))
    #expect(text.hasSuffix("8738177180919299881250404026184124858368"))
  }

  @Test func fixedAgreesWithExactArithmetic() {
    var random = TestRandom(seed: 3)
    for _ in 0..<5_000 {
      let units = random.below(2_000_000) - 1_000_000
      let value = Double(units) / 1024
      // value·1000 = units·1000/1024 exactly; round half to even in integers.
      let (quotient, remainder) = (abs(units) * 1000).quotientAndRemainder(dividingBy: 1024)
      let up = remainder > 512 || (remainder == 512 && quotient % 2 == 1)
      let rounded = quotient + (up ? 1 : 0)
      let fraction = String(1000 + rounded % 1000).dropFirst()
      let expected = (units < 0 && rounded > 0 ? "-" : "") + "\(rounded / 1000).\(fraction)"
      #expect(NumberText().fixed(value, decimals: 3) == expected)
    }
  }

  @Test func manyDecimalsReadBack() {
    var random = TestRandom(seed: 4)
    for _ in 0..<300 {
      let value = random.anyDouble()
      #expect(Double(NumberText().fixed(value, decimals: 1074)) == value)
      #expect(Double(NumberText().significant(value, digits: 17)) == value)
    }
  }

  @Test(arguments: [
    (1234.0, 2, "1200"), (1234, 4, "1234"), (1234, 6, "1234.00"), (0.012345, 3, "0.0123"), (1.2, 3, "1.20"),
    (9.99, 2, "10"),
    (99.96, 3, "100"), (0, 3, "0.00"), (1.25e-7, 2, "1.2e-07"), (9.99e-7, 2, "1.0e-06"), (-1.5e20, 2, "-1.5e+20"),
    (1e100, 1, "1e+100"), (0.00001, 2, "0.000010"), (-0.5, 1, "-0.5"), (999_999, 3, "1000000"),
  ])
  func significantDigits(_ value: Double, digits: Int, expected: String) {
    #expect(NumberText().significant(value, digits: digits) == expected)
  }

  @Test func pValues() {
    let text = NumberText()
    #expect(text.pValue(0.0312) == "0.031")
    #expect(text.pValue(0.001) == "0.001")
    #expect(text.pValue(0.00099999) == "< 0.001")
    #expect(text.pValue(0) == "< 0.001")
    #expect(text.pValue(1e-300, decimals: 5) == "< 0.00001")
    #expect(text.pValue(1) == "1.000")
    #expect(text.pValue(.nan) == "NA")
    #expect(text.pStatement(0.2, decimals: 2) == "P = 0.20")
    #expect(text.pStatement(0.00001, symbol: "p") == "p < 0.001")
    var bare = text
    bare.hasLeadingZero = false
    #expect(bare.pStatement(0.0004) == "P < .001")
    #expect(bare.fixed(-0.25, decimals: 2) == "-.25")
    #expect(bare.fixed(0.2, decimals: 0) == "0")
  }

  @Test func signsThousandsAndSpecialValues() {
    var text = NumberText.print
    #expect(text.fixed(-1234567.5, decimals: 1) == "−1234567.5")
    text.thousands = ","
    #expect(text.fixed(-1234567.5, decimals: 1) == "−1,234,567.5")
    #expect(text.fixed(999, decimals: 0) == "999")
    #expect(text.whole(-1_234_567) == "−1,234,567")
    #expect(text.whole(12) == "12")
    #expect(text.whole(.min) == "−9,223,372,036,854,775,808")
    #expect(text.fixed(.nan, decimals: 2) == "NA")
    #expect(text.fixed(-.infinity, decimals: 2) == "−∞")
    text.decimalMark = ","
    text.thousands = "."
    #expect(text.fixed(1234.5, decimals: 2) == "1.234,50")
  }
}
