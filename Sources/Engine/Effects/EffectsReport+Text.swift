import EffectSizes
import TableIO

extension EffectsReport {
  /// The rows as a table for people.
  public func text(digits: Int) -> String {
    let format = TextFormat(digits: digits)
    let measure = studies.measure
    let percent = NumberText.plain.fixed(100 * level, decimals: level * 100 == (level * 100).rounded() ? 0 : 1)
    let transformed = measure.display.name != "none"
    var table = TextTable(
      ["Row", "Study", measure.code, "\(percent)% CI", "P"] + (transformed ? ["yi", "vi"] : ["vi"]),
      [.right, .left, .right, .right, .right, .right, .right])
    for i in 0..<studies.count {
      let study = StudyEstimate(studies, i, criticalValue: criticalValue)
      let shown = study.displayed
      table.row(
        [
          "\(studies.tableRows[i] + 1)", studies.labels[i], format.number(shown.estimate),
          format.interval(shown.lower, shown.upper), study.p.map { NumberText.plain.pValue($0) } ?? "—",
        ] + (transformed ? [format.number(study.yi)] : []) + [format.number(study.vi)])
    }
    var lines =
      [
        "\(measure.displayName) (\(measure.code)) of \(studies.count) \(studies.count == 1 ? "row" : "rows")\(scaleRemark)",
        "",
      ] + table.lines
    lines += ["", "Intervals: normal, yi ± \(NumberText.plain.fixed(criticalValue, decimals: 2))·√vi."]
    if !studies.excluded.isEmpty {
      lines += ["", "Left out:"]
      lines += studies.excluded.map { "  row \($0.row) (\($0.study)): \($0.reason)" }
    }
    if !warnings.isEmpty { lines += ["", "Notes"] + warnings.map { "  - " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  private var scaleRemark: String {
    studies.measure.display.name == "none"
      ? "" : "; estimates and intervals back-transformed, yi and vi on the \(studies.measure.scale.rawValue) scale"
  }

  /// One JSON object a row, one a line.
  public var ndjson: String {
    (0..<studies.count).map { JSONText.compact(row($0)) + "\n" }.joined()
  }
}
