/// A column beside the plot: tracks of text that line up, under a heading.
struct GridColumn {
  /// Text pieces of a column that share an edge.
  struct Track {
    /// Which edge they share.
    var anchor: Drawing.Anchor
    /// Space before the track, in em.
    var gap: Double
    /// The pieces, by row.
    var texts: [String?]
    /// Width of the widest piece.
    var width = 0.0
  }

  /// What the column is.
  var cell: Kind
  /// Lines of its heading.
  var heading: [String]
  /// Heading that it shares with its neighbours.
  var span: String?
  /// Its tracks from left to right.
  var tracks: [Track]
  /// Texts that take the place of the tracks, by row: "Not estimable".
  var whole: [String?] = []
  /// Width of the column and place of its left edge.
  var width = 0.0, left = 0.0

  /// What fills a column.
  enum Kind: Equatable {
    /// Names.
    case label
    /// Figures.
    case figures
    /// Lights of risk of bias.
    case lights
  }

  /// Whether its texts begin at its left edge, and its heading with them.
  var isText: Bool { tracks.count == 1 && tracks[0].anchor == .start }

  /// Width of all tracks with the spaces between them.
  func tracksWidth(em: Double) -> Double {
    tracks.enumerated().reduce(0) { $0 + $1.element.width + ($1.offset > 0 ? $1.element.gap * em : 0) }
  }
}

/// Chooses the columns of a forest plot and fills them.
struct ForestGridBuilder {
  let table: ForestTable
  let style: ForestStyle

  /// A quantity that arms report.
  private struct Quantity {
    let heading: String
    let experimental, control: @Sendable (ForestRow) -> Double?
    /// Most decimals that are printed.
    let decimals: Int
    let isEvents: Bool
  }

  /// Rows of studies, the quantities that any of them reports, and whether there is a control arm.
  private let studies: [ForestRow]
  private let quantities: [Quantity]
  private let hasControl: Bool

  init(table: ForestTable, style: ForestStyle) {
    self.table = table
    self.style = style
    var studies = table.rows.filter { $0.rowType == .study || $0.rowType == .studyNotEstimable }
    // In a figure of pooled results only, these report for their studies.
    if studies.isEmpty { studies = table.rows.filter(\.isPooled) }
    let all = [
      Quantity(heading: "events", experimental: \.eventsE, control: \.eventsC, decimals: 1, isEvents: true),
      Quantity(heading: "mean", experimental: \.meanE, control: \.meanC, decimals: 2, isEvents: false),
      Quantity(heading: "sd", experimental: \.sdE, control: \.sdC, decimals: 2, isEvents: false),
      Quantity(heading: "time", experimental: \.timeE, control: \.timeC, decimals: 1, isEvents: false),
      Quantity(heading: "total", experimental: \.nE, control: \.nC, decimals: 1, isEvents: false),
    ]
    let quantities = all.filter { quantity in
      studies.contains { quantity.experimental($0) != nil || quantity.control($0) != nil }
    }
    self.studies = studies
    self.quantities = quantities
    hasControl = quantities.contains { quantity in studies.contains { quantity.control($0) != nil } }
  }

  /// The columns left and right of the plot.
  func columns() -> (left: [GridColumn], right: [GridColumn]) {
    let plot = table.cells.firstIndex(of: .plot) ?? table.cells.endIndex
    var left = table.cells[..<plot].flatMap(columns)
    var right = table.cells[plot...].flatMap(columns)
    for (index, column) in table.extraColumns.enumerated() where !table.cells.contains(.extra(column.name)) {
      let made = extra(column, index: index)
      if column.left { left.append(made) } else { right.append(made) }
    }
    return (left, right)
  }

  private func columns(_ cell: ForestCell) -> [GridColumn] {
    switch cell {
    case .label: [label()]
    case .arms: quantities.isEmpty ? [] : arms()
    case .armsCombined: quantities.isEmpty ? [] : combinedArms()
    case .generic: quantities.isEmpty ? generic() : []
    case .weight: weights()
    case .effect: [effect()]
    case .plot: []
    case .extra(let name):
      table.extraColumns.firstIndex { $0.name == name }.map { [extra(table.extraColumns[$0], index: $0)] } ?? []
    }
  }

  private func heading(_ key: String) -> [String] {
    (table.headings[key] ?? "").split(separator: "\n").map { String($0) }
  }

  private func label() -> GridColumn {
    let texts = table.rows.map { $0.rowType == .blank ? nil : $0.label }
    return GridColumn(
      cell: .label, heading: heading("label"), span: nil, tracks: [.init(anchor: .start, gap: 0, texts: texts)])
  }

  private func numbers(
    _ value: (ForestRow) -> Double?, decimals limit: Int, keepsRow: (ForestRow) -> Bool = { _ in true }
  ) -> [String?] {
    let entered = studies.compactMap(value)
    let format = DecimalText(digits: DecimalText.decimals(for: entered, limit: limit))
    return table.rows.map { row in keepsRow(row) ? value(row).map(format.text) : nil }
  }

  private func arms() -> [GridColumn] {
    let hidesEvents = style.texts.totalEvents != nil && quantities.contains { $0.heading == "total" }
    var columns: [GridColumn] = []
    for arm in hasControl ? ["arm_e", "arm_c"] : [""] {
      for quantity in quantities {
        let value = arm == "arm_c" ? quantity.control : quantity.experimental
        let texts = numbers(value, decimals: quantity.decimals) { row in
          !(row.isPooled && quantity.isEvents && hidesEvents)
        }
        columns.append(
          GridColumn(
            cell: .figures, heading: heading(quantity.heading), span: table.headings[arm],
            tracks: [.init(anchor: .end, gap: 0, texts: texts)]))
      }
    }
    return columns
  }

