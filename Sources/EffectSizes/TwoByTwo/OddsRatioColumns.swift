/// Cells of many two-by-two tables as columns, for the batch path.
///
/// Here a table is four numbers and nothing else: no roles, no reasons. The estimates have the same bits as those of
/// `Measure.oddsRatio` with `to: .onlyZero`.
public struct CellColumns: Sendable {
  /// Events and non-events of group 1, events and non-events of group 2; all of one length.
  public let ai, bi, ci, di: [Double]

  /// Columns of one length.
  public init(ai: [Double], bi: [Double], ci: [Double], di: [Double]) {
    precondition(ai.count == bi.count && ai.count == ci.count && ai.count == di.count, "columns have one length")
    self.ai = ai
    self.bi = bi
    self.ci = ci
    self.di = di
  }

  /// Log odds ratios and their large-sample variances, `add` added to the cells of tables with a zero.
  ///
  /// A table with a missing, infinite or negative cell, without subjects in a group, or without an estimate is `NaN` in
  /// both results.
  public func logOddsRatios(add: Double = 0.5) -> (yi: [Double], vi: [Double]) {
    let count = ai.count
    var vi: [Double] = []
    let yi = [Double](unsafeUninitializedCapacity: count) { yiBuffer, yiCount in
      vi = [Double](unsafeUninitializedCapacity: count) { viBuffer, viCount in
        fill(add, yiBuffer, viBuffer)
        viCount = count
      }
      yiCount = count
    }
    return (yi, vi)
  }

  /// One pass over the columns; every row is computed on its own.
  private func fill(_ add: Double, _ yi: UnsafeMutableBufferPointer<Double>, _ vi: UnsafeMutableBufferPointer<Double>) {
    let a = ai.span
    let b = bi.span
    let c = ci.span
    let d = di.span
    for row in 0..<a.count {
      let effect = correctedOddsRatio(TwoByTwo(a: a[row], b: b[row], c: c[row], d: d[row]), add)
      yi[row] = effect.yi
      vi[row] = effect.vi
    }
  }
}

/// Log odds ratio of one table, `add` added to its cells when one is zero; undefined for cells that cannot be.
@inline(__always) private func correctedOddsRatio(_ table: TwoByTwo, _ add: Double) -> Effect {
  let isPossible = table.a >= 0 && table.b >= 0 && table.c >= 0 && table.d >= 0 && table.n1 > 0 && table.n2 > 0
  let effect = oddsRatioEffect(table.hasZeroCell ? table.adding(add) : table)
  return isPossible && effect.isDefined ? effect : .undefined
}
