/// Effect sizes of many studies: estimates and sampling variances on the analysis scale, row by row.
public struct EffectColumns: Sendable {
  /// Estimates, `NaN` where a row has a problem.
  public var yi: [Double]
  /// Sampling variances, `NaN` where a row has a problem.
  public var vi: [Double]
  /// The rows without an estimate, in row order, each with the reason.
  public var problems: [RowProblem]
  /// The rows' sizes: subjects in all, or person-time for rates; `NaN` where unknown, empty when the measure has none.
  ///
  /// Back-transforming a Freeman–Tukey estimate needs their harmonic mean.
  public var sizes: [Double] = []
  /// Remarks a careful reader would want (a correction applied to n rows, say); never errors.
  public var notes: [String]

  /// Columns as computed.
  public init(yi: [Double], vi: [Double], problems: [RowProblem] = [], notes: [String] = []) {
    self.yi = yi
    self.vi = vi
    self.problems = problems
    self.notes = notes
  }
}

/// Why a row has no effect size.
public struct RowProblem: Sendable, Equatable {
  /// Index of the row, from 0.
  public let index: Int
  /// What is wrong.
  public let kind: Kind

  /// The kinds of trouble, which callers treat differently.
  public enum Kind: Error, Sendable, Equatable {
    /// A value that the measure needs is absent: the row is left out.
    case missing([Role])
    /// A value that cannot be (events above n, a negative variance, |r| > 1): the data are wrong.
    case impossible(role: Role, value: Double, expected: String)
    /// The values are possible and the measure is undefined for them (no events at all, means of different sign).
    case notEstimable(String)
  }

  /// A problem of a row.
  public init(index: Int, kind: Kind) {
    self.index = index
    self.kind = kind
  }
}
