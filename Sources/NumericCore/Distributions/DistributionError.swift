/// Why a distribution could not be made, or a quantile not be given.
public enum DistributionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A parameter outside its domain, such as degrees of freedom that are not positive.
  case invalidParameter(distribution: String, parameter: String, value: Double, requirement: String)
  /// A probability outside 0…1, or not a number.
  case probabilityOutOfRange(distribution: String, value: Double)
  /// The quantile's iteration did not settle.
  case quantileNotFound(distribution: String, probability: Double)

  /// The message: the distribution, the parameter, its value and what it must be.
  public var description: String {
    switch self {
    case .invalidParameter(let distribution, let parameter, let value, let requirement):
      "\(distribution): \(parameter) must be \(requirement), got \(value)"
    case .probabilityOutOfRange(let distribution, let value):
      "\(distribution) quantile: the probability must be between 0 and 1, got \(value)"
    case .quantileNotFound(let distribution, let probability):
      "\(distribution) quantile: no value found for the probability \(probability); check the parameters"
    }
  }
}
