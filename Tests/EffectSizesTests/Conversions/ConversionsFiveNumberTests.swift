import EffectSizes
import Foundation
import TestSupport
import Testing

@Suite struct ConversionsFiveNumberTests {
  private func recover(_ word: String, _ values: [String: Double]) throws -> MeanAndDeviation {
    let method = try #require(MeanDeviationMethod.named(word))
    return try method(try reported(values), 0)
  }

  private let five: [String: Double] = ["mini": 2, "q1i": 9, "mediani": 14, "q3i": 18, "maxi": 31, "ni": 57]

  /// Expected ranges of normal samples: Tippett (1925), Biometrika 17, 364 (d₂ of control charts).
  @Test(arguments: [(5.0, 2.32593), (10, 3.07751), (25, 3.93063), (50, 4.49815), (100, 5.01519)])
  func expectedRange(_ n: Double, _ range: Double) throws {
    let result = try recover("walter", ["mini": 0, "mediani": 0.5, "maxi": 1, "ni": n])
    expectClose(1 / result.deviation, range, absolute: 0.000005)
    #expect(result.mean == 0.5)
  }

  /// The rules of Hozo, Djulbegovic and Hozo (2005) change at 15, 25 and 70.
  @Test(arguments: [
    (15.0, 21.5, 6.934214687571574), (16, 21.5, 6), (25, 21.5, 6), (26, 21, 6), (70, 21, 6), (71, 21, 4),
  ])
  func hozo(_ n: Double, _ mean: Double, _ deviation: Double) throws {
    let result = try recover("hozo", ["mini": 10, "mediani": 21, "maxi": 34, "ni": n])
    expectClose(result.mean, mean)
    expectClose(result.deviation, deviation, relative: 1e-14)
  }

  /// Symmetric numbers give their middle, whatever the method.
  @Test(arguments: ["default", "bland"]) func symmetricNumbers(_ word: String) throws {
    let result = try recover(word, ["mini": 10, "q1i": 18, "mediani": 20, "q3i": 22, "maxi": 30, "ni": 40])
    expectClose(result.mean, 20)
    #expect(result.skewness == nil)
  }

  /// Shifting and scaling the numbers shifts and scales the result; scaling only for those of positive numbers.
  @Test(arguments: MeanDeviationMethod.all.map(\.word)) func equivariance(_ word: String) throws {
    let method = try #require(MeanDeviationMethod.named(word))
    let shift = ["lognormal", "boxcox"].contains(word) ? 0.0 : 7
    var numbers = five
    if !method.shapes.contains(.five) {
      numbers["q1i"] = nil
      numbers["q3i"] = nil
    }
    let plain = try recover(word, numbers)
    for (name, value) in numbers where name != "ni" { numbers[name] = 3 * value + shift }
    let moved = try recover(word, numbers)
    expectClose(moved.mean, 3 * plain.mean + shift, relative: 1e-12)
    expectClose(moved.deviation, 3 * plain.deviation, relative: 1e-12)
  }

  /// With few subjects, little information or no spread the answers stay finite or are refused.
  @Test func edges() throws {
    let flat = try recover("default", ["mini": 4, "mediani": 4, "maxi": 4, "ni": 9])
    #expect(flat.mean == 4 && flat.deviation == 0 && flat.skewness == nil)
    let refused: [[String: Double]] = [
      ["mini": 1, "mediani": 2, "maxi": 3, "ni": 4], ["mini": 1, "maxi": 3, "ni": 40], ["mediani": 2, "ni": 40],
      ["mini": 1, "mediani": 2, "ni": 40], ["mini": 1, "mediani": 2, "maxi": 3], ["mini": 3, "mediani": 2, "ni": 40],
    ]
    for values in refused {
      #expect(throws: ConversionProblem.self) { try recover("default", values) }
    }
    #expect(throws: ConversionProblem.self) { try recover("hozo", five) }
    #expect(throws: ConversionProblem.self) {
      try recover("lognormal", ["mini": 0, "mediani": 2, "maxi": 3, "ni": 40])
    }
  }

  /// Row "long tail" of the reference data fails the test of Shi et al. (2023).
  @Test func skewness() throws {
    #expect(try recover("default", ["mini": 1, "mediani": 3, "maxi": 60, "ni": 80]).skewness != nil)
    #expect(try recover("default", ["q1i": 20, "mediani": 30, "q3i": 41, "ni": 60]).skewness == nil)
  }

  private struct BoxCoxRow: Decodable, CustomTestStringConvertible {
    let input: [String: Double]
    let mean, sd: Double
    var testDescription: String { "\(input)" }
  }

  private static let boxCoxRows: [BoxCoxRow] = {
    struct Document: Decodable { let rows: [BoxCoxRow] }
    guard let file = Bundle.module.url(forResource: "boxcox", withExtension: "json", subdirectory: "Fixtures"),
      let document = try? JSONDecoder().decode(Document.self, from: Data(contentsOf: file))
    else { return [] }
    return document.rows
  }()

  /// Against 30 digits by another route (Tests/Reference/boxcox.py).
  @Test(arguments: boxCoxRows) private func boxCox(_ row: BoxCoxRow) throws {
    let result = try recover("boxcox", row.input)
    expectClose(result.mean, row.mean, relative: 1e-8)
    expectClose(result.deviation, row.sd, relative: 1e-8)
  }

  /// The logarithms of these quartiles are symmetric: the exponent is 0, the mean exp(μ + σ²/2).
  @Test func boxCoxOfALogNormalShape() throws {
    #expect(Self.boxCoxRows.count == 7)
    let (m, ratio, n) = (8.0, 2.0, 80.0)
    let result = try recover("boxcox", ["q1i": m / ratio, "mediani": m, "q3i": m * ratio, "ni": n])
    let logs = try recover("default", ["q1i": -log(ratio), "mediani": 0, "q3i": log(ratio), "ni": n])
    let variance = logs.deviation * logs.deviation
    expectClose(result.mean, m * exp(logs.mean + variance / 2), relative: 1e-12)
    expectClose(result.deviation, result.mean * (exp(variance) - 1).squareRoot(), relative: 1e-12)
    #expect(throws: ConversionProblem.self) { try recover("boxcox", ["q1i": -1, "mediani": 2, "q3i": 3, "ni": n]) }
  }
}
