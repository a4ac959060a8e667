import Foundation
import Synthesis
import TestSupport
import Testing

/// A set of studies and what metasens makes of it (Tests/Reference/doi-plot.R).
struct DoiPlotReference: Decodable, Sendable, CustomTestStringConvertible {
  let name, verdict: String
  let yi, sei, z: [Double]
  let index: Double

  var testDescription: String { name }
  var studies: BiasStudies { BiasStudies(yi: yi, vi: sei.map { $0 * $0 }) }

  private struct File: Decodable {
    let sets: [DoiPlotReference]
  }

  /// All sets; none when the file is not there, which a test notices.
  static let all: [DoiPlotReference] = {
    guard let url = Bundle.module.url(forResource: "doi-plot", withExtension: "json", subdirectory: "Fixtures"),
      let data = try? Data(contentsOf: url), let file = try? JSONDecoder().decode(File.self, from: data)
    else { return [] }
    return file.sets
  }()
}

@Suite struct LFKIndexTests {
  @Test func setsAreThere() { #expect(DoiPlotReference.all.count == 14) }

  @Test(arguments: DoiPlotReference.all)
  func indexIsThatOfMetasens(_ item: DoiPlotReference) throws {
    let result = try LFKIndex(item.studies)
    expectClose(result.value, item.index, relative: 1e-11, absolute: 1e-12, item.name)
    for (point, z) in zip(result.points, item.z) { expectClose(point.z, z, relative: 1e-11, absolute: 1e-12) }
    #expect(item.verdict.hasPrefix(result.asymmetry == .none ? "no " : result.asymmetry.rawValue))
    #expect(result.points.map(\.yi) == item.yi.sorted())
    #expect(result.points.allSatisfy { abs($0.z) >= abs(result.points[result.tip].z) })
  }

  @Test(arguments: DoiPlotReference.all)
  func unitAndOriginDoNotMatter(_ item: DoiPlotReference) throws {
    let base = try LFKIndex(item.studies)
    var other = item.studies
    other.yi = other.yi.map { 8 * $0 + 16 }
    other.vi = other.vi.map { 4 * $0 }
    let changed = try LFKIndex(other)
    expectClose(changed.value, base.value, relative: 1e-10, absolute: 1e-10)
    #expect(changed.points.map(\.study) == base.points.map(\.study))
  }

  /// Without equal effects the order of the data is nothing to the index; turned round it changes its sign up to the ½ of the mid-ranks.
  @Test(arguments: DoiPlotReference.all.filter { Set($0.yi).count == $0.yi.count })
  func orderDoesNotMatterAndSignTurns(_ item: DoiPlotReference) throws {
    let base = try LFKIndex(item.studies)
    #expect(base.tied == 0)
    let reversed = BiasStudies(yi: item.yi.reversed(), vi: item.studies.vi.reversed())
    #expect(try LFKIndex(reversed).value == base.value)
    let turned = try LFKIndex(BiasStudies(yi: item.yi.map { -$0 }, vi: item.studies.vi))
    expectClose(turned.value, -base.value, absolute: 0.05)
  }

  /// Equal limbs: nothing is left but the ½ of the mid-ranks.
  @Test func equalLimbsHaveNoAsymmetry() throws {
    let result = try LFKIndex(BiasStudies(yi: [-2, -1, 0, 1, 2], vi: [1, 0.5, 1e-6, 0.5, 1]))
    expectClose(result.value, 0, absolute: 0.01)
    #expect(result.asymmetry == .none && result.points[result.tip].study == 2)
  }

  @Test func tiesAreCounted() throws {
    let result = try LFKIndex(BiasStudies(yi: [2, 1, 2, 2, 3, 1], vi: [1, 1, 1, 1, 1, 1]))
    #expect(result.tied == 5)
  }

  @Test func badInput() {
    #expect(throws: FitError.tooFewStudies(needed: 3, got: 2, what: "the LFK index")) {
      try LFKIndex(BiasStudies(yi: [1, 2], vi: [1, 2]))
    }
    #expect(throws: FitError.noStudies) { try LFKIndex(BiasStudies(yi: [], vi: [])) }
    #expect {
      try LFKIndex(BiasStudies(yi: [1, 1, 1], vi: [1, 2, 3]))
    } throws: {
      if case FitError.notEstimable(let what, _) = $0 { what.contains("equal") } else { false }
    }
    for bad in [0, -1, .nan, .infinity] {
      #expect {
        try LFKIndex(BiasStudies(yi: [1, 2, 3], vi: [1, bad, 3]))
      } throws: {
        if case FitError.domain = $0 { true } else { false }
      }
    }
    #expect {
      try LFKIndex(BiasStudies(yi: [-1.7e308, 0, 1.7e308], vi: [1, 1, 1]))
    } throws: {
      if case FitError.domain(let what, _, _) = $0 { what.contains("range") } else { false }
    }
    // 10⁴⁰⁰ people have no number.
    #expect(throws: FitError.self) { try LFKIndex(BiasStudies(yi: [1, 2, 3], vi: [1e200, 1, 1e-200])) }
  }
}
