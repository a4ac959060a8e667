import NumericCore
import ReviewFiles

/// A review's file as an oracle: every analysis run again from the data it holds, and compared with the results it stores.
public struct ReviewReproduction: Sendable {
  /// The claims, in the file's order.
  public let claims: [ReviewClaim]
  /// What was not compared, and why.
  public let remarks: [String]
  private let review: ReviewFile
  private let lines: [Line]
  private let document: InputDocument
  private let command: String

  /// An analysis in the report's table.
  private struct Line: Sendable {
    let analysis: ReviewAnalysis
    let formula: String
    let k: Int
    let agree, total: Int
  }

  /// Whether a document is a review's file.
  public static func takes(_ document: InputDocument) -> Bool { ReviewReader.recognises(document.bytes) }

  /// Runs every analysis of a review.
  /// - Throws: 65 with the place for a file that cannot be read.
  public init(_ document: InputDocument, command: String) throws(EvidenceError) {
    let review = try ReviewFile.read(document)
    guard !review.analyses.isEmpty else {
      throw EvidenceError(
        .badData, "the review has no analyses", file: document.name, hint: "give a review with data and analyses")
    }
    let runs = Parallel.map(review.analyses.count) { AnalysisReproduction(review.analyses[$0]) }
    self.review = review
    claims = runs.flatMap(\.claims)
    remarks =
      review.leftOut
      + runs.compactMap { run in run.remark.map { "\(run.analysis.number) (\(run.analysis.name)): \($0)" } }
    lines = runs.map { run in
      Line(
        analysis: run.analysis, formula: run.formula, k: run.k,
        agree: run.claims.count { $0.verdict == .reproduces || $0.verdict == .withinRounding },
        total: run.claims.count)
    }
    self.document = document
    self.command = command
  }

  private func count(_ verdict: Verdict) -> Int { claims.count { $0.verdict == verdict } }

  /// For people: a line an analysis, then every difference.
  public func text(digits: Int) -> String {
    let format = TextFormat(digits: digits)
    var lines = ["\(title): \(self.lines.count) analyses run again, \(claims.count) stored results compared", ""]
    var table = TextTable(
      ["Analysis", "Name", "k", "Run as", "Stored", "Agree", "Differ"],
      [.left, .left, .right, .left, .right, .right, .right])
    for line in self.lines {
      table.row([
        line.analysis.number, short(line.analysis.name), "\(line.k)", line.formula, "\(line.total)", "\(line.agree)",
        line.total == 0 ? "—" : "\(line.total - line.agree)",
      ])
    }
    lines += table.lines
    let wrong = claims.filter { $0.verdict != .reproduces }
    if !wrong.isEmpty {
      var differences = TextTable(
        ["Difference", "Stored", "Recomputed", "Verdict", "Note"], [.left, .right, .right, .left, .left])
      for claim in wrong {
        differences.row([
          claim.claim, claim.stated, format.number(claim.recomputed), claim.verdict.rawValue, claim.note,
        ])
      }
      lines += [""] + differences.lines
    }
    lines += ["", summaryLine]
    if !remarks.isEmpty { lines += ["", "Not compared"] + remarks.map { "  - " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  private var title: String { review.title.isEmpty ? review.software : "\(review.title) (\(review.software))" }

  private var summaryLine: String {
    let parts = Verdict.allCases.filter { count($0) > 0 }.map { "\($0.rawValue): \(count($0))" }
    return parts.isEmpty ? "Nothing to compare." : parts.joined(separator: " · ")
  }

  private func short(_ name: String) -> String { name.count <= 48 ? name : name.prefix(47) + "…" }

  /// The stored results as the lines of an audit, for JSON, CSV and HTML.
  public var audit: AuditReport {
    AuditReport(
      title: "Stored results of \(title)", entries: claims.map(\.entry), warnings: remarks, document: document,
      command: command)
  }

  /// The analyses and the differences as Markdown.
  public func markdown(digits: Int) -> String {
    let format = TextFormat(digits: digits)
    func row(_ cells: [String]) -> String {
      "| "
        + cells.map { cell in cell.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
        .joined(separator: " | ") + " |"
    }
    var out = ["# \(title)", "", row(["Analysis", "Name", "k", "Run as", "Stored", "Agree"])]
    out.append("| --- | --- | ---: | --- | ---: | ---: |")
    out += lines.map {
      row([$0.analysis.number, $0.analysis.name, "\($0.k)", $0.formula, "\($0.total)", "\($0.agree)"])
    }
    let wrong = claims.filter { $0.verdict != .reproduces }
    if !wrong.isEmpty {
      out += ["", row(["Difference", "Stored", "Recomputed", "Verdict", "Note"]), "| --- | ---: | ---: | --- | --- |"]
      out += wrong.map { row([$0.claim, $0.stated, format.number($0.recomputed), $0.verdict.rawValue, $0.note]) }
    }
    out += ["", summaryLine] + (remarks.isEmpty ? [] : [""] + remarks.map { "- " + $0 })
    return out.joined(separator: "\n") + "\n"
  }
}

extension ReviewClaim {
  /// The claim as a line of an audit.
  fileprivate var entry: AuditEntry {
    var entry = AuditEntry(claim: claim, quantityKind: kind, stated: stated, verdict: verdict)
    entry.trial = study ?? ""
    entry.recomputed = recomputed
    entry.recomputedText = recomputed.map { ClaimText.significant($0) }
    (entry.rangeLower, entry.rangeUpper) = (range?.lowerBound, range?.upperBound)
    if let range { entry.rangeKind = range.lowerBound < range.upperBound ? "first order in the rounding" : "exact" }
    entry.formula = formula
    entry.note = note
    return entry
  }
}
