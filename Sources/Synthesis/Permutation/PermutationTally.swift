/// Counts of a permutation test over some arrangements; tallies of different parts are added with `+`.
public struct PermutationTally: Sendable, Equatable {
  /// Per coefficient, the arrangements at least as far out as the observed one.
  public internal(set) var coefficients: [Int]
  /// The same for the omnibus test.
  public internal(set) var omnibus = 0
  /// Arrangements fitted.
  public internal(set) var done = 0
  /// Arrangements for which the model could not be fitted.
  public internal(set) var failed = 0

  /// Nothing counted yet.
  init(coefficientCount: Int) { coefficients = [Int](repeating: 0, count: coefficientCount) }

  /// Counts one arrangement.
  mutating func count(
    _ statistics: PermutationRefit.Statistics, against observed: PermutationRefit.Statistics, margin: Double
  ) {
    done += 1
    for j in coefficients.indices where abs(statistics.coefficients[j]) >= abs(observed.coefficients[j]) - margin {
      coefficients[j] += 1
    }
    if let omnibus = statistics.omnibus, let limit = observed.omnibus, omnibus >= limit - margin { self.omnibus += 1 }
  }

  /// The counts of two parts together.
  public static func + (left: PermutationTally, right: PermutationTally) -> PermutationTally {
    var sum = left
    for j in sum.coefficients.indices { sum.coefficients[j] += right.coefficients[j] }
    sum.omnibus += right.omnibus
    sum.done += right.done
    sum.failed += right.failed
    return sum
  }
}
