import NumericCore

extension Design {
  /// Names of the columns that are combinations of earlier columns, in order; empty for a design of full rank.
  ///
  /// Of two dependent columns the later one is named. Time k p², memory k p.
  public var redundantColumns: [String] {
    ThinQR(rows: matrix.rows, columns: matrix.columns, x: matrix.storage).dependent.map { names[$0] }
  }

  /// Stops when columns are combinations of others.
  ///
  /// - Throws: `FitError.rankDeficient` naming them.
  public func requireFullRank() throws(FitError) {
    let redundant = redundantColumns
    if !redundant.isEmpty {
      throw .rankDeficient(rank: matrix.columns - redundant.count, columns: redundant)
    }
  }
}
