/// Writes the texts of a forest plot in the manner of a style, from the numbers that the rows hold.
struct ForestComposer {
  private let style: ForestStyle
  private let words: ForestWords
  private let bothModels: Bool

  private init(style: ForestStyle, table: ForestTable) {
    self.style = style
    bothModels = Set(table.rows.filter(\.isPooled).compactMap(\.model)).count > 1
    words = ForestWords(style: style, analysis: table.analysis, bothModels: bothModels)
  }

  /// The table with the texts, headings and empty rows of a style.
  static func composed(_ table: ForestTable, style: ForestStyle) -> ForestTable {
    let composer = ForestComposer(style: style, table: table)
    var table = table
    table.style = style.name
    table.cells = style.cells
    table.axis.label = composer.general(style.texts.axis)
    composer.writeHeadings(&table)
    composer.writeRows(&table)
    return table
  }

  private func general(_ template: String) -> String? {
    Template.filled(template, words.general).flatMap { $0.isEmpty ? nil : $0 }
  }

  private func writeHeadings(_ table: inout ForestTable) {
    let texts = style.texts
    let entries = [
      ("label", texts.label), ("events", texts.events), ("total", texts.total), ("mean", texts.mean),
      ("sd", texts.sd), ("time", texts.time), ("counts", texts.combinedCounts), ("means", texts.combinedMeans),
      ("rates", texts.combinedRates), ("generic", texts.generic), ("se", texts.standardError),
      ("weight", texts.weight), ("weight_common", texts.weightCommon), ("weight_random", texts.weightRandom),
      ("effect", texts.effect), ("plot", texts.plot),
    ]
    for (key, template) in entries { table.headings[key] = general(template) }
  }

  private func writeRows(_ table: inout ForestTable) {
    let format = ForestEffectFormat(table: table, style: style)
    var rows: [ForestRow] = []
    for var row in table.rows where row.rowType != .blank && !Self.isTotalEvents(row) {
      write(&row, format: format)
      if row.label == nil, row.rowType == .heterogeneityText || row.rowType == .testText { continue }
      rows.append(row)
    }
    table.rows = spaced(rows)
  }

  private func write(_ row: inout ForestRow, format: ForestEffectFormat) {
    if row.rowType == .study {
      row.effectText = format.parts(row)?.text
      return
    }
    let fill = words.row(row)
    let texts = style.texts
    switch row.rowType {
    case .studyNotEstimable: row.effectText = texts.notEstimable
    case .overall:
      row.label = Template.filled(bothModels ? texts.overallModel : texts.overall, fill)
      row.effectText = format.parts(row)?.text ?? texts.notEstimable
    case .subgroup:
      let template = bothModels ? texts.subgroupModel : texts.subgroup
      let model = bothModels ? Template.filled(" ({model})", fill) ?? "" : ""
      row.label = row.studyID.map { $0 + model } ?? Template.filled(template, fill)
      row.effectText = format.parts(row)?.text ?? texts.notEstimable
    case .prediction:
      row.label = Template.filled(texts.prediction, fill)
      row.effectText = format.parts(row)?.text
    case .heterogeneityText: row.label = texts.heterogeneity.text(fill)
    case .testText: row.label = (row.k == nil ? texts.overallTest : texts.subgroupTest).text(fill)
    case .study, .heading, .blank: break
    }
  }

  /// The rows with the style's empty rows and lines of totals.
  private func spaced(_ rows: [ForestRow]) -> [ForestRow] {
    var out: [ForestRow] = []
    out.reserveCapacity(rows.count + 16)
    let kinds = rows.map(\.rowType)
    for (index, row) in rows.enumerated() {
      let before = index > 0 ? kinds[index - 1] : nil
      let startsTotals = row.isPooled && (before == .study || before == .studyNotEstimable)
      let leavesGroup = row.rowType == .overall && before != .overall && before != .prediction
      let afterGroup = row.rowType == .heading && before != nil
      if index > 0, afterGroup || (leavesGroup && !startsTotals) || (startsTotals && style.frame.spaceBeforeTotals) {
        out.append(ForestRow(.blank))
      }
      out.append(row)
      let next = index + 1 < rows.count ? kinds[index + 1] : nil
      let goesOn = next == .subgroup || next == .overall
      let endsPooled = row.isPooled && next != .prediction
      if endsPooled || row.rowType == .prediction, !goesOn, let total = totalEvents(rows[...index]) {
        out.append(total)
      }
    }
    return out
  }

  /// A line of the sums of events below the last pooled row, for styles that have it.
  private func totalEvents(_ rows: ArraySlice<ForestRow>) -> ForestRow? {
    guard let text = style.texts.totalEvents, let pooled = rows.last(where: \.isPooled), pooled.eventsE != nil else {
      return nil
    }
    var row = ForestRow(.heterogeneityText)
    row.label = text
    row.subgroup = pooled.subgroup
    row.eventsE = pooled.eventsE
    row.eventsC = pooled.eventsC
    return row
  }

  /// Whether a row is a line of the sums of events.
  static func isTotalEvents(_ row: ForestRow) -> Bool {
    row.rowType == .heterogeneityText && row.q == nil && row.tau2 == nil && row.eventsE != nil
  }
}

extension ForestTable {
  /// The same data with the texts of another style.
  public func restyled(_ style: ForestStyle) -> ForestTable { ForestComposer.composed(self, style: style) }
}
