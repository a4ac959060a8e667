import Engine
import Testing

@Suite struct PrintedStatementTests {
  @Test(arguments: [
    ("RR 0.10 [0.04, 0.30]", 0.10, 0.04, 0.30), ("0.26 (0.09-0.78)", 0.26, 0.09, 0.78),
    ("-0.58 (-1.22 to 0.05), 4 trials, 333 people", -0.58, -1.22, 0.05),
    ("3.66 (2.19\u{2013}17.32)", 3.66, 2.19, 17.32),
    ("0.4 [-6.3, 7.1]", 0.4, -6.3, 7.1), ("\u{2212}0.52 [\u{2212}0.70; \u{2212}0.33]", -0.52, -0.70, -0.33),
    ("OR = 0·26 (95% CI 0·09 to 0·78; P = 0.02)", 0.26, 0.09, 0.78), ("HR 1.20, 95% CI 0.98 to 1.47", 1.20, 0.98, 1.47),
    ("0,26 (0,09; 0,78)", 0.26, 0.09, 0.78), ("0.26 (0.09 -0.78)", 0.26, 0.09, 0.78),
    ("0.72 [0.62, 0.84], I2 40.5", 0.72, 0.62, 0.84), ("RR (95% CI) 0.10 (0.04,0.30)", 0.10, 0.04, 0.30),
  ]) func readsIntervals(text: String, estimate: Double, lower: Double, upper: Double) throws {
    let statement = PrintedStatement(text)
    let quantity = try #require(statement.quantities.first)
    #expect(statement.quantities.count == 1)
    #expect(quantity.estimate.value == estimate)
    #expect(quantity.interval?.lower.value == lower)
    #expect(quantity.interval?.upper.value == upper)
  }

  @Test func readsWhatIsPrintedBesides() throws {
    let pooled = PrintedStatement("-0.58 (-1.22 to 0.05), 4 trials, 333 people")
    #expect(pooled.fact("studies")?.value == 4)
    #expect(pooled.fact("people")?.value == 333)
    #expect(PrintedStatement("0.72 [0.62, 0.84], I2 40.5").fact("I2")?.value == 40.5)
    let difference = try #require(PrintedStatement("-62.4; P = .0037").quantities.first)
    #expect(difference.estimate.value == -62.4)
    #expect(difference.p?.value == 0.0037)
    #expect(PrintedStatement("OR 0.26 (95% CI 0.09 to 0.78)").quantities.first?.interval?.level == 0.95)
  }

  @Test func readsSpreads() throws {
    let bare = try #require(PrintedStatement("90 (126)").quantities.first)
    #expect(bare.spread?.kind == .unnamed && bare.spread?.number.value == 126)
    let named = try #require(PrintedStatement("90 [SD 126]").quantities.first)
    #expect(named.spread?.kind == .standardDeviation)
    let error = try #require(PrintedStatement("-2.19899 (SE 0.72976)").quantities.first)
    #expect(error.spread?.kind == .standardError)
    #expect(error.spread?.number.value == 0.72976)
    let count = try #require(PrintedStatement("98 (73%)").quantities.first)
    #expect(count.percent?.value == 73)
    #expect(PrintedStatement("1.28 ± 0.13").quantities.first?.spread?.number.value == 0.13)
  }

  @Test func readsTests() throws {
    let t = try #require(PrintedStatement("t(38) = 2.05*, p < .05").quantities.first)
    #expect(t.label == "t" && t.degreesOfFreedom.map(\.value) == [38] && t.estimate.stars == 1)
    #expect(t.p?.relation == .less && t.p?.value == 0.05)
    let f = try #require(PrintedStatement("F(1, 23) = 4.2").quantities.first)
    #expect(f.label == "F" && f.degreesOfFreedom.map(\.value) == [1, 23])
    let chi = PrintedStatement("χ²(1, N = 90) = 3.5")
    #expect(chi.quantities.first?.label == "chi2" && chi.fact("n")?.value == 90)
    #expect(PrintedStatement("P = .06").quantities.first?.label == "P")
    #expect(PrintedStatement("log RR -2.03").quantities.first?.label == "log RR")
  }

  @Test func readsSeveral() {
    let between = PrintedStatement("between 0.7 and 1.7")
    #expect(between.join == .span && between.quantities.map(\.estimate.value) == [0.7, 1.7])
    let change = PrintedStatement("94.7% to 5.3%")
    #expect(change.join == .span && change.quantities.map(\.estimate.value) == [94.7, 5.3])
    let arms = PrintedStatement("45% versus 10%")
    #expect(arms.join == .list && arms.quantities.map(\.estimate.value) == [45, 10])
    let list = PrintedStatement("0.54 and 46% fewer offences")
    #expect(list.quantities.map(\.estimate.value) == [0.54, 46] && list.quantities[1].unit == "fewer")
    let years = PrintedStatement("five years after treatment (eight years after therapy began)")
    #expect(years.quantities.map(\.estimate.value) == [5, 8])
    #expect(PrintedStatement("no numbers in the text").quantities.isEmpty)
    #expect(PrintedStatement("-1.06 and -1.42").quantities.map(\.estimate.value) == [-1.06, -1.42])
  }
}

/// Whatever is printed, the reader ends and keeps its promises.
@Suite struct PrintedNoiseTests {
  @Test func noiseIsReadWithoutTrouble() {
    let alphabet = Array("0123456789.,;:()[]<>=%*-–−·/± eE×^²χP nto95%CI")
    var state: UInt64 = 42
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<24 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      for quantity in PrintedStatement(text).quantities {
        #expect(!quantity.estimate.reals(.halfUp).isEmpty)
        if let interval = quantity.interval { #expect(interval.lower.value <= interval.upper.value) }
      }
    }
  }
}
