/// Columns of counts, one row a study, that can be checked and corrected: what the count models have in common.
public protocol CountColumns: Sendable {
  /// Number of rows.
  var count: Int { get }
  /// Whether all values of a row are there; rows with a missing (`NaN`) value take no part in any model.
  func isComplete(_ row: Int) -> Bool
  /// Throws `FitError.domain` for the first value that cannot be (a negative count, a person-time that is not positive).
  func validate() throws(FitError)
  /// Whether a row has a count of zero in one of its cells.
  func hasZero(_ row: Int) -> Bool
  /// The columns with `amount` added to every cell of the rows that `rows` marks.
  func adding(_ amount: Double, where rows: [Bool]) -> Self
}

extension CountColumns {
  /// Which rows take part.
  func completeRows() -> [Bool] { (0..<count).map { isComplete($0) } }
}

/// Throws unless a count is finite and not negative; missing (`NaN`) passes.
func checkCount(_ value: Double, _ name: String) throws(FitError) {
  if value < 0 || value.isInfinite {
    throw .domain(what: name, value: value, expected: "a count of zero or more")
  }
}

/// Throws unless a person-time is finite and positive; missing (`NaN`) passes.
func checkTime(_ value: Double, _ name: String) throws(FitError) {
  if value <= 0 || value.isInfinite {
    throw .domain(what: name, value: value, expected: "a person-time above zero")
  }
}
