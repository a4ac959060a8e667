import TableIO

/// A row of counts as a data file prints it.
struct CountsRow: Sendable {
  struct Arm: Sendable {
    var events: Int?
    var total: Int?
    /// The percentage that a source prints for it.
    var percent: PrintedNumber?
  }

  let id: String
  let trial: String
  let arms: [Arm]
  /// What the experimental group is called in the columns' names.
  let experimental: String

  /// Both groups' counts, when all are there.
  var table: Counts? {
    guard arms.count == 2, let a = arms[0].events, let n1 = arms[0].total, let c = arms[1].events,
      let n2 = arms[1].total
    else { return nil }
    return Counts(events1: Double(a), n1: Double(n1), events2: Double(c), n2: Double(n2))
  }
}

/// A row of means as a data file prints it.
struct MeansRow: Sendable {
  struct Arm: Sendable {
    var mean: PrintedNumber?
    var standardDeviation: PrintedNumber?
    var n: Int?
  }

  let id: String
  let trial: String
  let scale: String
  let timepoint: String
  let arms: [Arm]
  let experimental: String
  /// Whether the row's published effect is one of a model, so that raw means cannot give it.
  let isAdjusted: Bool

  var isBaseline: Bool { timepoint.lowercased().contains("baseline") }
}

/// What is known of a trial as a whole.
struct TrialFacts: Sendable {
  var n1: Int?
  var n2: Int?
  var total: Int?
  /// Words for the control group.
  var controlWords: [String] = []
}

/// All rows that claims may name.
struct ClaimRows: Sendable {
  var counts: [String: CountsRow] = [:]
  var means: [String: MeansRow] = [:]
  var trials: [String: TrialFacts] = [:]
  /// Names of the files read.
  var files: [String] = []

  func has(_ id: String) -> Bool { counts[id] != nil || means[id] != nil }
}

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
    let columns = (0..<2).map { arm in
      (
        events: first(["events_" + groups[arm]], ["ai", "ci"][arm], "events\(arm + 1)"),
        others: first([], ["bi", "di"][arm]),
        total: first(["n_" + groups[arm]], "n\(arm + 1)i", "n\(arm + 1)", "total\(arm + 1)"),
        percent: first(["pct_\(groups[arm])_published", "pct_" + groups[arm]], "pct\(arm + 1)")
      )
    }
    for row in 0..<table.rowCount {
      let id = try identifier(row, taken: rows)
      var arms: [CountsRow.Arm] = []
      for column in columns {
        var arm = CountsRow.Arm()
        arm.events = try whole(row, column.events)
        arm.total = try whole(row, column.total)
        if arm.total == nil, let events = arm.events, let others = try whole(row, column.others) {
          arm.total = events + others
        }
        if let index = column.percent {
          arm.percent = PrintedNumber(table.text(row: row, column: index))?.asPercentageColumn
        }
        if let events = arm.events, let total = arm.total, events > total {
          throw bad(row, column.events, "\(events) events of \(total) people cannot be", "events at most the total")
        }
        arms.append(arm)
      }
      rows.counts[id] = CountsRow(id: id, trial: text(row, "trial"), arms: arms, experimental: groups[0])
    }
    rows.files.append(document.name)
  }

  /// Adds the rows of means to what is known.
  func readMeans(into rows: inout ClaimRows) throws(EvidenceError) {
    let groups = groupNames("mean_")
    let columns = (1...2).map { arm in
      (
        mean: first(["mean_" + groups[arm - 1]], "m\(arm)i", "mean\(arm)"),
        deviation: first(["sd_" + groups[arm - 1]], "sd\(arm)i", "sd\(arm)"),
        n: first(["n_" + groups[arm - 1]], "n\(arm)i", "n\(arm)")
      )
    }
    for row in 0..<table.rowCount {
      let id = try identifier(row, taken: rows)
      var arms: [MeansRow.Arm] = []
      for column in columns {
        var arm = MeansRow.Arm()
        arm.mean = try printed(row, column.mean)
        arm.standardDeviation = try printed(row, column.deviation)
        arm.n = try whole(row, column.n)
        if let deviation = arm.standardDeviation, deviation.value < 0 {
          throw bad(row, column.deviation, "an SD cannot be below 0, got \(deviation)", "a number of 0 or more")
        }
        arms.append(arm)
      }
      let kind = text(row, "published_effect_kind") + " " + text(row, "timepoint")
      rows.means[id] = MeansRow(
        id: id, trial: text(row, "trial"), scale: text(row, "scale"), timepoint: text(row, "timepoint"), arms: arms,
        experimental: groups[0],
        isAdjusted: ["adjusted", "model"].contains { kind.lowercased().contains($0) })
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

  // MARK: - Cells

  private func first(_ preferred: [String], _ others: String...) -> Int? {
    (preferred + others).lazy.compactMap { names.firstIndex(of: $0) }.first
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

extension PrintedNumber {
  /// The number of a column of percentages, with or without its sign.
  fileprivate var asPercentageColumn: PrintedNumber {
    PrintedNumber(
      significand: significand, decimals: decimals, isNegative: isNegative, relation: relation, isPercent: true)
  }
}
