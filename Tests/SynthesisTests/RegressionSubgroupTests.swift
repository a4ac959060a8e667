import NumericCore
import Synthesis
import TestSupport
import Testing

@Suite("Subgroup analyses")
struct RegressionSubgroupTests {
  private struct File: Decodable {
    var data: [String: Studies]
    var cases: [Case]
  }

  private struct Studies: Decodable {
    var yi, vi: [Double]
    var group: [String]
  }

  private struct Case: Decodable {
    var data, method, test: String
    var common: Bool
    var names: [String]
    var k: [Int]
    var estimate, se, lower, p, tau2: [Double]
    var q, qp: Double
  }

  @Test("metafor's fits per level and test of differences")
  func matchesMetafor() throws {
    let file = try RegressionFixture.decode(File.self, "subgroups.json")
    #expect(file.cases.count >= 8)
    for reference in file.cases {
      let studies = try #require(file.data[reference.data])
      let model = PoolingModel(
        method: try #require(PoolingMethod(code: reference.method)),
        inference: try #require(FitCase.inference(reference.test)))
      let analysis = try model.fitSubgroups(
        yi: studies.yi, vi: studies.vi, groups: studies.group, commonTauSquared: reference.common)
      let name = "\(reference.data) \(reference.method) \(reference.test) \(reference.common)"
      #expect(analysis.subgroups.map(\.name) == reference.names)
      #expect(analysis.subgroups.map(\.fit.k) == reference.k)
      for (j, subgroup) in analysis.subgroups.enumerated() {
        let pooled = try #require(subgroup.fit.pooled)
        expectClose(pooled.value, reference.estimate[j], relative: 1e-8, name)
        expectClose(pooled.standardError, reference.se[j], relative: 1e-8, name)
        expectClose(pooled.interval.lower, reference.lower[j], relative: 1e-8, absolute: 1e-10, name)
        expectClose(try #require(pooled.pValue), reference.p[j], relative: 1e-8, name)
        expectClose(
          subgroup.fit.heterogeneity.tauSquared ?? 0, reference.tau2[j], relative: 1e-7, absolute: 1e-10, name)
        #expect(subgroup.rows.allSatisfy { studies.group[$0] == subgroup.name })
      }
      let test = try #require(analysis.test)
      expectClose(test.q, reference.q, relative: 1e-7, name)
      expectClose(test.pValue, reference.qp, relative: 1e-7, name)
      #expect(test.degreesOfFreedom == reference.names.count - 1)
    }
  }

  @Test("One level, a level of one study, labels that do not fit")
  func edges() throws {
    let model = PoolingModel(inference: .hartungKnapp)
    let yi = [0.1, 0.4, -0.2, 0.8]
    let vi = [0.1, 0.2, 0.1, 0.3]
    for common in [false, true] {
      let whole = try model.fitSubgroups(yi: yi, vi: vi, groups: ["a", "a", "a", "a"], commonTauSquared: common)
      #expect(whole.test == nil && whole.subgroups.count == 1)
      expectClose(whole.subgroups[0].fit.coefficients[0].value, try model.fit(yi: yi, vi: vi).coefficients[0].value)
    }
    let single = try model.fitSubgroups(yi: yi, vi: vi, groups: ["b", "a", "b", "b"])
    #expect(single.subgroups.map(\.name) == ["b", "a"])
    #expect(single.subgroups[1].fit.inference == "normal")
    #expect(single.notes.contains { $0.code == "subgroup-of-one" && $0.message.hasSuffix(": a") })
    #expect(throws: FitError.self) { try model.fitSubgroups(yi: yi, vi: vi, groups: ["a"]) }
    #expect(throws: FitError.self) { try model.fitSubgroups(yi: [], vi: [], groups: []) }
  }
}
