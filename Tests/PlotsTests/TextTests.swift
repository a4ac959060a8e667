import Foundation
import Plots
import Testing

@Suite struct DecimalTextTests {
  @Test(arguments: [
    (0.125, 2, "0.12"), (0.375, 2, "0.38"), (0.145, 2, "0.14"), (2.675, 2, "2.67"), (-0.004, 2, "0.00"),
    (-1.5, 0, "−2"), (0.5, 0, "0"), (1e6, 2, "1000000.00"), (999.995, 2, "1000.00"), (1e17, 2, "1.000×10¹⁷"),
  ])
  func fixed(value: Double, digits: Int, text: String) {
    #expect(DecimalText(digits: digits).text(value) == text)
  }

  @Test func agreesWithPrintf() {
    var state: UInt64 = 1
    for _ in 0..<20000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = (Double(state >> 11) / 0x1p53 - 0.5) * 2000
      let digits = Int(state >> 60) % 6
      let got = DecimalText(digits: digits, minus: "-").text(value)
      var want = String(format: "%.\(digits)f", value)
      if want.hasPrefix("-"), !want.contains(where: { "123456789".contains($0) }) { want.removeFirst() }
      #expect(got == want)
    }
  }

  @Test func otherForms() {
    #expect(DecimalText(digits: 2).text(.nan) == "NA")
    #expect(DecimalText(digits: 2).text(-.infinity) == "−∞")
    #expect(DecimalText(digits: 2, leadingZero: false).text(0.05) == ".05")
    #expect(DecimalText(digits: 2).scientific(9.9999e-7, significant: 3) == "1.00×10⁻⁶")
    #expect(DecimalText.decimals(for: [0.5, 12, 0.25], limit: 3) == 2)
    #expect(DecimalText.subscripted(12) == "₁₂")
  }
}

@Suite struct MetricsTests {
  /// Helvetica's advance widths in 1/1000 em, from Adobe's AFM files.
  @Test(arguments: [("A", 667), ("i", 222), ("0", 556), (" ", 278), ("W", 944), ("é", 556), ("−", 584), ("–", 556)])
  func helvetica(text: String, width: Double) {
    #expect(TextMetrics.width(text, size: 1000) == width)
  }

  @Test func otherScripts() {
    #expect(TextMetrics.width("e\u{301}", size: 1000) == TextMetrics.width("é", size: 1000))
    #expect(TextMetrics.width("王", size: 10) == 10)
    #expect(TextMetrics.width("م", size: 10) > 0)
    #expect(TerminalWidth.cells("王a\u{301}") == 3)
    #expect(TerminalWidth.cells("👩‍🔬") == 2)
    #expect(TerminalWidth.truncated("王小明等", to: 6) == "王小…")
    #expect(TerminalWidth.truncated("abc", to: 3) == "abc")
    #expect(TerminalWidth.padded("é", to: 3, flushRight: true) == "  é")
    #expect(ASCIIText.folded("τ² − Łódź") == "tau^2 - Lodz")
  }

  @Test func lines() {
    let measure = { (text: String) in Double(text.count) }
    #expect(LineBreaking.lines("one two three", limit: 7, measure: measure) == ["one two", "three"])
    #expect(LineBreaking.lines("well-being", limit: 6, measure: measure) == ["well-", "being"])
    #expect(LineBreaking.lines("abcdef", limit: 4, measure: measure) == ["abcd", "ef"])
    #expect(LineBreaking.lines("a\nb", limit: 4, measure: measure) == ["a", "b"])
    #expect(LineBreaking.keepingEquations("I² = 5%, p < 1") == "I²\u{A0}=\u{A0}5%, p\u{A0}<\u{A0}1")
    #expect(abs(LineBreaking.width(of: "aaaa bbbb cccc", inLines: 2, measure: measure) - 9) <= 0.5)
  }
}

@Suite struct AxisTests {
  @Test func logarithms() {
    for value in [1e-300, 0.1, 0.5, 1, 1.4142135623730951, 2, 3.7, 1e10, 1e300] {
      #expect(abs(PlotMath.log(value) - log(value)) <= 2e-15 * max(1, abs(log(value))))
      #expect(abs(PlotMath.exp(PlotMath.log(value)) / value - 1) < 1e-12)
    }
    #expect(PlotMath.log(0) == -.infinity && PlotMath.log(-1).isNaN)
    #expect(PlotMath.exp(-.infinity) == 0 && PlotMath.exp(1000) == .infinity)
  }

  @Test(arguments: [
    (0.05, 10.0, [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]), (0.4, 1.9, [0.5, 0.67, 0.8, 1, 1.25, 1.5]),
    (0.001, 1000, [0.001, 0.01, 0.1, 1, 10, 100, 1000]), (0.15, 0.9, [0.2, 0.5]), (3, 40, [5, 10, 20]),
  ])
  func logTicks(lower: Double, upper: Double, ticks: [Double]) {
    let got = Ticks.logarithmic(from: lower, to: upper)
    #expect(ticks.allSatisfy { got.contains($0) } && got.count <= ticks.count + 3, "\(got)")
    if lower <= 1, upper >= 1 { #expect(got.contains(1)) }
  }

  @Test func linearTicks() {
    #expect(Ticks.linear(from: -0.33, to: 0.91) == [-0.2, 0, 0.2, 0.4, 0.6, 0.8])
    #expect(Ticks.linear(from: 0, to: 100) == [0, 20, 40, 60, 80, 100])
    #expect(Ticks.linear(from: 1, to: 1).isEmpty)
    #expect(Ticks.labels([-0.5, 0, 0.5], logarithmic: false) == ["−0.5", "0.0", "0.5"])
    #expect(Ticks.labels([0.05, 1, 10], logarithmic: true) == ["0.05", "1", "10"])
    #expect(Ticks.labels([1e-6, 1, 1e6], logarithmic: true) == ["10⁻⁶", "1", "10⁶"])
  }

  @Test func clipping() {
    let clipping = ChartClipping(box: .init(left: 0, top: 0, right: 10, bottom: 10))
    let pieces = clipping.pieces([.init(-5, 5), .init(15, 5), .init(15, 20), .init(5, 5)])
    #expect(pieces.count == 2 && pieces[0] == [.init(0, 5), .init(10, 5)])
    #expect(clipping.pieces([.init(.nan, 1), .init(2, 2)]).isEmpty)
    let area = clipping.area([.init(-5, -5), .init(5, -5), .init(5, 5), .init(-5, 5)])
    #expect(area.count == 4 && area.allSatisfy { $0.x >= 0 && $0.y >= 0 && $0.x <= 5 && $0.y <= 5 })
    #expect(clipping.area([.init(20, 20), .init(30, 20), .init(30, 30)]).isEmpty)
  }
}

@Suite struct SVGTests {
  @Test(arguments: [(0.0, "0"), (-0.004, "0"), (1.5, "1.5"), (1.05, "1.05"), (-12.345, "-12.35"), (100, "100")])
  func coordinates(value: Double, text: String) { #expect(SVGRenderer.number(value) == text) }

  @Test func escaping() {
    #expect(SVGRenderer.escaped("a<b> & \"c\"\u{1}") == "a&lt;b&gt; &amp; &quot;c&quot;")
    #expect(Color(0x0A0BFF).hex == "#0a0bff")
  }
}