  private func combinedArms() -> [GridColumn] {
    let names = quantities.map(\.heading)
    let key = names.contains("mean") ? "means" : names.contains("time") ? "rates" : "counts"
    return (hasControl ? ["arm_e", "arm_c"] : [""]).map { arm in
      GridColumn(
        cell: .figures, heading: names == ["total"] ? heading("total") : heading(key), span: table.headings[arm],
        tracks: combinedTracks(control: arm == "arm_c"))
    }
  }

  private func combinedTracks(control: Bool) -> [GridColumn.Track] {
    var tracks: [GridColumn.Track] = []
    for quantity in quantities {
      let texts = numbers(control ? quantity.control : quantity.experimental, decimals: quantity.decimals)
      let isFirst = tracks.isEmpty
      if quantity.heading == "sd" {
        tracks.append(.init(anchor: .end, gap: 0.28, texts: texts.map { $0.map { "(\($0))" } }))
      } else if isFirst {
        tracks.append(.init(anchor: .end, gap: 0, texts: texts))
      } else {
        // Where a pooled row has no mean, its total stands alone.
        let first = tracks[0].texts
        let slash = style.numbers.slash
        let joined = zip(texts, first).map { text, before in
          text.map { before == nil ? $0 : String(slash.drop { $0 == " " }) + $0 }
        }
        tracks.append(.init(anchor: .start, gap: slash.hasPrefix(" ") ? 0.28 : 0, texts: joined))
      }
    }
    return tracks
  }

  private func generic() -> [GridColumn] {
    // On the displayed scale the figures of the effect say it already.
    guard table.axis.log || studies.contains(where: { $0.estimate != $0.estimateDisplay }) else {
      return [figures("se", \.se)]
    }
    return [figures("generic", \.estimate), figures("se", \.se)]
  }

  private func figures(_ key: String, _ value: @escaping @Sendable (ForestRow) -> Double?) -> GridColumn {
    let format = DecimalText(digits: max(2, table.digits))
    let texts = table.rows.map { row in row.rowType == .study ? value(row).map(format.text) : nil }
    return GridColumn(
      cell: .figures, heading: heading(key), span: nil, tracks: [.init(anchor: .end, gap: 0, texts: texts)])
  }

  private func weights() -> [GridColumn] {
    let models = Set(table.rows.filter(\.isPooled).compactMap(\.model))
    let common = studies.contains { $0.weightCommon != nil } && (models.isEmpty || models.contains("common"))
    let random = studies.contains { $0.weightRandom != nil } && (models.isEmpty || models.contains("random"))
    let both = common && random
    var columns: [GridColumn] = []
    if common { columns.append(weight(heading(both ? "weight_common" : "weight"), \.weightCommon)) }
    if random { columns.append(weight(heading(both ? "weight_random" : "weight"), \.weightRandom)) }
    return columns
  }

  private func weight(_ heading: [String], _ value: @escaping @Sendable (ForestRow) -> Double?) -> GridColumn {
    let format = DecimalText(digits: style.numbers.weightDigits)
    let sign = style.numbers.weightPercent ? "%" : ""
    let texts = table.rows.map { row in value(row).map { format.text($0) + sign } }
    return GridColumn(
      cell: .figures, heading: heading, span: nil, tracks: [.init(anchor: .end, gap: 0, texts: texts)])
  }

  private func effect() -> GridColumn {
    let format = ForestEffectFormat(table: table, style: style)
    var estimate: [String?] = []
    var lower: [String?] = []
    var upper: [String?] = []
    var whole: [String?] = []
    let all = table.rows.map(format.parts)
    let longest = zip(table.rows, all).map { row, parts in
      row.rowType == .prediction ? 0 : parts?.upper.count ?? 0
    }.max()
    for (row, parts) in zip(table.rows, all) {
      // A prediction interval that reaches far would tear the others apart; a text edited by hand is printed as it is.
      let isWild = row.rowType == .prediction && parts.map { $0.upper.count > longest ?? 0 } == true
      if let parts, parts.text == row.effectText, !isWild {
        estimate.append(parts.estimate)
        lower.append(style.numbers.alignsBounds ? parts.lower.trimmingEnd : parts.lower + parts.upper)
        upper.append(style.numbers.alignsBounds ? parts.upper : nil)
        whole.append(nil)
      } else {
        estimate.append(nil)
        lower.append(nil)
        upper.append(nil)
        whole.append(row.effectText)
      }
    }
    let anchor: Drawing.Anchor = style.numbers.alignsBounds ? .end : .start
    let upperGap = style.numbers.separator.hasSuffix(" ") && style.numbers.alignsBounds ? 0.28 : 0
    return GridColumn(
      cell: .figures, heading: heading("effect"), span: nil,
      tracks: [
        .init(anchor: .end, gap: 0, texts: estimate), .init(anchor: anchor, gap: 0.28, texts: lower),
        .init(anchor: .end, gap: upperGap, texts: upper),
      ], whole: whole)
  }

  private func extra(_ column: ForestExtraColumn, index: Int) -> GridColumn {
    let texts = table.rows.map { row -> String? in
      guard row.extra.indices.contains(index), !row.extra[index].isEmpty else { return nil }
      return column.kind == .riskOfBias ? (RiskOfBias(word: row.extra[index]) ?? .unclear).sign : row.extra[index]
    }
    let anchor: Drawing.Anchor =
      switch column.kind {
      case .text: .start
      case .number: .end
      case .riskOfBias: .middle
      }
    return GridColumn(
      cell: column.kind == .riskOfBias ? .lights : .figures,
      heading: column.heading.split(separator: "\n").map { String($0) }, span: column.group,
      tracks: [.init(anchor: anchor, gap: 0, texts: texts)])
  }
}

extension String {
  /// The text without spaces at its end.
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
