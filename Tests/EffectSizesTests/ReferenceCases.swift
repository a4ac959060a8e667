import EffectSizes
import Foundation
import TestSupport
import Testing

/// One call of the reference tool: data by role, options, and the estimates it gives.
struct ReferenceCase: Decodable, Sendable, CustomTestStringConvertible {
  let id: String
  let measure: String
  let call: String
  var vtype: String?
  var add: Double?
  var to: String?
  var drop00: Bool?
  var correct: Bool?
  let columns: [String: [Double?]]
  let k: Int
  let by: String
  let rows: [[Double]]
  var relative: Double?

  var testDescription: String { "\(id): \(call)" }

  var options: EffectOptions {
    EffectOptions(
      add: add, to: to.flatMap(CorrectionRule.init) ?? .onlyZero, drop00: drop00 ?? false, vtype: vtype,
      correct: correct ?? true)
  }

  var studyColumns: StudyColumns {
    var result = StudyColumns(count: columns.values.first?.count ?? 0)
    for (name, values) in columns {
      guard let role = Role(rawValue: name) else { continue }
      result[role] = values.map { $0 ?? .nan }
    }
    return result
  }

  private struct File: Decodable { let cases: [ReferenceCase] }

  static func load(_ name: String) throws -> [ReferenceCase] {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }
}

@Suite struct ReferenceTests {
  static let cases = ["escalc", "escalc-3.8"].flatMap { (try? ReferenceCase.load($0)) ?? [] }

  @Test(arguments: cases) func agreesWithReference(_ example: ReferenceCase) throws {
    let measure = try #require(Measure.named(example.measure))
    let effects = try measure.estimate(example.studyColumns, example.options)
    let usable = effects.yi.indices.filter { !effects.yi[$0].isNaN }
    try #require(usable.count == example.k, "\(effects.problems)")
    for row in example.rows {
      let number = Int(row[0])
      let index = example.by == "usable" ? usable[number] : number
      let tolerance = example.relative ?? 1e-10
      expectClose(effects.yi[index], row[1], relative: tolerance, absolute: 1e-13, "\(example.id) yi[\(index)]")
      expectClose(effects.vi[index], row[2], relative: tolerance, absolute: 1e-13, "\(example.id) vi[\(index)]")
    }
  }

  @Test func everyMeasureHasAReference() throws {
    try #require(!Self.cases.isEmpty)
    let covered = Set(Self.cases.compactMap { Measure.named($0.measure)?.code })
    let missing = Measure.all.map(\.code).filter { !covered.contains($0) }
    #expect(missing.isEmpty, "no reference case for \(missing)")
  }

  @Test func codesAreUnique() {
    let codes = Measure.all.flatMap { [$0.code] + $0.aliases }
    #expect(Set(codes).count == codes.count)
    #expect(codes.allSatisfy { $0 == $0.uppercased() })
  }
}
