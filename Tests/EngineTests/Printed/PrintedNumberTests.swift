import Engine
import Testing

@Suite struct PrintedNumberTests {
  private func number(_ text: String) throws -> PrintedNumber {
    try #require(PrintedNumber(text), "\(text) is not read")
  }

  /// Text, value, decimals.
  static let spellings: [(String, Double, Int)] = [
    ("23%", 23, 0), ("0.74", 0.74, 2), ("approximately two", 2, 0), ("<.001", 0.001, 3), ("0·74", 0.74, 2),
    ("\u{2212}0.36", -0.36, 2), ("\u{2013}0.58", -0.58, 2), ("2.05*", 2.05, 2), ("0,74", 0.74, 2), ("1,244", 1244, 0),
    ("0,744", 0.744, 3), ("1.20", 1.2, 2), ("1.2e-5", 1.2e-5, 6), ("1.2 × 10^-5", 1.2e-5, 6), ("3 × 10⁻⁸", 3e-8, 8),
    ("73.5 %", 73.5, 1), ("12e3", 12000, -3), ("5 per cent", 5, 0), ("0.348315273009618", 0.348315273009618, 15),
    ("-2.62609309382854", -2.62609309382854, 14), ("+0.4", 0.4, 1), (".06", 0.06, 2), ("less than 20%", 20, 0),
  ]

  @Test(arguments: spellings) func readsSpellings(text: String, value: Double, decimals: Int) throws {
    let printed = try number(text)
    #expect(printed.value == value)
    #expect(printed.decimals == decimals)
  }

  @Test(arguments: ["", "n/a", "0.26 (0.09-0.78)", "45% versus 10%", "RR 0.1", "3 trials"])
  func refusesWhatIsNotOneNumber(text: String) { #expect(PrintedNumber(text) == nil) }

  @Test func setsFollowTheRule() throws {
    #expect(try number("23%").reals(.halfUp) == RealRange(22.5, 23.5, includesUpper: false))
    #expect(try number("0.74").reals(.halfUp) == RealRange(0.735, 0.745, includesUpper: false))
    #expect(try number("-0.74").reals(.halfUp) == RealRange(-0.745, -0.735, includesLower: false))
    #expect(try number("0.74").reals(.halfEven) == RealRange(0.735, 0.745))
    #expect(
      try number("0.73").reals(.halfEven) == RealRange(0.725, 0.735, includesLower: false, includesUpper: false))
    #expect(try number("13%").reals(.truncation) == RealRange(13, 14, includesUpper: false))
    #expect(try number("2").reals(.up) == RealRange(1, 2, includesLower: false))
    #expect(try number("0.00").reals(.halfUp) == RealRange(-0.005, 0.005, includesLower: false, includesUpper: false))
    #expect(try number("<.001").reals(.halfUp) == RealRange(-.infinity, 0.001, includesUpper: false))
    #expect(try number("23%").asProportion.reals(.halfUp) == RealRange(0.225, 0.235, includesUpper: false))
    #expect(try number("0.230").asPercentage.reals(.halfUp) == RealRange(22.95, 23.05, includesUpper: false))
  }

  @Test func aValueIsTestedUnderEachRule() throws {
    let printed = try number("13%")
    #expect(printed.rules(printing: 100 * 3.0 / 22) == [.truncation])
    #expect(printed.rules(printing: 100 * 1.0 / 8) == [.halfUp])
    #expect(try number("12%").rules(printing: 100 * 1.0 / 8) == [.halfEven, .truncation])
    #expect(try number("2").rules(printing: 1.73, among: [.halfUp, .up]) == [.halfUp, .up])
  }

  /// Every whole-number percentage of every total up to 60: the set holds k/n exactly when exact integer arithmetic says
  /// that 100k/n is nearest to it (2·|100k − pn| against n).
  @Test func setsAgreeWithIntegerArithmetic() {
    for n in 1...60 {
      for k in 0...n {
        for p in 0...100 {
          let printed = PrintedNumber(significand: UInt64(p), decimals: 0, isPercent: true)
          let twice = 2 * (100 * k - p * n)
          let isNearest = twice >= -n && twice < n
          #expect(printed.prints(100 * Double(k) / Double(n)) == isNearest, "\(k)/\(n) as \(p)%")
        }
      }
    }
  }

  /// Printing a value and asking whether it prints so is always true, under every rule and for every number of decimals.
  @Test func printingAndAskingAgree() throws {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<4000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = (Double(state >> 11) / 9007199254740992.0 - 0.5) * 2000
      for decimals in [0, 1, 2, 4] {
        for rule in Rounding.allCases {
          let printed = try #require(PrintedNumber(value, decimals: decimals, rounding: rule))
          #expect(printed.prints(value, rule))
          let text = try number(printed.description)
          #expect(text.value == printed.value && text.decimals == decimals)
        }
      }
    }
  }
}
