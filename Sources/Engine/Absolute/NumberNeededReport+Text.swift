import EffectSizes
import Synthesis
import TableIO

extension NumberNeededReport {
  /// The report as text for people.
  public func text(digits: Int) -> String {
    let format = TextFormat(digits: digits)
    var lines = tables == nil ? effectLines(format) : tableLines(format)
    lines += ["", "Method"] + methodLines.map { "  " + $0 }
    if !warnings.isEmpty { lines += ["", "Notes"] + warnings.map { "  - " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  private var percent: String { level.percentText }

  private var eventWords: String {
    event == .bad ? "the event is unwanted" : "the event is wanted"
  }

  // MARK: One table a row

  private func tableLines(_ format: TextFormat) -> [String] {
    let what = areRates ? "rate difference" : "risk difference"
    let unit = areRates ? "person-time to treat for one event" : "number needed to treat"
    var lines = ["Each row by itself: \(what) and \(unit) (\(eventWords))", ""]
    var table = TextTable(
      [
        "Study", "Treated", "Control", areRates ? "Rate difference" : "Risk difference", "\(percent) CI", "NNT",
        "\(percent) CI",
      ],
      [.left, .right, .right, .right, .right, .left, .left])
    let words = NumberNeededText(request.rounding)
    for row in rows {
      table.row([
        row.label, arm(row.counts?.events1, row.counts?.total1, row.experimentalRisk, format),
        arm(row.counts?.events2, row.counts?.total2, row.baselineRisk, format), format.number(row.difference.value),
        format.interval(row.difference.limits.lower, row.difference.limits.upper), words.estimate(row.number),
        words.interval(row.number),
      ])
    }
    lines += table.lines
    return lines
  }

  private func arm(_ events: Double?, _ total: Double?, _ risk: Double?, _ format: TextFormat) -> String {
    guard let events, let total else { return "—" }
    return "\(events.shortText)/\(total.shortText)" + (areRates ? "" : "  " + format.percent(risk.map { 100 * $0 }))
  }

  // MARK: An effect at baseline risks

  private func effectLines(_ format: TextFormat) -> [String] {
    var lines = [String]()
    if let effect { lines += [heading(effect, format), ""] }
    lines += riskTable(rows, format)
    lines += otherIntervals
    if !prediction.isEmpty {
      lines += ["", "In the next setting (\(percent) prediction interval)"] + riskTable(prediction, format)
    }
    for group in subgroups {
      lines += ["", "\(group.name) (\(group.studyCount) \(group.studyCount == 1 ? "study" : "studies"))"]
      lines += [heading(group.effect, format)] + riskTable(group.rows, format)
      if !group.prediction.isEmpty { lines += ["in the next setting"] + riskTable(group.prediction, format) }
    }
    return lines
  }

  private func heading(_ effect: RelativeEffect, _ format: TextFormat) -> String {
    let pooled = analysis == nil ? "" : "pooled "
    let name = pooled + effect.measure.name
    let interval =
      "\(effect.level.percentText) CI \(format.number(effect.limits.lower)) to \(format.number(effect.limits.upper))"
    let text = "\(name) \(format.number(effect.estimate)) (\(interval)); \(eventWords)"
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private func riskTable(_ rows: [NumberNeededRow], _ format: TextFormat) -> [String] {
    let named = rows.contains { $0.showsLabel }
    var table = TextTable(
      ["Baseline risk", "Treated", "Per 1000", "\(percent) CI", "NNT", "\(percent) CI"] + (named ? ["Baseline"] : []),
      [.right, .right, .right, .left, .left, .left, .left])
    let words = NumberNeededText(request.rounding)
    for row in rows {
      let limits = row.difference.limits
      table.row(
        [
          format.percent(row.baselineRisk.map { 100 * $0 }), format.percent(row.experimentalRisk.map { 100 * $0 }),
          FewerMore.per(1000, row.difference.value), FewerMore.range(1000, limits.lower, limits.upper),
          words.estimate(row.number), words.interval(row.number),
        ] + (named ? [row.showsLabel ? row.label : ""] : []))
    }
    return table.lines
  }

  private var otherIntervals: [String] {
    let shown = rows.filter { !$0.others.isEmpty }
    guard !shown.isEmpty else { return [] }
    let words = NumberNeededText(request.rounding)
    var table = TextTable(
      ["Baseline", "Uncertainty of the baseline risk", "Per 1000, \(percent) CI", "NNT, \(percent) CI"],
      [.left, .left, .left, .left])
    for row in shown {
      var label = row.label
      let own = NumberNeededRow.NamedLimits(
        code: request.carrying.code, name: request.carrying.name, limits: row.difference.limits, number: row.number,
        monteCarloErrors: row.monteCarloErrors)
      for other in [own] + row.others {
        table.row([
          label, other.name, FewerMore.range(1000, other.limits.lower, other.limits.upper),
          words.interval(other.number),
        ])
        label = ""
      }
    }
    return ["", "What the baseline risk's own uncertainty does"] + table.lines
  }

  // MARK: Method

  private var methodLines: [String] {
    var lines = [String]()
    if let analysis {
      lines.append("pooled from \(analysis.fit.k) studies, \(analysis.fit.method), \(analysis.fit.inference) inference")
    }
    var seen = [String]()
    for row in rows where !seen.contains(row.method) { seen.append(row.method) }
    lines += seen.map { (tables == nil ? "" : "interval: ") + $0 }
    if effect?.measure.needsBaseline == true, rows.contains(where: { $0.others.isEmpty }) {
      lines.append("the baseline risk is taken as known where it has no interval of its own")
    }
    if let horizon = request.horizon { lines.append("risks by \(horizon)") }
    lines.append(
      "NNTB: to treat for one more to benefit; NNTH: to treat for one more to be harmed; \(request.rounding.rule)")
    if let studies, !studies.excluded.isEmpty {
      lines.append("\(studies.excluded.count) of \(studies.rowsRead) rows left out:")
      lines += studies.excluded.prefix(5).map { "  row \($0.row) (\($0.study)): \($0.reason)" }
    }
    return lines
  }
}

extension NumberNeededRow {
  /// Whether the baseline risk is more than the number that is printed.
  fileprivate var showsLabel: Bool {
    guard let baselineRisk else { return true }
    return Double(label) != baselineRisk && !label.contains(":")
  }
}

extension NumberNeededText {
  /// Numbers needed to treat with the program's own numbers.
  init(_ rounding: NumberNeededRounding) {
    self.init(rounding: rounding) { value, decimals in
      value >= 1e7 ? NumberText.plain.significant(value, digits: 3) : NumberText.plain.fixed(value, decimals: decimals)
    }
  }
}

extension Double {
  /// A level as people say it: 95%, 99.9%.
  var percentText: String {
    let value = 100 * self
    let whole = value.rounded()
    return NumberText.plain.fixed(value, decimals: abs(value - whole) < 1e-9 ? 0 : 1) + "%"
  }
}

/// Differences of risks as people read them: so many fewer, or more, of so many.
enum FewerMore {
  /// `154 fewer`, `12 more`, `no difference`.
  static func per(_ people: Double, _ difference: Double) -> String {
    let number = whole(people, difference)
    if number == "0" { return difference == 0 ? "no difference" : "0 " + word(difference) }
    return number + " " + word(difference)
  }

  /// `221 fewer to 45 fewer`, `30 fewer to 9 more`.
  static func range(_ people: Double, _ lower: Double, _ upper: Double) -> String {
    [lower, upper].map { whole(people, $0) + " " + word($0) }.joined(separator: " to ")
  }

  private static func whole(_ people: Double, _ difference: Double) -> String {
    NumberText.plain.fixed(abs(people * difference), decimals: 0)
  }

  private static func word(_ difference: Double) -> String { difference > 0 ? "more" : "fewer" }
}
