/// How the analysis of one group of studies ended; the raw values are fixed, other languages use them.
public enum GroupStatus: Int32, Sendable, CaseIterable {
  /// All asked for is there.
  case ok = 0
  /// No row has all the values that the measure needs.
  case noUsableRows = 1
  /// A row holds a value that cannot be: a negative variance, more events than subjects.
  case badValue = 2
  /// The method needs more studies than the group has.
  case tooFewStudies = 3
  /// The values are possible and the method is undefined for them.
  case notEstimable = 4
  /// An iteration did not meet its stopping rule.
  case notConverged = 5

  /// The word in the `status` column of `evidence batch`.
  public var word: String {
    switch self {
    case .ok: "ok"
    case .noUsableRows: "no_usable_rows"
    case .badValue: "bad_value"
    case .tooFewStudies: "too_few_studies"
    case .notEstimable: "not_estimable"
    case .notConverged: "not_converged"
    }
  }

  /// The status that an error of a fit gives its group.
  public init(_ error: FitError) {
    switch error {
    case .noStudies: self = .noUsableRows
    case .domain: self = .badValue
    case .tooFewStudies: self = .tooFewStudies
    case .notConverged: self = .notConverged
    default: self = .notEstimable
    }
  }
}
