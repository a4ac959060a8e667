import Foundation
import Synthesis
import Testing

/// Reference values of the tests of tables, of penalised logistic and of beta-binomial regression.
struct CountsFurther: Decodable, Sendable {
  struct TableTests: Decodable, Sendable {
    let cmh, cmh_p, cmhc, cmhc_p: Double
    let bd, bd_p, ta, ta_p: Double?
  }
  struct Regression: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let tables: [[Double]]
    let estimate, se: Double
    let rho: Double?

    var testDescription: String { name }
    var table: TwoByTwoColumns { TwoByTwoColumns(tables) }
  }
  let tests: [String: TableTests]
  let firth, betaBinomial: [Regression]

  static func load() throws -> CountsFurther {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/counts-further", withExtension: "json"))
    return try JSONDecoder().decode(CountsFurther.self, from: Data(contentsOf: url))
  }
}

extension TwoByTwoColumns {
  /// Columns from rows of four cells.
  init(_ rows: [[Double]]) {
    self.init(a: rows.map { $0[0] }, b: rows.map { $0[1] }, c: rows.map { $0[2] }, d: rows.map { $0[3] })
  }

  /// The groups exchanged.
  var swapped: TwoByTwoColumns { TwoByTwoColumns(a: c, b: d, c: a, d: b) }

  /// The rows in another order.
  func permuted(_ order: [Int]) -> TwoByTwoColumns {
    TwoByTwoColumns(a: order.map { a[$0] }, b: order.map { b[$0] }, c: order.map { c[$0] }, d: order.map { d[$0] })
  }

  /// Every cell multiplied.
  func scaled(_ factor: Double) -> TwoByTwoColumns {
    TwoByTwoColumns(
      a: a.map { factor * $0 }, b: b.map { factor * $0 }, c: c.map { factor * $0 }, d: d.map { factor * $0 })
  }
}

/// SplitMix64: random tables that are the same in every run.
struct TestRandom: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func uniform() -> Double { Double.random(in: 0..<1, using: &self) }

  mutating func normal() -> Double { (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform()) }

  mutating func binomial(_ n: Int, _ p: Double) -> Double {
    var events = 0.0
    for _ in 0..<n where uniform() < p { events += 1 }
    return events
  }

  /// k tables of up to `size` per group around a baseline logit, a mean log odds ratio and a τ.
  mutating func tables(_ k: Int, size: Int, baseline: Double, effect: Double, tau: Double) -> TwoByTwoColumns {
    TwoByTwoColumns(
      (0..<k).map { _ in
        let (n1, n2) = (Int.random(in: 1...size, using: &self), Int.random(in: 1...size, using: &self))
        let theta = effect + tau * normal()
        let a = binomial(n1, 1 / (1 + exp(-baseline - theta / 2)))
        let c = binomial(n2, 1 / (1 + exp(-baseline + theta / 2)))
        return [a, Double(n1) - a, c, Double(n2) - c]
      })
  }
}
