import EffectSizes
import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite struct CountsTests {
  static func fit(_ c: CountCase) throws -> Fit {
    if c.method == "PETO" { return try Peto(level: c.level).fit(c.table, rows: c.rows) }
    if let measure = MantelHaenszelMeasure<TwoByTwoColumns>.all.first(where: { $0.code == c.measure }) {
      return try MantelHaenszel(measure: measure, level: c.level).fit(c.table, rows: c.rows)
    }
    let measure = try #require(MantelHaenszelMeasure<PersonTimeColumns>.all.first { $0.code == c.measure })
    return try MantelHaenszel(measure: measure, level: c.level).fit(c.personTime, rows: c.rows)
  }

  @Test(arguments: try CountCase.load { $0.method != "GLMM" }) func agreesWithReference(_ c: CountCase) throws {
    let got = c.values(of: try Self.fit(c))
    for (name, want) in c.expect {
      let value = try #require(got[name] ?? nil, "\(name) is missing")
      expectClose(value, want, relative: c.rtol, absolute: c.atol, "\(c.id) \(name)")
    }
  }
}
