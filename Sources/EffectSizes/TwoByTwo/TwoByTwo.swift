/// Counts of two groups by two outcomes: a of n₁ = a + b in group 1 have the event, c of n₂ = c + d in group 2.
struct TwoByTwo: Sendable {
  var a: Double
  var b: Double
  var c: Double
  var d: Double

  var n1: Double { a + b }
  var n2: Double { c + d }
  var total: Double { a + b + c + d }
  var hasZeroCell: Bool { a == 0 || b == 0 || c == 0 || d == 0 }
  /// No event in either group, or events only.
  var isUninformative: Bool { (a == 0 && c == 0) || (b == 0 && d == 0) }
  /// Sum of the reciprocal cells, the large-sample variance of the log odds ratio.
  var sumOfReciprocals: Double { 1 / a + 1 / b + 1 / c + 1 / d }

  func adding(_ amount: Double) -> TwoByTwo { TwoByTwo(a: a + amount, b: b + amount, c: c + amount, d: d + amount) }
}

/// Reads tables of two groups by two outcomes, from cells or from events and totals.
struct TwoByTwoReader {
  private let ai, bi, ci, di, n1i, n2i: RoleColumn

  init(_ columns: StudyColumns) {
    ai = RoleColumn(.ai, of: columns)
    bi = RoleColumn(.bi, of: columns)
    ci = RoleColumn(.ci, of: columns)
    di = RoleColumn(.di, of: columns)
    n1i = RoleColumn(.n1i, of: columns)
    n2i = RoleColumn(.n2i, of: columns)
  }

  func read(_ row: Int) throws(RowProblem.Kind) -> TwoByTwo {
    try requireValues(
      row, [ai, ci] + [(bi, n1i), (di, n2i)].filter { $0.0[row].isNaN }.map { $1.isPresent ? $1 : $0 })
    let a = try ai.nonNegative(row, "a count")
    let c = try ci.nonNegative(row, "a count")
    let b = try complement(row, events: a, rest: bi, total: n1i)
    let d = try complement(row, events: c, rest: di, total: n2i)
    return TwoByTwo(a: a, b: b, c: c, d: d)
  }

  /// The non-events: as given, or the total less the events; both must agree when both are given.
  private func complement(
    _ row: Int, events: Double, rest: RoleColumn, total: RoleColumn
  ) throws(RowProblem.Kind) -> Double {
    guard let size = try total.ifPresent(row) else {
      let others = try rest.nonNegative(row, "a count")
      guard events + others > 0 else { throw rest.impossible(row, "a group of at least one") }
      return others
    }
    guard size > 0 else { throw total.impossible(row, "a group size above 0") }
    guard events <= size else { throw total.impossible(row, "a total of at least the \(plain(events)) events") }
    guard try rest.ifPresent(row) != nil else { return size - events }
    let others = try rest.nonNegative(row, "a count")
    guard abs(events + others - size) <= 1e-8 * size else {
      throw total.impossible(row, "\(plain(events + others)), the sum of the cells")
    }
    return others
  }
}

/// A count without a superfluous ".0".
func plain(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }

extension UsableRows where Input == TwoByTwo {
  /// Drops tables without information when asked, and adds to the cells of the rows that the rule names.
  init(_ columns: StudyColumns, _ settings: Settings) {
    let reader = TwoByTwoReader(columns)
    self.init(count: columns.count) { row throws(RowProblem.Kind) in
      let table = try reader.read(row)
      if settings.drop00 && table.isUninformative {
        throw .notEstimable("no events, or events only, in both groups (dropped)")
      }
      return table
    }
    correct(settings, needs: \.hasZeroCell) { $0.adding($1) }
  }
}

extension UsableRows {
  /// Adds to the inputs that the correction rule names; those for which `needs` holds call for a correction.
  mutating func correct(_ settings: Settings, needs: (Input) -> Bool, adding: (Input, Double) -> Input) {
    guard settings.add > 0, settings.to != .none else { return }
    let all = settings.to == .all || (settings.to == .ifAnyZero && inputs.contains(where: needs))
    guard all || settings.to == .onlyZero else { return }
    mapInputs { all || needs($0) ? adding($0, settings.add) : $0 }
  }
}

/// The facts of a two-by-two measure that its factory does not know.
extension Measure {
  /// A measure of a table of two groups by two outcomes; `estimate` gets all usable tables, corrected, at once.
  static func twoByTwo(
    _ facts: Facts, add: Double = 0.5, estimate: @escaping @Sendable ([TwoByTwo], Settings) -> [Effect]
  ) -> Measure {
    Measure(facts, family: .twoByTwo, forms: .twoByTwo, add: add) { columns, settings in
      let rows = UsableRows<TwoByTwo>(columns, settings)
      return rows.columns(estimate(rows.inputs, settings), sizes: \.total) { table in
        table.hasZeroCell
          ? "undefined for a table with a zero cell; a continuity correction makes it estimable"
          : "undefined for this table"
      }
    }
  }

  /// The measures of two-by-two tables.
  static let twoByTwo: [Measure] = [riskRatio, oddsRatio, riskDifference, arcsineDifference, petoOddsRatio]
}
