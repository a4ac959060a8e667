extension AuditReport {
  /// As a page by itself: no script, no other file; readable without colours, in light and dark, on paper and aloud.
  public var html: String {
    let table = AuditReport.heads.map { "<th scope=\"col\">\($0)</th>" }.joined()
    var lines = [
      "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
      "<title>\(AuditReport.escaped(title))</title>", "<style>\(AuditReport.style)</style>", "</head>", "<body>",
      "<main>",
      "<h1>\(AuditReport.escaped(title))</h1>", "<p>\(AuditReport.escaped(summary))</p>",
      "<table class=\"summary\">", "<caption>Claims by verdict</caption>",
      "<thead><tr><th scope=\"col\">Verdict</th><th scope=\"col\">Claims</th><th scope=\"col\">Meaning</th></tr></thead>",
      "<tbody>",
    ]
    lines += Verdict.allCases.map { verdict in
      "<tr><th scope=\"row\">\(badge(verdict))</th><td class=\"number\">\(count(verdict))</td><td>\(verdict.meaning)</td></tr>"
    }
    lines += [
      "</tbody>", "</table>", "<div class=\"wide\" role=\"region\" aria-label=\"Claims\" tabindex=\"0\">",
      "<table class=\"claims\">",
      "<caption>Every claim, what was recomputed, and from what</caption>", "<thead><tr>\(table)</tr></thead>",
      "<tbody>",
    ]
    lines += entries.map(row) + ["</tbody>", "</table>", "</div>"]
    if !warnings.isEmpty {
      lines += ["<h2>Notes</h2>", "<ul>"] + warnings.map { "<li>\(AuditReport.escaped($0))</li>" } + ["</ul>"]
    }
    lines += ["<footer>", "<p>\(AuditReport.escaped(origin))</p>", "</footer>", "</main>", "</body>", "</html>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func row(_ entry: AuditEntry) -> String {
    let cells = cells(entry)
    let body = cells.enumerated().map { index, cell -> String in
      switch index {
      case 0: return "<th scope=\"row\">\(AuditReport.escaped(cell))</th>"
      case cells.count - 2: return "<td>\(badge(entry.verdict))</td>"
      default: return "<td>\(AuditReport.escaped(cell))</td>"
      }
    }
    return "<tr id=\"\(AuditReport.escaped(entry.claim))\">" + body.joined() + "</tr>"
  }

  private func badge(_ verdict: Verdict) -> String {
    let name = verdict.rawValue.map { $0 == " " ? "-" : String($0) }.joined()
    return
      "<span class=\"verdict \(name)\"><span aria-hidden=\"true\">\(verdict.symbol)</span> \(verdict.rawValue)</span>"
  }

  private var origin: String {
    let input = provenance.inputName.map { "input \($0), SHA-256 \(provenance.inputSHA256 ?? "unknown")" }
    return ["evidence \(version)", provenance.command, input ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: String(character)
      }
    }.joined()
  }

  private static let style = """
    :root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--line:#c8c8c8;--soft:#f3f3f3;--good:#14532d;--near:#5b4300;\
    --bad:#8b1a1a;--none:#4a4a4a}
    @media (prefers-color-scheme:dark){:root{--ink:#ececec;--paper:#161616;--line:#4a4a4a;--soft:#242424;--good:#86e0a6;\
    --near:#f0cd73;--bad:#ff9a9a;--none:#bdbdbd}}
    body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.45 system-ui,sans-serif}
    main{max-width:100rem;margin:0 auto;padding:1.5rem}
    table{border-collapse:collapse;margin:1rem 0}
    caption{text-align:left;font-weight:600;padding:.3rem 0}
    th,td{border:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}
    thead th{background:var(--soft)}
    .claims{font-size:.9rem}
    .claims td:last-child{min-width:22rem}
    .number{text-align:right}
    .wide{overflow-x:auto}
    .verdict{font-weight:600;white-space:nowrap}
    .reproduces{color:var(--good)}.within-rounding{color:var(--near)}
    .does-not-reproduce,.impossible-as-printed{color:var(--bad)}.not-enough-data{color:var(--none)}
    footer{font-size:.85rem;overflow-wrap:anywhere}
    @media print{.wide{overflow:visible}.claims{font-size:.7rem}.claims td:last-child{min-width:0}}
    """
}

extension Verdict {
  /// What it means, in a sentence.
  var meaning: String {
    switch self {
    case .reproduces: "The value from the data as printed prints as stated, rounded to nearest."
    case .withinRounding:
      "The value itself prints otherwise, but the rounding of the printed inputs, or truncation, allows the stated one."
    case .doesNotReproduce: "No value that the inputs allow prints as stated."
    case .impossible: "No data could print so: the number contradicts whole numbers of people, or its own companions."
    case .notEnoughData: "There is nothing to recompute it from; agreement with another text is not recomputation."
    }
  }
}
