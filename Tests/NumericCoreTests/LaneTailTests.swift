import NumericCore
import Testing

/// Tails that are written once for one argument and for four: nearly right to the last digit, and the same bits.
@Suite struct LaneTailTests {
  private typealias Four = SIMD4<Double>
  private struct Law {
    var one: (Double) -> Double
    var four: (Four) -> Four
    /// How much it may be off, in units of ε.
    var bound: Double
  }

  private static func law(_ name: String, _ df: Double) throws -> Law {
    switch name {
    case "normal": return Law(one: Normal.twoSidedP, four: Normal.twoSidedP, bound: 3)
    case "t":
      let t = try StudentT(degreesOfFreedom: df)
      return Law(one: t.twoSidedP, four: t.twoSidedP, bound: 12)
    default:
      let chiSquared = try ChiSquared(degreesOfFreedom: df)
      return Law(one: chiSquared.upperTail, four: chiSquared.upperTail, bound: 7)
    }
  }

  @Test func againstFiftyDigits() throws {
    let table = try FixtureTable("tails.csv")
    var seen = 0
    for row in table.rows {
      let numbers = table.numbers(row)
      let (x, want) = (try #require(numbers["x"]), try #require(numbers["tail"]))
      // Below, doubles have fewer digits.
      guard want > 0x1p-1000 else { continue }
      let law = try Self.law(row[0], numbers["df"] ?? 0)
      let got = law.one(x)
      #expect(abs(got - want) <= law.bound * 0x1p-52 * want, "\(row[0]) \(row[1]) at \(x): \(got), want \(want)")
      seen += 1
    }
    #expect(seen > 900)
  }

  @Test(arguments: [
    ("normal", 0.0), ("t", 1), ("t", 9), ("t", 10), ("t", 63), ("t", 100), ("t", 2.5), ("chi", 1), ("chi", 9),
  ])
  func fourHaveTheBitsOfOne(_ name: String, _ df: Double) throws {
    let law = try Self.law(name, df)
    var random = SystemRandomNumberGenerator()
    let odd = [0, -0.0, 1, -1, 1e-300, 5e-324, 37.6, 39, 45, 600, 1200, 1201, 1e9, 1e151, .infinity, -.infinity, .nan]
    let drawn = (0..<400).map { _ in Double.random(in: 0...12, using: &random) }
    let all = odd + drawn
    for _ in 0..<400 {
      let x = Four(all.randomElement()!, all.randomElement()!, all.randomElement()!, all.randomElement()!)
      let four = law.four(x)
      for lane in 0..<4 {
        let one = law.one(x[lane])
        #expect(
          one.bitPattern == four[lane].bitPattern || (one.isNaN && four[lane].isNaN), "\(name) \(df) at \(x): \(four)")
      }
    }
  }

  @Test func endsAreExact() throws {
    #expect(Normal.twoSidedP(0) == 1)
    #expect(Normal.twoSidedP(.infinity) == 0)
    #expect(Normal.twoSidedP(38) > 0)
    #expect(Normal.twoSidedP(.nan).isNaN)
    #expect(Normal.upperTail(-.infinity) == 1)
    let chiSquared = try ChiSquared(degreesOfFreedom: 9)
    #expect(chiSquared.upperTail(0) == 1 && chiSquared.upperTail(-1) == 1)
    #expect(chiSquared.upperTail(.infinity) == 0)
    #expect(try StudentT(degreesOfFreedom: 9).twoSidedP(0) == 1)
  }
}
