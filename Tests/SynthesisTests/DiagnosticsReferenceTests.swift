import Foundation
import NumericCore
import Synthesis
import TestSupport
import Testing

/// The fixture that Tests/Reference/diagnostics.R writes.
private struct InfluenceFixture: Decodable, Sendable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let id, method, inference: String
    let withLatitude: Bool
    let rstudent, dffits, cooksDistance, covarianceRatio, leverage, weight: [Double]
    let dfbetas: [[Double]]
    var testDescription: String { id }
  }

  let passport: String
  let yi, vi, latitude, weights: [Double]
  let cases: [Case]

  static let shared: InfluenceFixture = {
    guard let url = Bundle.module.url(forResource: "Fixtures/diagnostics-reference", withExtension: "json"),
      let data = try? Data(contentsOf: url),
      let fixture = try? JSONDecoder().decode(InfluenceFixture.self, from: data)
    else { return InfluenceFixture(passport: "", yi: [], vi: [], latitude: [], weights: [], cases: []) }
    return fixture
  }()

  func studies(_ item: Case) -> DiagnosticStudies {
    guard item.withLatitude else { return DiagnosticStudies(yi: yi, vi: vi, weights: weights) }
    let ones = [Double](repeating: 1, count: yi.count)
    return DiagnosticStudies(
      yi: yi, vi: vi, design: Matrix(columns: [ones, latitude]), terms: ["intercept", "latitude"], weights: weights)
  }
}

@Suite("Diagnostics: influence with user weights against metafor")
struct DiagnosticsReferenceTests {
  @Test func theFixtureIsThere() { #expect(InfluenceFixture.shared.cases.count == 3) }

  @Test(arguments: InfluenceFixture.shared.cases)
  private func influenceWithWeights(_ item: InfluenceFixture.Case) throws {
    let model = PoolingModel(
      method: try #require(PoolingMethod(code: item.method)),
      inference: try #require(Inference(word: item.inference)))
    let studies = InfluenceFixture.shared.studies(item)
    let rows = try InfluenceAnalysis(model: model, studies: studies, fit: studies.fit(model)).rows(0..<studies.count)
    // metafor's REML stops where τ² moves by less than a threshold; the deleted fits share 1e-7 with ours.
    let relative = item.method == "REML" ? 1e-7 : 1e-10
    for (i, row) in rows.enumerated() {
      expectClose(row.rstudent, item.rstudent[i], relative: relative, "rstudent \(i)")
      expectClose(row.dffits, item.dffits[i], relative: relative, "dffits \(i)")
      expectClose(row.cooksDistance, item.cooksDistance[i], relative: relative, "Cook \(i)")
      expectClose(row.covarianceRatio, item.covarianceRatio[i], relative: relative, "covariance ratio \(i)")
      expectClose(row.leverage, item.leverage[i], relative: relative, "leverage \(i)")
      expectClose(row.weight, item.weight[i], relative: relative, "weight \(i)")
      for (j, value) in row.dfbetas.enumerated() {
        expectClose(value, item.dfbetas[i][j], relative: relative, absolute: 1e-10, "dfbetas \(i), \(j)")
      }
    }
  }
}
