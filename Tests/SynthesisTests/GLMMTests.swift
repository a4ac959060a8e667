import EffectSizes
import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite struct GLMMTests {
  static func fit(_ c: CountCase) throws -> Fit {
    switch c.measure {
    case "PLO":
      return try OneGroupGLMM(level: c.level).fit(
        ProportionColumns(events: c.column("events"), total: c.column("total")))
    case "IRLN":
      return try OneGroupGLMM(level: c.level).fit(RateColumns(events: c.column("events"), time: c.column("time")))
    case "IRR":
      return try GLMM(model: try #require(GLMM.Model(rawValue: c.model ?? "")), level: c.level).fit(c.personTime)
    default:
      return try GLMM(model: try #require(GLMM.Model(rawValue: c.model ?? "")), level: c.level).fit(c.table)
    }
  }

  @Test(arguments: try CountCase.load { $0.method == "GLMM" }) func agreesWithReference(_ c: CountCase) throws {
    let fit = try Self.fit(c)
    #expect(fit.convergence.converged)
    let got = c.values(of: fit)
    for (name, want) in c.expect {
      let value = try #require(got[name] ?? nil, "\(name) is missing")
      expectClose(value, want, relative: c.rtol, absolute: c.atol, "\(c.id) \(name)")
    }
  }
}
