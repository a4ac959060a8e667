import Plots
import TableIO

extension AuditReport {
  /// For people: the summary, a line for each claim, and the notes below it.
  public var text: String {
    var lines = [title, summary, ""]
    let width = entries.map { TerminalWidth.cells($0.claim) }.max() ?? 0
    for entry in entries {
      let name = entry.claim + String(repeating: " ", count: width - TerminalWidth.cells(entry.claim))
      let about = [entry.trial, entry.quantityKind].filter { !$0.isEmpty }.joined(separator: ", ")
      lines.append("\(entry.verdict.symbol) \(name)  \(entry.verdict.rawValue)  [\(about)]")
      let indent = String(repeating: " ", count: width + 4)
      var found = "stated \(entry.stated)"
      if let text = entry.recomputedText { found += "; recomputed \(text)" }
      if !entry.rangeText.isEmpty { found += "; range \(entry.rangeText)" }
      lines += AuditReport.wrapped(found, indent: indent)
      if let formula = entry.formula, !formula.isEmpty {
        let rows = entry.dataRow.isEmpty ? "" : " from \(entry.dataRow)"
        lines += AuditReport.wrapped("by \(formula)\(rows)", indent: indent)
      }
      if !entry.note.isEmpty { lines += AuditReport.wrapped(entry.note, indent: indent) }
    }
    lines += warnings.isEmpty ? [] : ["", "Notes"] + warnings.map { "  - " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Lines of at most 110 columns, broken at blanks.
  private static func wrapped(_ text: String, indent: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, TerminalWidth.cells(indent + line) + 1 + TerminalWidth.cells(String(word)) > 110 {
        lines.append(indent + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return lines + (line.isEmpty ? [] : [indent + line])
  }

  /// The columns of the tables for publication.
  static let heads = [
    "Claim", "Source", "Quantity", "Stated", "Recomputed", "Range", "Formula", "Data row", "Verdict", "Note",
  ]

  func cells(_ entry: AuditEntry) -> [String] {
    [
      entry.claim, [entry.trial, entry.source].filter { !$0.isEmpty }.joined(separator: ": "), entry.quantityKind,
      entry.stated, entry.recomputedText ?? "—", entry.rangeText.isEmpty ? "—" : entry.rangeText, entry.formula ?? "—",
      entry.dataRow.isEmpty ? "—" : entry.dataRow, entry.verdict.symbol + " " + entry.verdict.rawValue, entry.note,
    ]
  }

  /// As Markdown: the summary and one table.
  public var markdown: String {
    func line(_ cells: [String]) -> String {
      let escaped = cells.map { cell in
        cell.map { $0 == "|" || $0 == "*" || $0 == "<" ? "\\\($0)" : $0 == "\n" ? " " : String($0) }.joined()
      }
      return "| " + escaped.joined(separator: " | ") + " |"
    }
    var lines = ["# \(title)", "", summary, "", line(["Verdict", "Claims"]), line(["---", "---:"])]
    lines += Verdict.allCases.map { line([$0.rawValue, String(count($0))]) }
    lines +=
      ["", line(AuditReport.heads), line(AuditReport.heads.map { _ in "---" })] + entries.map { line(cells($0)) }
    lines += warnings.isEmpty ? [] : [""] + warnings.map { "- " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  /// As CSV, numbers at full precision.
  public var csv: String {
    let heads = [
      "claim", "trial", "source", "quantity_kind", "stated", "recomputed", "range_lower", "range_upper", "range_kind",
      "formula", "data_row", "data_basis", "circular", "verdict", "note",
    ]
    func number(_ value: Double?) -> String { value.map { $0.isFinite ? "\($0)" : "" } ?? "" }
    let rows = entries.map { entry in
      [
        entry.claim, entry.trial, entry.source, entry.quantityKind, entry.stated, number(entry.recomputed),
        number(entry.rangeLower), number(entry.rangeUpper), entry.rangeKind ?? "", entry.formula ?? "", entry.dataRow,
        entry.dataBasis, entry.isCircular ? "true" : "false", entry.verdict.rawValue, entry.note,
      ]
    }
    return ([heads] + rows).map { row in row.map(AuditReport.quoted).joined(separator: ",") }.joined(separator: "\n")
      + "\n"
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
    return "\"" + cell.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}
