import NumericCore

extension SmallStudyTest {
  /// Begg and Mazumdar's rank test: Kendall's τ of standardised deviations with the variances.
  ///
  /// yᵢ* = (yᵢ − μ̂)/√(vᵢ − 1/Σw), μ̂ = Σwᵢyᵢ/Σwᵢ, wᵢ = 1/vᵢ. Without ties p is exact up to 1500 studies.
  /// Source: Begg and Mazumdar (1994).
  static let begg = SmallStudyTest(
    name: "begg", title: "rank correlation of deviations and variances", source: "Begg and Mazumdar (1994)"
  ) { studies, _ throws(FitError) in
    let kendall = KendallTau(standardisedDeviations(studies), studies.vi)
    guard let tau = kendall.tauB else {
      throw .notEstimable(what: "Begg's rank correlation", hint: "all variances or all deviations are equal")
    }
    var result = SmallStudyResult(name: "begg", k: studies.count)
    result.tau = tau
    if let exact = kendall.exactP {
      result.pValue = exact
      result.isExact = true
    } else {
      result.statistic = kendall.z
      result.pValue = Normal.twoSidedP(kendall.z)
    }
    return result
  }

  /// vᵢ − 1/Σw as vᵢ times the share of the other weights, which does not cancel when one study has nearly all.
  private static func standardisedDeviations(_ studies: BiasStudies) -> [Double] {
    let w = studies.vi.map { 1 / $0 }
    let k = w.count
    var before = [Double](repeating: 0, count: k + 1)
    var after = before
    for i in 0..<k { before[i + 1] = before[i] + w[i] }
    for i in stride(from: k - 1, through: 0, by: -1) { after[i] = after[i + 1] + w[i] }
    let total = before[k]
    var weighted = CompensatedSum()
    for i in 0..<k { weighted.add(product: w[i], studies.yi[i]) }
    let mean = weighted.value / total
    return (0..<k).map { i in
      (studies.yi[i] - mean) / (studies.vi[i] * ((before[i] + after[i + 1]) / total)).squareRoot()
    }
  }
}
