import EffectSizes
import Synthesis
import TableIO

extension Multiverse {
  /// The multiverse as text for people: how the analyses agree, which choice matters, and the curve from end to end.
  public func text(digits: Int) -> String {
    let format = TextFormat(digits: digits)
    var lines = [
      "Multiverse of \(studies.count) \(studies.count == 1 ? "study" : "studies"): \(rows.count) analyses, "
        + "\(choices.count) choices"
    ]
    lines += agreement
    if let reference { lines += ["  the usual analysis is number \(reference + 1) by estimate"] }
    if !choices.isEmpty { lines += ["", "What hangs on each choice"] + choiceLines(format) }
    lines += ["", "The curve"] + curveLines(format)
    var notes = warnings
    notes += failures.prefix(5).map { "\($0.count) not run: \($0.reason)" }
    if !notes.isEmpty { lines += ["", "Notes"] + notes.map { "  - " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  private func share(_ count: Int) -> String {
    NumberText.plain.fixed(100 * Double(count) / Double(rows.count), decimals: 1) + "%"
  }

  private var agreement: [String] {
    guard studies.measure.hasNullEffect else { return [] }
    let counts = counts
    let neither = rows.count - counts.significantlyPositive - counts.significantlyNegative
    return [
      "  estimate above no effect in \(share(counts.positive)), below in \(share(rows.count - counts.positive))",
      "  interval above no effect in \(share(counts.significantlyPositive)), below in "
        + "\(share(counts.significantlyNegative)), across it in \(share(neither))",
    ]
  }

  private func choiceLines(_ format: TextFormat) -> [String] {
    var table = TextTable(
      ["Choice", "levels", "turns the conclusion", "turns the sign", "share of variance", "shift", "from … to"],
      [.left, .right, .right, .right, .right, .right, .left])
    for choice in choices {
      let ordered = choice.levels.filter { $0.mean != nil }.sorted { ($0.mean ?? 0) < ($1.mean ?? 0) }
      let ends = ordered.first.flatMap { low in ordered.last.map { "\(low.name) … \($0.name)" } }
      table.row([
        choice.kind.word, "\(choice.levels.count)", format.percent(choice.conclusionFlips.map { 100 * $0 }),
        format.percent(choice.signFlips.map { 100 * $0 }), format.percent(choice.varianceShare.map { 100 * $0 }),
        format.number(choice.shift), ends ?? "",
      ])
    }
    return table.lines + [
      "  turns: share of the pairs of analyses that differ in this choice alone and disagree; shift: on the analysis scale"
    ]
  }

  /// Some twenty rows from the smallest estimate to the largest.
  private func curveLines(_ format: TextFormat) -> [String] {
    let level = NumberText.plain.fixed(100 * request.pool.measure.level, decimals: 0)
    var table = TextTable(
      ["No.", "Measure", "Estimate", "\(level)% CI", "P", "Method", "Inference", "Cells", "Variance", "Left out"],
      [.right, .left, .right, .right, .right, .left, .left, .left, .left, .left])
    let shown = 21
    let places =
      rows.count <= shown ? Array(rows.indices) : (0..<shown).map { $0 * (rows.count - 1) / (shown - 1) }
    for i in places {
      let (row, back) = (rows[i], displays[rows[i].variant])
      let r = row.result
      let effect = row.specification.effect
      let variance = [effect.varianceType, effect.correct == false ? "uncorrected" : nil].compactMap { $0 }
      table.row([
        "\(i + 1)", effect.measure, format.number(back.function(r.estimate)),
        format.interval(back.function(r.lower), back.function(r.upper)),
        r.pValue.map { NumberText.plain.pValue($0) } ?? "—", methodCode(row),
        row.specification.model.inference.word, effect.correctionWords, variance.joined(separator: ", "), row.excluded,
      ])
    }
    return table.lines
      + (rows.count > shown ? ["  (\(shown) of \(rows.count); --format csv or json has them all)"] : [])
  }
}
