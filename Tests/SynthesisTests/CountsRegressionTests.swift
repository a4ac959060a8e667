import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite struct CountsRegressionTests {
  @Test(arguments: try CountsFurther.load().firth) func penalisedLogistic(_ c: CountsFurther.Regression) throws {
    let fit = try PenalisedLogistic().fit(c.table)
    expectClose(fit.coefficients[0].value, c.estimate, relative: 1e-10, c.name)
    expectClose(fit.coefficients[0].standardError, c.se, relative: 1e-10, c.name)
    #expect(fit.convergence.converged)
  }

  @Test(arguments: try CountsFurther.load().betaBinomial) func betaBinomial(_ c: CountsFurther.Regression) throws {
    let fit = try BetaBinomial().fit(c.table)
    expectClose(fit.coefficients[0].value, c.estimate, relative: 1e-9, c.name)
    expectClose(fit.coefficients[0].standardError, c.se, relative: 1e-9, c.name)
    #expect(fit.convergence.converged)
    let rho = try #require(c.rho)
    let note = try #require(fit.notes.first { $0.code == "overdispersion" })
    let printed = try #require(note.message.split(separator: " ").last.flatMap { Double($0) })
    expectClose(printed, rho, relative: 1e-8, c.name)
  }

  /// One table: Firth's estimate is the log odds ratio with half an event in every cell (Firth 1993, section 4.3).
  @Test func oneTableIsHaldanes() throws {
    let fit = try PenalisedLogistic().fit(TwoByTwoColumns([[0, 20, 7, 16]]))
    expectClose(fit.coefficients[0].value, log(0.5 * 16.5 / (20.5 * 7.5)), relative: 1e-11)
    let smallest = try PenalisedLogistic().fit(TwoByTwoColumns([[0, 1, 1, 3]]))
    expectClose(smallest.coefficients[0].value, log(0.5 * 3.5 / (1.5 * 1.5)), relative: 1e-11)
  }

  /// Without overdispersion the beta-binomial is the binomial of the collapsed table.
  @Test func noOverdispersion() throws {
    let fit = try BetaBinomial().fit(TwoByTwoColumns([[10, 90, 20, 80], [5, 45, 10, 40], [20, 180, 40, 160]]))
    expectClose(fit.coefficients[0].value, log(35 * 280 / (315.0 * 70)), relative: 1e-13)
    let variance = 1 / 35.0 + 1 / 315.0 + 1 / 70.0 + 1 / 280.0
    expectClose(fit.coefficients[0].standardError, variance.squareRoot(), relative: 1e-12)
  }

  @Test func swappingAndPermuting() throws {
    var random = TestRandom(state: 11)
    for _ in 0..<20 {
      let table = random.tables(6, size: 40, baseline: -1.5, effect: 0.5, tau: 0.5)
      let order = (0..<6).shuffled(using: &random)
      let penalised = try PenalisedLogistic().fit(table)
      try expectOpposite(penalised, PenalisedLogistic().fit(table.swapped.permuted(order)), "LRP")
      guard let beta = try? BetaBinomial().fit(table) else { continue }
      try expectOpposite(beta, BetaBinomial().fit(table.swapped.permuted(order)), "BB")
    }
  }

  @Test func whatCannotBeEstimated() throws {
    let none = TwoByTwoColumns([[0, 20, 0, 22]])
    #expect(throws: FitError.self) { try PenalisedLogistic().fit(none) }
    #expect(throws: FitError.self) { try BetaBinomial().fit(none) }
    #expect(throws: FitError.self) { try BetaBinomial().fit(TwoByTwoColumns([[1.5, 20, 2, 22]])) }
    #expect(throws: FitError.noStudies) { try PenalisedLogistic().fit(TwoByTwoColumns([[.nan, 1, 1, 1]])) }
  }
}
