import Foundation
import Testing

@testable import EffectSizes

/// Rows of a comma-separated fixture, by column name; lines that begin with # are its passport.
struct AbsoluteFixture {
  struct Row: CustomTestStringConvertible, Sendable {
    let fields: [String: String]
    let testDescription: String

    subscript(name: String) -> String { fields[name] ?? "" }

    func number(_ name: String) throws -> Double { try #require(Double(self[name]), "\(name) in \(testDescription)") }

    func counts() throws -> TwoArmCounts {
      try TwoArmCounts(
        events1: number("x1"), total1: number("n1"), events2: number("x2"), total2: number("n2"))
    }
  }

  static func rows(_ file: String) -> [Row] {
    guard
      let url = Bundle.module.url(forResource: "Fixtures/absolute/" + file, withExtension: nil),
      let text = try? String(contentsOf: url, encoding: .utf8)
    else {
      Issue.record("fixture \(file) not found")
      return []
    }
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let names = lines[0].split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
      let values = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return Row(
        fields: Dictionary(uniqueKeysWithValues: zip(names, values)), testDescription: String(line))
    }
  }
}

/// A fixed-decimals writer for the tests of text.
func fixed(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }
