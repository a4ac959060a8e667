import NumericCore

/// How much a term's variance is inflated by its correlation with the other terms.
public struct VarianceInflation: Sendable, Equatable {
  /// The term.
  public let term: String
  /// Number of its coefficients, m.
  public let coefficientCount: Int
  /// |R₁₁| |R₂₂| / |R|, with R the correlation matrix of all coefficients but the intercept, R₁₁ that of the term and
  /// R₂₂ that of the others: the variance inflation factor for m = 1 and its generalisation for m > 1.
  public let factor: Double
  /// factor^(1/2m), comparable between terms of different size: the inflation of standard errors.
  public let standardErrorFactor: Double
}

extension Fit {
  /// Variance inflation of every term of a design, in order, the intercept left out.
  ///
  /// Source: Fox and Monette (1992), Journal of the American Statistical Association 87, 178–183, equation 10.
  ///
  /// - Throws: `FitError.notEstimable` when the coefficients' covariance is not of full rank.
  public func varianceInflation(of design: Design) throws(FitError) -> [VarianceInflation] {
    let others = (0..<p).filter { design.assignment[$0] > 0 }
    let all = try logDeterminant(others)
    var result: [VarianceInflation] = []
    for (number, label) in design.termLabels.enumerated() {
      let own = others.filter { design.assignment[$0] == number + 1 }
      if own.isEmpty { continue }
      let rest = others.filter { design.assignment[$0] != number + 1 }
      let logFactor = try logDeterminant(own) + logDeterminant(rest) - all
      result.append(
        VarianceInflation(
          term: label, coefficientCount: own.count, factor: max(1, exp(logFactor)),
          standardErrorFactor: max(1, exp(logFactor / Double(2 * own.count)))))
    }
    return result
  }

  /// log |R| of some coefficients; 0 for none.
  private func logDeterminant(_ indices: [Int]) throws(FitError) -> Double {
    var packed: [Double] = []
    for (row, i) in indices.enumerated() {
      for j in indices[...row] { packed.append(covariance[i, j]) }
    }
    guard let factor = CorrelationFactor(packed: packed, size: indices.count) else {
      throw .notEstimable(
        what: "variance inflation", hint: "the moderators are all but combinations of each other; leave one out")
    }
    return factor.logDeterminantOfCorrelations
  }
}
