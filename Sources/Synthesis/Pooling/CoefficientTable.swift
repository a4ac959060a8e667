import NumericCore

/// The coefficients with tests and intervals by the model's inference, and their covariance.
struct CoefficientTable {
  let rows: [Estimate]
  let covariance: Matrix
  /// Factor that the inference put on the covariance, `nil` when it puts none.
  let varianceScale: Double?
  private let residualDegreesOfFreedom: Double?

  /// Scales the covariance as the inference says and makes the rows.
  init(
    model: PoolingModel, problem: PoolingProblem, base: CoefficientSolution, q: Double
  ) throws(FitError) {
    let df = problem.k - problem.p
    guard let rule = model.inference.waldRule else {
      throw .invalidSpecification("\(model.inference.word) inference is for models without moderators")
    }
    guard df > 0 || !rule.usesT else {
      throw .tooFewStudies(
        needed: problem.p + 1, got: problem.k, what: "\(model.inference.word) inference with \(problem.p) coefficients")
    }
    let scale = df > 0 ? rule.scale(q: q, degreesOfFreedom: Double(df)) : 1
    var covariance = base.covariance
    for e in covariance.storage.indices { covariance.storage[e] *= scale }
    let law = try ReferenceLaw(degreesOfFreedom: rule.usesT ? Double(df) : nil)
    let critical = try law.critical(level: model.level)
    rows = base.beta.enumerated().map { j, value in
      Estimate(
        value: value, standardError: covariance[j, j].squareRoot(), law: law, critical: critical, level: model.level)
    }
    self.covariance = covariance
    varianceScale = rule.scales ? scale : nil
    residualDegreesOfFreedom = law.degreesOfFreedom
  }

  /// The Wald test that the coefficients of some columns are zero together: b'C⁻¹b ~ χ², or divided by their number ~ F.
  func omnibus(columns: [Int]) throws(FitError) -> OmnibusTest {
    let m = columns.count
    let scales = columns.map { max(rows[$0].standardError, .leastNormalMagnitude) }
    var packed = [Double](repeating: 0, count: m * (m + 1) / 2)
    for i in 0..<m {
      for j in 0...i { packed[PackedCholesky.at(i, j)] = covariance[columns[i], columns[j]] / (scales[i] * scales[j]) }
    }
    let standardised = (0..<m).map { rows[columns[$0]].value / scales[$0] }
    let half = PackedCholesky(size: m, packed: packed).forward(standardised)
    let chi2 = half.reduce(0) { $0 + $1 * $1 }
    guard let denominator = residualDegreesOfFreedom else {
      return OmnibusTest(
        statistic: chi2, degreesOfFreedom: m, denominatorDegreesOfFreedom: nil,
        pValue: upperTailOfChiSquared(chi2, degreesOfFreedom: Double(m)))
    }
    let f = chi2 / Double(m)
    guard let law = try? FisherF(numerator: Double(m), denominator: denominator) else {
      throw .domain(what: "F degrees of freedom", value: denominator, expected: "a positive number")
    }
    return OmnibusTest(
      statistic: f, degreesOfFreedom: m, denominatorDegreesOfFreedom: denominator, pValue: law.upperTail(f))
  }
}
