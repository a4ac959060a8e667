/// P-values of a permutation test.
public struct PermutationResult: Sendable {
  /// Two-sided p-values of the coefficients, in the order of the terms.
  public let pValues: [Double]
  /// P-value of the omnibus test, `nil` without moderators.
  public let omnibusPValue: Double?
  /// Monte-Carlo standard errors √(p(1 − p)/N) of the p-values; 0 for an exact test.
  public let monteCarloErrors: [Double]
  /// Monte-Carlo standard error of the omnibus p-value.
  public let omnibusMonteCarloError: Double?
  /// Number of arrangements that count, the observed one included.
  public let count: Int
  /// Arrangements left out because the model could not be fitted.
  public let failed: Int
  /// Which arrangements were looked at.
  public let scheme: PermutationScheme

  init(tally: PermutationTally, scheme: PermutationScheme, hasOmnibus: Bool) throws(FitError) {
    guard tally.done > 0 else {
      throw .notEstimable(
        what: "permutation test", hint: "the model could be fitted to no arrangement; try another estimator, such as DL"
      )
    }
    // Among all arrangements the observed one is counted already; drawn ones come on top of it.
    let besides = scheme == .exact ? 0 : 1
    let count = tally.done + besides
    func p(_ hits: Int) -> Double { Double(hits + besides) / Double(count) }
    func error(_ p: Double) -> Double { scheme == .exact ? 0 : (p * (1 - p) / Double(count)).squareRoot() }
    pValues = tally.coefficients.map(p)
    monteCarloErrors = pValues.map(error)
    omnibusPValue = hasOmnibus ? p(tally.omnibus) : nil
    omnibusMonteCarloError = omnibusPValue.map(error)
    self.count = count
    failed = tally.failed
    self.scheme = scheme
  }

  /// The remarks that belong to the result.
  public var notes: [Note] {
    var notes: [Note] = []
    let largest = monteCarloErrors.max() ?? 0
    if scheme != .exact {
      notes.append(
        Note(
          code: "permutation-sampled",
          message: "permutation p-values are from \(count - 1) random arrangements and the observed one; "
            + "Monte-Carlo standard error at most \(rounded(largest))"))
    }
    if failed > 0 {
      notes.append(
        Note(
          code: "permutation-failed",
          message: "\(failed) arrangements could not be fitted and do not count in the permutation p-values"))
    }
    return notes
  }

  /// Two significant digits, for a message.
  private func rounded(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    var scale = 1.0
    while value * scale < 10 { scale *= 10 }
    return (value * scale).rounded() / scale
  }
}

extension Fit {
  /// The fit with the p-values of a permutation test in place of its own; statistics and intervals stay.
  public func replacingPValues(by result: PermutationResult) -> Fit {
    var fit = self
    for (j, p) in result.pValues.enumerated() where j < fit.coefficients.count {
      fit.coefficients[j].pValue = p
      fit.coefficients[j].logPValue = log(p)
    }
    if let p = result.omnibusPValue { fit.omnibus?.pValue = p }
    fit.notes += result.notes
    return fit
  }
}
