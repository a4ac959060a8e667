import NumericCore

/// Tests of linear hypotheses about the coefficients of a fit, one by one and together.
public struct LinearHypothesisTest: Sendable {
  /// The hypotheses.
  public let hypotheses: [LinearHypothesis]
  /// Per hypothesis Lβ̂ with its interval; statistic and p-value are those of Lβ = r.
  public let estimates: [Estimate]
  /// The p-values adjusted for the number of hypotheses.
  public let adjustedPValues: [Double]
  /// All hypotheses together, (Lβ̂ − r)'(L V L')⁻¹(Lβ̂ − r); `nil` when one follows from the others.
  public let joint: OmnibusTest?
}

extension Fit {
  /// Tests linear hypotheses with the covariance and the degrees of freedom of the fit's inference.
  ///
  /// z or t per hypothesis; together χ² with m degrees of freedom, or with t-based inference F = χ²/m.
  /// Source: Searle (1971), Linear Models, section 3.6.
  ///
  /// - Throws: `FitError.invalidSpecification` when a hypothesis has not a multiple per coefficient.
  public func test(
    _ hypotheses: [LinearHypothesis], adjustment: MultiplicityAdjustment = .none
  ) throws(FitError) -> LinearHypothesisTest {
    let law = try ReferenceLaw(degreesOfFreedom: coefficients.first?.degreesOfFreedom)
    let critical = try law.critical(level: level)
    var estimates: [Estimate] = []
    for hypothesis in hypotheses {
      guard hypothesis.coefficients.count == p else {
        throw .invalidSpecification(
          "hypothesis `\(hypothesis.text)` has \(hypothesis.coefficients.count) multiples, the model \(p) coefficients")
      }
      var value = 0.0
      for j in 0..<p { value += hypothesis.coefficients[j] * coefficients[j].value }
      let variance = bilinear(hypothesis.coefficients, hypothesis.coefficients)
      guard variance > 0, variance.isFinite else {
        throw .notEstimable(
          what: "test of `\(hypothesis.text)`", hint: "its variance is \(variance); check the multiples")
      }
      var estimate = Estimate(
        value: value, standardError: variance.squareRoot(), law: law, critical: critical, level: level)
      let statistic = (value - hypothesis.value) / variance.squareRoot()
      estimate.statistic = statistic
      estimate.pValue = law.twoSidedP(statistic)
      estimate.logPValue = law.logTwoSidedP(statistic)
      estimates.append(estimate)
    }
    let pValues = estimates.compactMap(\.pValue)
    return LinearHypothesisTest(
      hypotheses: hypotheses, estimates: estimates, adjustedPValues: adjustment.adjust(pValues),
      joint: try joint(hypotheses, estimates))
  }

  /// Tests that some coefficients, given by their indices, are zero together.
  ///
  /// - Throws: `FitError.invalidSpecification` for an empty list or an index that does not exist.
  public func testBlock(_ indices: [Int]) throws(FitError) -> OmnibusTest {
    let block = Set(indices).sorted()
    guard let first = block.first, let last = block.last, first >= 0, last < p else {
      throw .invalidSpecification("a block test needs coefficients from 1 to \(p)")
    }
    let hypotheses = block.map { index in
      LinearHypothesis(coefficients: (0..<p).map { $0 == index ? 1 : 0 }, terms: terms)
    }
    guard let joint = try test(hypotheses).joint else {
      throw .notEstimable(what: "test of the block", hint: "its coefficients have no covariance of full rank")
    }
    return joint
  }

  /// a'Vb with V the covariance of the coefficients.
  func bilinear(_ a: [Double], _ b: [Double]) -> Double {
    var total = 0.0
    for i in 0..<p where a[i] != 0 {
      for j in 0..<p { total += a[i] * covariance[i, j] * b[j] }
    }
    return total
  }

  private func joint(_ hypotheses: [LinearHypothesis], _ estimates: [Estimate]) throws(FitError) -> OmnibusTest? {
    let m = hypotheses.count
    guard m > 0 else { return nil }
    var covariances: [Double] = []
    for i in 0..<m {
      for j in 0...i { covariances.append(bilinear(hypotheses[i].coefficients, hypotheses[j].coefficients)) }
    }
    let differences = zip(estimates, hypotheses).map { $0.value - $1.value }
    guard let square = CorrelationFactor(packed: covariances, size: m)?.quadraticForm(differences) else { return nil }
    return try OmnibusTest.wald(square, m: m, denominator: coefficients.first?.degreesOfFreedom)
  }
}

extension OmnibusTest {
  /// A Wald statistic as χ² with m degrees of freedom, or over m as F when there are denominator degrees of freedom.
  static func wald(_ square: Double, m: Int, denominator: Double?) throws(FitError) -> OmnibusTest {
    do {
      if let denominator {
        let f = try FisherF(numerator: Double(m), denominator: denominator)
        let statistic = square / Double(m)
        return OmnibusTest(
          statistic: statistic, degreesOfFreedom: m, denominatorDegreesOfFreedom: denominator,
          pValue: f.upperTail(statistic))
      }
      return OmnibusTest(
        statistic: square, degreesOfFreedom: m, denominatorDegreesOfFreedom: nil,
        pValue: try ChiSquared(degreesOfFreedom: Double(m)).upperTail(square))
    } catch {
      throw .notEstimable(what: "p-value of the test", hint: error.description)
    }
  }
}
