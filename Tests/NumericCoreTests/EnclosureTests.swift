import NumericCore
import Testing

@Suite struct EnclosureTests {
  /// Whatever is drawn from two intervals, the result of an operation lies in the interval of results.
  @Test func resultsOfPointsLieInTheResult() {
    var state: UInt64 = 3
    func draw() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int64(state >> 34) - (1 << 29)) / 1e8
    }
    for _ in 0..<3000 {
      let (p, q, r, s) = (draw(), draw(), draw(), draw())
      let a = Enclosure(min(p, q), max(p, q))
      let b = Enclosure(min(r, s), max(r, s))
      for x in [a.lower, a.middle, a.upper] {
        #expect(a.squared.contains(x * x) && a.magnitude.contains(abs(x)))
        if x >= 0 { #expect(a.squareRoot.contains(x.squareRoot())) }
        for y in [b.lower, b.middle, b.upper] {
          #expect((a + b).contains(x + y) && (a - b).contains(x - y) && (a * b).contains(x * y))
          if y != 0 { #expect((a / b).contains(x / y)) }
        }
      }
    }
  }

  @Test func badEndsAreNoPromise() {
    #expect(Enclosure(.nan, 1) == .everything)
    #expect(Enclosure(1) / Enclosure(-1, 1) == .everything)
    #expect((Enclosure(0) * .everything).contains(0))
    #expect(Enclosure(2, 3).image { 1 / $0 }.contains(0.4))
  }
}
