import Engine

/// Claims files made up in a test.
enum MadeClaims {
  static let header = "claim,quantity_kind,stated_value,arms,data_row,data_basis,formula,items"
  static let counts = "row,trial,events_new,n_new,events_control,n_control,pct_new_published,pct_control_published"
  static let means = "row,trial,scale,timepoint,mean_new,sd_new,n_new,mean_control,sd_control,n_control"

  static func document(_ name: String, _ lines: [String]) -> InputDocument {
    InputDocument(name: name, bytes: Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  /// A claims file from the lines below each table's head.
  static func file(
    _ claims: [String], counts rows: [String] = [], means others: [String] = [], header: String = MadeClaims.header
  ) throws -> ClaimsFile {
    try ClaimsFile(claims: document("claims.csv", [header] + claims)) { name throws(EvidenceError) in
      switch name {
      case "binary.csv": rows.isEmpty ? nil : document(name, [counts] + rows)
      case "continuous.csv": others.isEmpty ? nil : document(name, [means] + others)
      default: nil
      }
    }
  }

  /// The verdicts on the claims of a file.
  static func judged(_ file: ClaimsFile) -> [JudgedClaim] { file.claims.map(ClaimJudge(file).judge) }

  /// The verdict on one claim.
  static func verdict(
    _ kind: String, _ stated: String, arms: String = "", row: String, formula: String = "", counts: [String] = [],
    means: [String] = []
  ) throws -> JudgedClaim {
    let file = try file(
      ["c,\(kind),\"\(stated)\",\(arms),\(row),,\"\(formula)\","], counts: counts, means: means)
    return judged(file)[0]
  }
}

/// Numbers that look random and are the same in every run.
struct Noise {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 2 &+ 1 }

  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return range.lowerBound + Int(state >> 33) % (range.upperBound - range.lowerBound + 1)
  }
}
