import TableIO

/// Reads the tables beside a claims file.
struct ClaimRowsReader {
  let document: InputDocument
  let table: Table
  private let names: [String]

  init(_ document: InputDocument) throws(EvidenceError) {
    self.document = document
    table = try TableLoader.load(document, format: nil)
    names = table.columnNames.map { $0.lowercased() }
  }

  /// Adds the rows of counts to what is known.
  func readCounts(into rows: inout ClaimRows) throws(EvidenceError) {
    let groups = groupNames("events_")
    let columns = groups.indices.map { CountColumns(arm: $0, group: groups[$0], find: first) }
    for row in 0..<table.rowCount {
      let id = try identifier(row, taken: rows)
      let arms = try columns.map { columns throws(EvidenceError) in try counts(row, columns) }
      rows.counts[id] = CountsRow(id: id, trial: text(row, "trial"), arms: arms, experimental: groups[0])
    }
    rows.files.append(document.name)
  }

  /// Adds the rows of means to what is known.
  func readMeans(into rows: inout ClaimRows) throws(EvidenceError) {
    let groups = groupNames("mean_")
    let columns = groups.indices.map { MeanColumns(arm: $0, group: groups[$0], find: first) }
    for row in 0..<table.rowCount {
      let id = try identifier(row, taken: rows)
      let arms = try columns.map { columns throws(EvidenceError) in try means(row, columns) }
      let kind = (text(row, "published_effect_kind") + " " + text(row, "timepoint")).lowercased()
      rows.means[id] = MeansRow(
        id: id, trial: text(row, "trial"), scale: text(row, "scale"), timepoint: text(row, "timepoint"), arms: arms,
        experimental: groups[0], isAdjusted: kind.contains("adjusted") || kind.contains("model"))
    }
    rows.files.append(document.name)
  }

  /// Adds what the table of trials says of sizes and control groups.
  func readTrials(into rows: inout ClaimRows) throws(EvidenceError) {
    let columns = ["n_randomised_experimental", "n_randomised_control", "n_total"].map { first([$0]) }
    for row in 0..<table.rowCount {
      var facts = TrialFacts()
      facts.n1 = try whole(row, columns[0])
      facts.n2 = try whole(row, columns[1])
      facts.total = try whole(row, columns[2])
      facts.controlWords = [text(row, "comparator_class"), text(row, "arm_control")].filter { !$0.isEmpty }
      rows.trials[text(row, "trial")] = facts
    }
  }

  // MARK: - Arms

  private func counts(_ row: Int, _ columns: CountColumns) throws(EvidenceError) -> CountsRow.Arm {
    var arm = CountsRow.Arm()
    arm.events = try whole(row, columns.events)
    arm.total = try whole(row, columns.total)
    if arm.total == nil, let events = arm.events, let others = try whole(row, columns.others) {
      arm.total = events + others
    }
    if let index = columns.percent {
      arm.percent = PrintedNumber(table.text(row: row, column: index))?.asPercentageColumn
    }
    if let events = arm.events, let total = arm.total, events > total {
      throw bad(row, columns.events, "\(events) events of \(total) people cannot be", "events at most the total")
    }
    return arm
  }

  private func means(_ row: Int, _ columns: MeanColumns) throws(EvidenceError) -> MeansRow.Arm {
    var arm = MeansRow.Arm()
    arm.mean = try printed(row, columns.mean)
    arm.standardDeviation = try printed(row, columns.deviation)
    arm.n = try whole(row, columns.n)
    if let deviation = arm.standardDeviation, deviation.value < 0 {
      throw bad(row, columns.deviation, "an SD cannot be below 0, got \(deviation)", "a number of 0 or more")
    }
    return arm
  }

  // MARK: - Cells

  /// The column that the first of the names has which the table knows.
  private func first(_ wanted: [String]) -> Int? {
    wanted.lazy.compactMap { names.firstIndex(of: $0) }.first
  }

  /// What the groups are called behind a prefix, as in events_mbt and events_control; the experimental one first.
  private func groupNames(_ prefix: String) -> [String] {
    let found = names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    let control =
      found.first { ["control", "placebo", "comparator", "tau", "2"].contains($0) } ?? found.dropFirst().first
    let experimental = found.first { $0 != control }
    return [experimental ?? "experimental", control ?? "control"]
  }

  private func text(_ row: Int, _ name: String) -> String {
    names.firstIndex(of: name).map { table.isMissing(row: row, column: $0) ? "" : table.text(row: row, column: $0) }
      ?? ""
  }

  private func identifier(_ row: Int, taken: ClaimRows) throws(EvidenceError) -> String {
    guard let column = names.firstIndex(of: "row") else { return String(row + 1) }
    let id = table.text(row: row, column: column)
    guard !id.isEmpty else { throw bad(row, column, "the row has no name", "a name that claims can refer to") }
    guard !taken.has(id) else { throw bad(row, column, "row \"\(id)\" stands twice", "a name of its own") }
    return id
  }

  private func whole(_ row: Int, _ column: Int?) throws(EvidenceError) -> Int? {
    guard let column, !table.isMissing(row: row, column: column) else { return nil }
    guard let number = table.number(row: row, column: column).value, let value = Int(exactly: number), value >= 0 else {
      throw bad(row, column, "\"\(table.text(row: row, column: column))\" is no count", "a whole number of 0 or more")
    }
    return value
  }

  private func printed(_ row: Int, _ column: Int?) throws(EvidenceError) -> PrintedNumber? {
    guard let column, !table.isMissing(row: row, column: column) else { return nil }
    guard let number = PrintedNumber(table.text(row: row, column: column)), number.relation == .equal else {
      throw bad(row, column, "\"\(table.text(row: row, column: column))\" is not a number", "a number as printed")
    }
    return number
  }

  private func bad(_ row: Int, _ column: Int?, _ message: String, _ expected: String) -> EvidenceError {
    EvidenceError(
      .badData, message, file: document.name, line: table.line(ofRow: row),
      column: column.map { table.columnNames[$0] }, hint: "expected " + expected)
  }
}

/// Where a table has the counts of one arm.
private struct CountColumns {
  let events, others, total, percent: Int?

  init(arm: Int, group: String, find: ([String]) -> Int?) {
    events = find(["events_" + group, ["ai", "ci"][arm], "events\(arm + 1)"])
    others = find([["bi", "di"][arm]])
    total = find(["n_" + group, "n\(arm + 1)i", "n\(arm + 1)", "total\(arm + 1)"])
    percent = find(["pct_\(group)_published", "pct_" + group, "pct\(arm + 1)"])
  }
}

/// Where a table has the mean, deviation and size of one arm.
private struct MeanColumns {
  let mean, deviation, n: Int?

  init(arm: Int, group: String, find: ([String]) -> Int?) {
    mean = find(["mean_" + group, "m\(arm + 1)i", "mean\(arm + 1)"])
    deviation = find(["sd_" + group, "sd\(arm + 1)i", "sd\(arm + 1)"])
    n = find(["n_" + group, "n\(arm + 1)i", "n\(arm + 1)"])
  }
}

extension PrintedNumber {
  /// The number of a column of percentages, with or without its sign.
  fileprivate var asPercentageColumn: PrintedNumber {
    PrintedNumber(
      significand: significand, decimals: decimals, isNegative: isNegative, relation: relation, isPercent: true)
  }
}
