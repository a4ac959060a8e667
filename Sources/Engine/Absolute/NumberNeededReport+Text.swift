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
    let mixed = Set(rows.map(\.event)).count > 1
    var lines = [
      "Each row by itself: \(what) and \(unit) (\(mixed ? "events wanted or not, by row" : eventWords))", "",
    ]
    let head = [
      "Study", "Treated", "Control", areRates ? "Rate difference per 1000" : "Risk difference", "\(percent) CI",
    ]
    var table = TextTable(
      head + ["NNT", "\(percent) CI"] + (mixed ? ["Event"] : []),
      [.left, .right, .right, .right, .right, .left, .left, .left])
    let words = NumberNeededText(request.rounding)
    for (row, label) in zip(rows, tableLabels) {
      let scale: Double = areRates ? 1000 : 1
      let limits = row.difference.limits
      table.row(
        [
          label, arm(row.counts?.events1, row.counts?.total1, row.experimentalRisk, format),
          arm(row.counts?.events2, row.counts?.total2, row.baselineRisk, format),
          format.number(scale * row.difference.value), format.interval(scale * limits.lower, scale * limits.upper),
          words.estimate(row.number), words.interval(row.number),
        ] + (mixed ? [row.event == .good ? "wanted" : "unwanted"] : []))
    }
    lines += table.lines
    return lines
  }

  /// The studies' names, with their outcome where a name comes more than once.
  private var tableLabels: [String] {
    let names = rows.map(\.label)
    guard let studies, Set(names).count < names.count, let column = studies.source.table.columnIndex(named: "outcome")
    else { return names }
    return zip(names, studies.texts(inColumn: column)).map { $1.isEmpty ? $0 : "\($0): \($1)" }
  }

  private func arm(_ events: Double?, _ total: Double?, _ risk: Double?, _ format: TextFormat) -> String {
    guard let events, let total else { return "—" }
    return "\(events.shortText)/\(total.shortText)" + (areRates ? "" : "  " + RiskText.percent(risk))
  }

  // MARK: An effect at baseline risks

  private func effectLines(_ format: TextFormat) -> [String] {
    var lines = [String]()
    if let effect { lines += [heading(effect, format), ""] }
    lines += riskTable(rows, "CI")
    lines += otherIntervals
    if !prediction.isEmpty {
      lines += ["", "In the next setting (\(percent) prediction interval)"] + riskTable(prediction, "PI")
    }
    for group in subgroups {
      lines += ["", "\(group.name) (\(group.studyCount) \(group.studyCount == 1 ? "study" : "studies"))"]
      lines += [heading(group.effect, format)] + riskTable(group.rows, "CI")
      if !group.prediction.isEmpty { lines += ["in the next setting"] + riskTable(group.prediction, "PI") }
    }
    return lines
  }

  private func heading(_ effect: RelativeEffect, _ format: TextFormat) -> String {
    let pooled = analysis == nil ? "" : "pooled "
    let name = pooled + effect.measure.name
    let ends = "\(format.number(effect.limits.lower)) to \(format.number(effect.limits.upper))"
    let interval = effect.hasLimits ? " (\(effect.level.percentText) CI \(ends))" : ", no interval given"
    let text = "\(name) \(format.number(effect.estimate))\(interval); \(eventWords)"
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  private func riskTable(_ rows: [NumberNeededRow], _ interval: String) -> [String] {
    let named = rows.contains { $0.showsLabel }
    var table = TextTable(
      ["Baseline risk", "Treated", "Per 1000", "\(percent) \(interval)", "NNT", "\(percent) \(interval)"]
        + (named ? ["Baseline"] : []),
      [.right, .right, .right, .left, .left, .left, .left])
    let words = NumberNeededText(request.rounding)
    for row in rows {
      let limits = row.difference.limits
      table.row(
        [
          RiskText.percent(row.baselineRisk), RiskText.percent(row.experimentalRisk),
          RiskText.difference(row.difference.value, per: 1000), RiskText.range(limits.lower, limits.upper, per: 1000),
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
          label, other.name, RiskText.range(other.limits.lower, other.limits.upper, per: 1000),
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
