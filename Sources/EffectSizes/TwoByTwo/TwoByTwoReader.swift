/// Reads tables of two by two counts, from cells or from events and totals.
struct TwoByTwoReader {
  /// Whether a row of the table may be empty: in a paired table it is an outcome, not a group.
  private let allowsEmptyRow: Bool
  private let ai, bi, ci, di, n1i, n2i: RoleColumn

  init(_ columns: StudyColumns, allowsEmptyRow: Bool = false) {
    self.allowsEmptyRow = allowsEmptyRow
    ai = RoleColumn(.ai, of: columns)
    bi = RoleColumn(.bi, of: columns)
    ci = RoleColumn(.ci, of: columns)
    di = RoleColumn(.di, of: columns)
    n1i = RoleColumn(.n1i, of: columns)
    n2i = RoleColumn(.n2i, of: columns)
  }

  func read(_ row: Int) throws(RowProblem.Kind) -> TwoByTwo {
    if let table = complete(row) { return table }
    try requireValues(
      row, [ai, ci] + [(bi, n1i), (di, n2i)].filter { $0.0[row].isNaN }.map { $1.isPresent ? $1 : $0 })
    let a = try ai.nonNegative(row, "a count")
    let c = try ci.nonNegative(row, "a count")
    let b = try complement(row, events: a, rest: bi, total: n1i)
    let d = try complement(row, events: c, rest: di, total: n2i)
    return TwoByTwo(a: a, b: b, c: c, d: d)
  }

  /// The table of a row that is given in one way and has nothing wrong; every other row takes the careful path.
  private func complete(_ row: Int) -> TwoByTwo? {
    let a = ai[row]
    let c = ci[row]
    let isByCells = bi.isPresent && di.isPresent && !n1i.isPresent && !n2i.isPresent
    let isByTotals = n1i.isPresent && n2i.isPresent && !bi.isPresent && !di.isPresent
    guard isByCells || isByTotals else { return nil }
    let b = isByCells ? bi[row] : n1i[row] - a
    let d = isByCells ? di[row] : n2i[row] - c
    let table = TwoByTwo(a: a, b: b, c: c, d: d)
    return a >= 0 && b >= 0 && c >= 0 && d >= 0 && table.n1 > 0 && table.n2 > 0 && table.total.isFinite ? table : nil
  }

  /// The non-events: as given, or the total less the events; both must agree when both are given.
  private func complement(
    _ row: Int, events: Double, rest: RoleColumn, total: RoleColumn
  ) throws(RowProblem.Kind) -> Double {
    guard let size = try total.ifPresent(row) else {
      let others = try rest.nonNegative(row, "a count")
      guard allowsEmptyRow || events + others > 0 else { throw rest.impossible(row, "a group of at least one") }
      return others
    }
    guard size > 0 || (allowsEmptyRow && size == 0) else { throw total.impossible(row, "a group size above 0") }
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
