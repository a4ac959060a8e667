/// Why a measure cannot be computed for a table as a whole.
public enum EffectSizeError: Error, Sendable, Equatable {
  /// None of the measure's input forms is there.
  case missingColumns(measure: String, forms: [InputForm], present: [Role])
  /// The measure does not have that sampling-variance type.
  case unknownVarianceType(measure: String, given: String, allowed: [String])
  /// The amount to add to counts is not a finite number ≥ 0.
  case invalidAdd(Double)
}

extension EffectSizeError: CustomStringConvertible {
  /// One sentence that names the measure, the value and the remedy.
  public var description: String {
    switch self {
    case .missingColumns(let measure, let forms, let present):
      let wanted = forms.map { $0.roles.map(\.rawValue).joined(separator: ",") }.joined(separator: " or ")
      let found = present.isEmpty ? "none of them" : present.map(\.rawValue).joined(separator: ",")
      return "\(measure) needs the columns \(wanted); the table has \(found)"
    case .unknownVarianceType(let measure, let given, let allowed):
      return "\(measure) has no variance type \"\(given)\"; it has \(allowed.joined(separator: ", "))"
    case .invalidAdd(let amount):
      return "the amount to add to counts must be a number of at least 0, got \(amount)"
    }
  }
}
