/// Two points between which a root or a minimum is sought; `lower < upper`, both finite.
public struct Bracket: Sendable, Equatable {
  /// The ends.
  public let lower, upper: Double

  /// A bracket from its ends, in either order.
  public init(_ a: Double, _ b: Double) {
    lower = min(a, b)
    upper = max(a, b)
  }
}

/// Why an iteration stopped.
public enum StopReason: String, Sendable {
  /// The function is exactly zero.
  case exactZero
  /// The bracket, or the last step, is within the tolerance.
  case stepWithinTolerance
  /// The gradient is within the tolerance.
  case gradientWithinTolerance
  /// The function no longer falls, to within rounding.
  case valueSettled
  /// The limit of iterations was reached.
  case iterationLimit
  /// No step along the direction of search lowers the function.
  case noDescent
}

/// A root, and how it was found.
public struct RootResult: Sendable, Equatable {
  /// The root.
  public let value: Double
  /// Number of function evaluations after the first two.
  public let iterations: Int
  /// Whether the tolerance was met.
  public let converged: Bool
  /// The function's value at the root.
  public let residual: Double
  /// Why the iteration stopped.
  public let reason: StopReason
}

/// A minimum of a function of one variable, and how it was found.
public struct MinimumResult: Sendable, Equatable {
  /// Where the minimum is.
  public let value: Double
  /// The function there.
  public let minimum: Double
  /// Number of function evaluations.
  public let iterations: Int
  /// Whether the tolerance was met.
  public let converged: Bool
  /// Why the iteration stopped.
  public let reason: StopReason
}

/// A minimum of a function of several variables, and how it was found.
public struct VectorMinimumResult: Sendable, Equatable {
  /// Where the minimum is.
  public let point: [Double]
  /// The function there.
  public let minimum: Double
  /// The gradient there; empty when the method uses none.
  public let gradient: [Double]
  /// Number of iterations, and of function evaluations.
  public let iterations, evaluations: Int
  /// Whether the tolerance was met.
  public let converged: Bool
  /// Why the iteration stopped.
  public let reason: StopReason
}

/// Why a search could not begin or go on.
public enum SearchError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The function has one sign at both ends of the bracket.
  case noSignChange(lower: Double, upper: Double, valueAtLower: Double, valueAtUpper: Double)
  /// The function is NaN at a point (or infinite where it must not be).
  case notFinite(at: Double)
  /// The function is not finite at the starting point of a search in several variables.
  case notFiniteAtStart
  /// The bracket's ends are not finite or not in order.
  case badBracket(lower: Double, upper: Double)

  /// The message: what was wrong, where, with which values.
  public var description: String {
    switch self {
    case .noSignChange(let lower, let upper, let valueAtLower, let valueAtUpper):
      "root: no change of sign between \(lower) (value \(valueAtLower)) and \(upper) (value \(valueAtUpper)); "
        + "widen the bracket"
    case .notFinite(let point):
      "search: the function is not finite at \(point)"
    case .notFiniteAtStart:
      "minimum: the function is not finite at the starting point; start elsewhere"
    case .badBracket(let lower, let upper):
      "search: the bracket from \(lower) to \(upper) must have finite ends in order"
    }
  }
}
