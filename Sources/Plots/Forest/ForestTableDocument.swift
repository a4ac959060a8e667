extension ForestTable {
  /// The whole table as named values, from which a JSON file is written; ``init(document:)`` reads it back.
  public var document: PlotValue {
    let columns = self.columns
    let shape = predictionShape.map { [PlotValue.Field("prediction_shape", .text($0.rawValue))] } ?? []
    return .record(
      [
        .init("schema", .text(Self.schema)),
        .init("title", .text(title)),
        .init("style", .text(style)),
        .init("digits", .number(Double(digits))),
        .init("columns", .list(cells.map { .text($0.word) })),
        .init("analysis", analysis.record),
        .init("axis", axis.document),
        .init("headings", headings.record),
        .init("extra_columns", .list(extraColumns.map(\.document))),
        .init(
          "rows",
          .list(
            rows.enumerated().map { index, row in
              PlotValue.record(
                [.init("row", .number(Double(index + 1)))] + columns.map { .init($0.name, $0.value(row)) }
              ).withoutMissingFields
            })),
        .init("footers", .list(footers.map { .text($0) })),
      ] + shape)
  }

  /// Reads a table back from named values; unknown fields are passed over.
  ///
  /// Throws ``PlotDataError`` naming the field that is absent or of the wrong kind.
  public init(document: PlotValue) throws(PlotDataError) {
    guard document["schema"].text == Self.schema else {
      throw .field(name: "schema", row: nil, expected: "\"\(Self.schema)\"")
    }
    guard let style = document["style"].text else { throw .field(name: "style", row: nil, expected: "a text") }
    guard let digits = document["digits"].number.flatMap({ Int(exactly: $0) }), (0...15).contains(digits) else {
      throw .field(name: "digits", row: nil, expected: "a whole number from 0 to 15")
    }
    self.init(style: style, digits: digits, axis: try ForestAxis(document: document["axis"]))
    title = document["title"].text ?? ""
    if document["prediction_shape"] != .missing {
      predictionShape = document["prediction_shape"].text.flatMap(ForestMarks.PredictionShape.init(rawValue:))
      guard predictionShape != nil else {
        let words = ForestMarks.PredictionShape.allCases.map(\.rawValue).joined(separator: ", ")
        throw .field(name: "prediction_shape", row: nil, expected: "one of " + words)
      }
    }
    analysis = document["analysis"].fields.map { KeyedText($0.name, $0.value.text ?? "") }
    headings = document["headings"].fields.map { KeyedText($0.name, $0.value.text ?? "") }
    footers = document["footers"].elements.compactMap(\.text)
    for column in document["extra_columns"].elements {
      extraColumns.append(try ForestExtraColumn(document: column))
    }
    cells = ForestCell.layout(document["columns"].elements.compactMap(\.text).map(ForestCell.init(word:)))
    let own = extraColumns.map(\.name)
    for case .extra(let name) in cells where !own.contains(name) {
      throw .unknown(what: "column of the plot", name: name, known: ForestCell.words.map(\.word) + own)
    }
    let columns = self.columns
    for (index, record) in document["rows"].elements.enumerated() {
      rows.append(try ForestRow(record: record, number: index + 1, columns: columns))
    }
  }
}

extension ForestAxis {
  var document: PlotValue {
    .record([
      .init("log", .flag(log)), .init("min", .number(min)), .init("max", .number(max)),
      .init("ticks", .list(ticks.map { .number($0) })), .init("null", PlotValue(null)),
      .init("label_left", PlotValue(labelLeft)), .init("label_right", PlotValue(labelRight)),
      .init("label", PlotValue(label)),
    ])
  }

  init(document: PlotValue) throws(PlotDataError) {
    guard let log = document["log"].flag else { throw .field(name: "axis.log", row: nil, expected: "true or false") }
    guard let min = document["min"].number, let max = document["max"].number, min < max, min.isFinite, max.isFinite,
      !log || min > 0
    else {
      throw .inconsistent("axis.min must be below axis.max, and above 0 on a log axis")
    }
    let ticks = document["ticks"].elements.compactMap(\.number).filter { $0.isFinite && (!log || $0 > 0) }
    self.init(log: log, min: min, max: max, ticks: ticks, null: document["null"].number)
    if log, let null, null <= 0 { throw .inconsistent("axis.null must be above 0 on a log axis") }
    labelLeft = document["label_left"].text
    labelRight = document["label_right"].text
    label = document["label"].text
  }
}

extension ForestExtraColumn {
  var document: PlotValue {
    .record([
      .init("name", .text(name)), .init("heading", .text(heading)), .init("kind", .text(kind.rawValue)),
      .init("group", PlotValue(group)), .init("left", .flag(left)),
    ]).withoutMissingFields
  }

  init(document: PlotValue) throws(PlotDataError) {
    guard let name = document["name"].text, let kind = document["kind"].text.flatMap(Kind.init(rawValue:)) else {
      throw .field(name: "extra_columns", row: nil, expected: "records with a name and a kind")
    }
    self.init(
      name: name, heading: document["heading"].text ?? name, kind: kind, group: document["group"].text,
      left: document["left"].flag ?? false)
  }
}
