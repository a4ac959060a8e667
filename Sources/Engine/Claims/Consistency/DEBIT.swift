/// Whether a printed mean and standard deviation of a yes-or-no variable are possible together: DEBIT.
///
/// With k of n people at 1, the mean is k/n and SD = √(k (n − k) / (n (n − 1))). The counts whose mean prints as stated are
/// tried one by one. Source: Heathers & Brown (2019), DEBIT: a simple consistency test for binary data, OSF (quoted from
/// memory).
public struct DEBIT: Sendable {
  /// The proportion as printed; a percentage serves too.
  public let mean: PrintedNumber
  /// The SD as printed, with divisor n − 1.
  public let standardDeviation: PrintedNumber
  /// People.
  public let n: Int

  /// A printed mean and SD of n people.
  /// - Throws: 65 for fewer than 2 people.
  public init(mean: PrintedNumber, standardDeviation: PrintedNumber, n: Int) throws(EvidenceError) {
    guard n >= 2 else { throw EvidenceError(.badData, "DEBIT needs at least 2 people, got \(n)") }
    self.mean = mean.asProportion
    self.standardDeviation = standardDeviation.asProportion
    self.n = n
  }

  /// The counts that print as both, each number under one rule.
  public func counts(_ rounding: Rounding = .halfUp) -> [Int] {
    guard let grim = try? GRIM(mean: mean, n: n), let totals = grim.totals(rounding) else { return [] }
    let size = Double(n)
    return totals.clamped(to: 0...n).filter { k in
      let deviation = (Double(k) * Double(n - k) / (size * (size - 1))).squareRoot()
      return standardDeviation.prints(deviation, rounding, slack: 1e-14)
    }
  }

  /// Whether the pair is possible under one of the rules.
  public func isPossible(under rules: [Rounding] = Rounding.nearest) -> Bool { rules.contains { !counts($0).isEmpty } }
}
