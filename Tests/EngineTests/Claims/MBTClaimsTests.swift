import Datasets
import Engine
import Foundation
import TableIO
import TestSupport
import Testing

/// The claims about MBT: the first case book.
@Suite struct MBTClaimsTests {
  private static let judged: [String: JudgedClaim] = {
    guard let file = try? ClaimsFile.read("mbt") else { return [:] }
    return Dictionary(uniqueKeysWithValues: MadeClaims.judged(file).map { ($0.claim.id, $0) })
  }()

  private func claim(_ id: String) throws -> JudgedClaim { try #require(MBTClaimsTests.judged[id]) }

  /// Claims that differ from the verdict recorded by hand, and why.
  private static let differences: [String: (Verdict, String)] = [
    "k10": (.notEnoughData, "agreement with another text is no recomputation"),
    "k20": (.notEnoughData, "agreement with another text is no recomputation"),
    "k21": (.notEnoughData, "agreement with another text is no recomputation"),
    "k22": (.notEnoughData, "agreement with another text is no recomputation"),
    "k25": (.notEnoughData, "a design is no number that data could give"),
    "k26": (.notEnoughData, "agreement with another text is no recomputation"),
    "k27": (.notEnoughData, "agreement with another text is no recomputation"),
    "k28": (.notEnoughData, "a citation is no number that data could give"),
    "k43": (.withinRounding, "2.045 from the SDs as printed; 2.05 needs SDs that are not printed"),
    "k70": (.notEnoughData, "the rows pooled are not in the data"),
    "k71": (.notEnoughData, "the rows pooled are not in the data"),
  ]

  @Test func verdictsAreThoseRecordedOrDifferForAReason() throws {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/claims/recorded", withExtension: "csv"))
    let table = try TableReader.read(Array(try Data(contentsOf: url)), fileName: "recorded.csv")
    #expect(table.rowCount == MBTClaimsTests.judged.count)
    for row in 0..<table.rowCount {
      let id = table.text(row: row, column: 0)
      let recorded = try #require(Verdict(rawValue: table.text(row: row, column: 1)))
      let judged = try claim(id)
      if let (verdict, reason) = MBTClaimsTests.differences[id] {
        #expect(judged.verdict == verdict && verdict != recorded, "\(id): \(judged.verdict.rawValue); \(reason)")
      } else {
        #expect(
          judged.verdict == recorded, "\(id): \(judged.verdict.rawValue), recorded \(recorded.rawValue): \(judged.note)"
        )
      }
    }
  }

  @Test func theAggressionEffectNeedsAnotherSD() throws {
    let judged = try claim("k17")
    expectClose(try #require(judged.recomputed), 0.685, absolute: 0.0005)
    #expect(try #require(judged.rangeUpper) < 0.735)
    #expect(judged.note.contains("SD of 129.7") && judged.note.contains("87%"))
  }

  @Test func percentagesSayWhichCountsTheyAllow() throws {
    #expect(try claim("k08").note.contains("impossible, were it rounded"))
    #expect(try claim("k09").note.contains("13 is the only count of 15"))
    #expect(try claim("k12").note.contains("52 is the only count of 71"))
    #expect(try claim("k12").isCircular)
    let nineteen = try MadeClaims.verdict("risk", "87%", arms: "new", row: "b", counts: ["b,t,16,19,1,19,,"])
    #expect(nineteen.verdict == .impossible && nineteen.note.contains("15 (13/15)"))
    let unknown = try MadeClaims.verdict("risk", "13%", arms: "new", row: "b", counts: ["b,t,,22,1,19,,"])
    #expect(unknown.verdict == .impossible && unknown.note.contains("By truncation 3/22"))
  }

  @Test func otherWaysOfBeingRight() throws {
    expectClose(try #require(try claim("k05").recomputed), 1 / (12.0 / 19 - 1.0 / 19))
    #expect(try claim("k63").formula?.contains("DL") == true)
    #expect(try claim("k43").note.contains("starred"))
    #expect(try claim("k48").note.contains("-1.10 would agree"))
    #expect(try claim("k64").note.contains("Missing: the others"))
    #expect(try claim("k66").note.contains("Circular"))
  }

  /// Every study row with a printed effect size, as claims: Hedges' g with its SE from means or from the log OR, and the log RR
  /// with 0.5 added to events and totals, to 1e-6. Of the 71 rows 54 print an effect; the others have counts alone.
  @Test func studyRowsReproduceTheirPrintedEffects() throws {
    let data = try #require(Dataset.named("mbt/study-level"))
    let table = try TableReader.read(data.bytes, fileName: "study-level.csv")
    func cell(_ row: Int, _ name: String) -> String {
      table.columnIndex(named: name).map {
        table.isMissing(row: row, column: $0) ? "" : table.text(row: row, column: $0)
      } ?? ""
    }
    var (claims, counts, means, expected) = ([String](), [String](), [String](), [(Double, Double)]())
    for row in 0..<table.rowCount {
      let isCounts = !cell(row, "events1").isEmpty
      if isCounts {
        counts.append(
          "b\(row),t,\(cell(row, "events1")),\(cell(row, "total1")),\(cell(row, "events2")),\(cell(row, "total2")),,")
      } else {
        let values = ["mean1", "sd1", "n1", "mean2", "sd2", "n2"].map { cell(row, $0) }
        means.append("c\(row),t,s,end,\(values.joined(separator: ","))")
      }
      let sources = [
        ("expected_g", "SMD", isCounts ? "Hedges, 0.5 to every cell" : "Hedges, 1 - 3/(4 df - 1)"),
        ("expected_log_rr", "log RR", "0.5 added to events and totals"),
      ]
      for (column, kind, formula) in sources {
        guard let value = Double(cell(row, column)), let error = Double(cell(row, column + "_se")) else { continue }
        let stated =
          "\(try #require(PrintedNumber(value, decimals: 6))) (SE \(try #require(PrintedNumber(error, decimals: 6))))"
        claims.append("\(row)-\(column),\(kind),\(stated),,\(isCounts ? "b" : "c")\(row),,\"\(formula)\",")
        expected.append((value, error))
      }
    }
    let judged = MadeClaims.judged(try MadeClaims.file(claims, counts: counts, means: means))
    #expect(table.rowCount == 71 && Set(judged.map { $0.claim.id.prefix { $0 != "-" } }).count == 54)
    for (claim, (value, _)) in zip(judged, expected) {
      #expect(claim.verdict == .reproduces, "\(claim.claim.id) \(claim.claim.stated): \(claim.note)")
      expectClose(abs(try #require(claim.recomputed)), abs(value), absolute: 1e-6)
    }
  }
}
