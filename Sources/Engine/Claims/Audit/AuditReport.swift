public import TableIO

/// What `evidence reproduce` prints: every claim with its verdict, and a count of each.
public struct AuditReport: Sendable {
  /// The lines, in the file's order.
  public let entries: [AuditEntry]
  /// What was audited, for headings.
  public let title: String
  /// What the reader should know of the input.
  public let warnings: [String]
  let provenance: Provenance

  /// A report of lines that were judged elsewhere, such as the stored results of a review file.
  public init(
    title: String, entries: [AuditEntry], warnings: [String] = [], document: InputDocument, command: String
  ) {
    self.title = title
    self.entries = entries
    self.warnings = warnings
    var provenance = Provenance(command: command)
    provenance.inputName = document.name
    provenance.inputSHA256 = document.sha256
    provenance.rowsRead = entries.count
    provenance.rowsUsed = entries.count { $0.verdict != .notEnoughData }
    self.provenance = provenance
  }

  /// Recomputes every claim of a file.
  public init(_ file: ClaimsFile, level: Double = 0.95, command: String) {
    let judge = ClaimJudge(file, level: level)
    self.init(
      title: "Claims of \(file.document.name)", entries: file.claims.map { AuditEntry(judge.judge($0)) },
      document: file.document, command: command)
  }

  /// How many claims have a verdict.
  public func count(_ verdict: Verdict) -> Int { entries.count { $0.verdict == verdict } }

  /// Whether every claim that could be tested reproduces.
  public var isClean: Bool { !entries.contains { $0.verdict.isFailure } }

  /// As JSON (`evidence.reproduce/1`).
  public var json: JSONValue {
    let counts: [(String, JSONValue)] = Verdict.allCases.map { ($0.rawValue, .integer(count($0))) }
    return .fields([
      ("schema", .string("evidence.reproduce/1")), ("claims", .array(entries.map(\.json))),
      ("summary", .fields(counts + [("claims", .integer(entries.count))])), ("warnings", .texts(warnings)),
      ("provenance", provenance.json),
    ])
  }

  /// A sentence that sums up.
  var summary: String {
    let parts = Verdict.allCases.filter { count($0) > 0 }.map { "\(count($0)) \($0.plural(count($0)))" }
    let word = entries.count == 1 ? "claim" : "claims"
    return "\(entries.count) \(word): " + ClaimText.list(parts) + "."
  }
}

extension Verdict {
  /// As a sentence counts it: "3 reproduce", "1 does not reproduce".
  fileprivate func plural(_ count: Int) -> String {
    switch self {
    case .reproduces: count == 1 ? "reproduces" : "reproduce"
    case .withinRounding: "within rounding"
    case .doesNotReproduce: count == 1 ? "does not reproduce" : "do not reproduce"
    case .impossible: "impossible as printed"
    case .notEnoughData: "without enough data"
    }
  }

  /// A sign that needs no colour.
  var symbol: String {
    switch self {
    case .reproduces: "✓"
    case .withinRounding: "≈"
    case .doesNotReproduce: "✗"
    case .impossible: "⊘"
    case .notEnoughData: "·"
    }
  }
}
