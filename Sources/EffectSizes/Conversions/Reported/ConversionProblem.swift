/// Why a row cannot be converted.
public enum ConversionProblem: Error, Sendable, Equatable {
  /// The row lacks these values.
  case missing([ReportedWord])
  /// A value that cannot be.
  case impossible(ReportedWord, value: Double, expected: String)
  /// The values are possible and say nothing about what is asked.
  case notEstimable(String)

  init(_ kind: RowProblem.Kind) {
    switch kind {
    case .missing(let roles): self = .missing(roles.map { ReportedWord($0) })
    case .impossible(let role, let value, let expected):
      self = .impossible(ReportedWord(role), value: value, expected: expected)
    case .notEstimable(let reason): self = .notEstimable(reason)
    }
  }
}
