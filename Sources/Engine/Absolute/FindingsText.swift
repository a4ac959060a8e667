import EffectSizes
import TableIO

/// The phrases of a summary-of-findings row.
struct FindingsText {
  /// People that risks are counted in.
  let per: Double

  /// `63 per 1000`.
  func comparator(_ row: NumberNeededRow) -> String {
    row.baselineRisk.map { RiskText.people($0, per: per) } ?? "—"
  }

  /// `31 per 1000 (21 to 44)`; the interval is the difference's, laid on the comparator risk and kept within 0…1.
  func intervention(_ row: NumberNeededRow) -> String {
    guard let risk = row.experimentalRisk, let limits = row.experimentalLimits else {
      return row.experimentalRisk.map { RiskText.people($0, per: per) } ?? "—"
    }
    return
      "\(RiskText.people(risk, per: per)) (\(RiskText.whole(limits.lower, per)) to \(RiskText.whole(limits.upper, per)))"
  }

  /// `65 fewer per 1000 (from 84 fewer to 38 fewer)`, `12 fewer per 1000 (30 fewer to 9 more)`.
  func difference(_ row: NumberNeededRow) -> String {
    let value = row.difference.value
    let limits = row.difference.limits
    let text = value == 0 ? "no difference" : "\(signed(value)) per \(RiskText.base(per))"
    if limits.lower.isNaN { return text }
    let from = limits.lower < 0 && limits.upper > 0 ? "" : "from "
    return "\(text) (\(from)\(signed(limits.lower)) to \(signed(limits.upper)))"
  }

  /// `RR 0.49 (0.34 to 0.70)`.
  static func relative(_ effect: RelativeEffect?, decimals: Int = 2) -> String {
    guard let effect else { return "—" }
    func number(_ value: Double) -> String { NumberText.plain.fixed(value, decimals: decimals) }
    let text = "\(effect.measure.shortCode) \(number(effect.estimate))"
    return effect.hasLimits ? "\(text) (\(number(effect.limits.lower)) to \(number(effect.limits.upper)))" : text
  }

  private func signed(_ difference: Double) -> String {
    RiskText.whole(abs(difference), per) + (difference > 0 ? " more" : " fewer")
  }
}

extension NumberNeededRow {
  /// Limits of the experimental risk: the difference's, laid on the comparator risk and kept within 0…1.
  var experimentalLimits: ConfidenceLimits? {
    guard let baselineRisk, !difference.limits.lower.isNaN else { return nil }
    let shifted = ConfidenceLimits(
      lower: baselineRisk + difference.limits.lower, upper: baselineRisk + difference.limits.upper)
    return shifted.clamped(to: 0...1)
  }
}

extension FindingsReport {
  /// Participants and studies: `213 (3 studies)`.
  var size: String {
    let studies = studyCount.map { "\($0) \($0 == 1 ? "study" : "studies")" }
    guard let participants else { return studies ?? "—" }
    var number = NumberText.plain
    number.thousands = participants >= 10_000 ? " " : ""
    return number.whole(participants) + (studies.map { " (\($0))" } ?? "")
  }

  var outcomeWithTime: String { outcome + (request.effect.horizon.map { " (\($0))" } ?? "") }

  /// The report as text for people.
  public var text: String {
    let words = FindingsText(per: per)
    let percent = level.percentText
    var lines = [
      "Outcome          \(outcomeWithTime)", "Participants     \(size)",
      "Certainty        \(request.certainty?.symbol ?? "not given")",
    ]
    if let means {
      return (lines + ["Difference       \(means.text), \(percent) CI", ""] + notes).joined(separator: "\n") + "\n"
    }
    lines += ["Relative effect  \(FindingsText.relative(absolute?.effect)), \(percent) CI", ""]
    var table = TextTable(
      ["Risk with \(request.comparator)", "Risk with \(request.intervention)", "Difference", "NNT"],
      [.left, .left, .left, .left])
    let numbers = NumberNeededText(request.effect.rounding)
    for row in absolute?.rows ?? [] {
      table.row([
        words.comparator(row), words.intervention(row), words.difference(row),
        "\(numbers.estimate(row.number)) (\(numbers.interval(row.number)))",
      ])
    }
    lines += table.lines
    if let statement { lines += ["", statement] }
    return (lines + [""] + notes).joined(separator: "\n") + "\n"
  }

  private var notes: [String] {
    let rest = warnings
    return footnotes.map { "  - " + $0 } + (rest.isEmpty ? [] : ["", "Notes"] + rest.map { "  - " + $0 })
  }

  /// The columns of a table for publication.
  var heads: [String] {
    [
      "Outcome", "Participants (studies)", "Certainty of the evidence",
      "Relative effect (\(level.percentText) CI)",
      "Risk with \(request.comparator)", "Risk with \(request.intervention) (\(level.percentText) CI)",
      "Difference (\(level.percentText) CI)",
    ]
  }

  /// The cells of a table for publication, a row for each baseline risk; what all share is in the first.
  var cells: [[String]] {
    let words = FindingsText(per: per)
    if let means { return [[outcomeWithTime, size, request.certainty?.symbol ?? "—", "—", "—", "—", means.text]] }
    return (absolute?.rows ?? []).enumerated().map { index, row in
      let shared = [
        outcomeWithTime, size, request.certainty?.symbol ?? "—", FindingsText.relative(absolute?.effect),
      ]
      return (index == 0 ? shared : shared.map { _ in "" })
        + [words.comparator(row), words.intervention(row), words.difference(row)]
    }
  }

  /// The report as a Markdown table with footnotes.
  public var markdown: String {
    func line(_ cells: [String]) -> String {
      "| "
        + cells.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }.joined(
          separator: " | ") + " |"
    }
    var lines = [line(heads), line(heads.map { _ in "---" })] + cells.map(line)
    if let statement { lines += ["", statement] }
    lines += [""] + footnotes.map { "- " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The report as an HTML table with footnotes.
  public var html: String {
    func row(_ cells: [String], _ tag: String) -> String {
      "<tr>" + cells.map { "<\(tag)>\($0.escapedForHTML)</\(tag)>" }.joined() + "</tr>"
    }
    var lines = ["<table>", "<thead>" + row(heads, "th") + "</thead>", "<tbody>"] + cells.map { row($0, "td") }
    lines += ["</tbody>", "</table>"]
    if let statement { lines.append("<p>\(statement.escapedForHTML)</p>") }
    lines += ["<ul>"] + footnotes.map { "<li>\($0.escapedForHTML)</li>" } + ["</ul>"]
    return lines.joined(separator: "\n") + "\n"
  }
}

extension String {
  /// Text as it stands between HTML tags.
  fileprivate var escapedForHTML: String {
    var result = ""
    for character in self {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
