import NumericCore

extension SmallStudyTest {
  /// Schwarzer's rank test on counts: Kendall's τ of standardised cell counts with their precision.
  ///
  /// (a − E)/√V with E and V of the non-central hypergeometric law of a at the Mantel–Haenszel odds ratio, against 1/V;
  /// normal approximation with variance corrected for ties. Tables in which a cannot vary are left out.
  /// Source: Schwarzer, Antes and Schumacher (2007).
  static let schwarzer = SmallStudyTest(
    name: "schwarzer", title: "rank correlation of standardised cell counts and their precision",
    source: "Schwarzer, Antes and Schumacher (2007)", measures: ["OR", "PETO"]
  ) { studies, _ throws(FitError) in
    let table = try studies.requireTable("schwarzer")
    let logOdds = try logMantelHaenszel(table)
    var deviations = [Double]()
    var precisions = deviations
    for i in 0..<table.count {
      let law = NonCentralCell(table, i, logOdds: logOdds)
      guard law.variance > 0 else { continue }
      deviations.append((table.a[i] - law.mean) / law.variance.squareRoot())
      precisions.append(1 / law.variance)
    }
    guard deviations.count >= 3 else {
      throw .tooFewStudies(needed: 3, got: deviations.count, what: "schwarzer, of studies with events,")
    }
    let kendall = KendallTau(deviations, precisions)
    guard let tau = kendall.tauB else {
      throw .notEstimable(what: "Schwarzer's rank correlation", hint: "all tables are alike")
    }
    var result = SmallStudyResult(name: "schwarzer", k: deviations.count)
    result.tau = tau
    result.statistic = kendall.z
    result.pValue = Normal.twoSidedP(kendall.z)
    return result
  }

  private static func logMantelHaenszel(_ table: TwoByTwoColumns) throws(FitError) -> Double {
    var (above, below) = (CompensatedSum(), CompensatedSum())
    for i in 0..<table.count {
      let total = table.a[i] + table.b[i] + table.c[i] + table.d[i]
      above.add(product: table.a[i] / total, table.d[i])
      below.add(product: table.b[i] / total, table.c[i])
    }
    guard above.value > 0, below.value > 0 else {
      throw .notEstimable(what: "the Mantel–Haenszel odds ratio", hint: "no events, or none in one of the groups")
    }
    return log(above.value / below.value)
  }
}

/// Mean and variance of cell a given the margins and an odds ratio ψ: P(a) ∝ C(n₁, a) C(n₂, m − a) ψᵃ.
///
/// Summed outward from the mode by the ratio of neighbours, which neither over- nor underflows.
/// Source: Liao and Rosen (2001).
struct NonCentralCell {
  private(set) var mean = 0.0
  private(set) var variance = 0.0

  init(_ table: TwoByTwoColumns, _ i: Int, logOdds: Double) {
    let (n1, n2, m) = (table.a[i] + table.b[i], table.c[i] + table.d[i], table.a[i] + table.c[i])
    let (low, high) = (max(0, m - n2), min(n1, m))
    let psi = exp(logOdds)
    // The mode: the larger root's floor of (1 − ψ)x² … = 0, found as where the ratio of neighbours passes 1.
    let ratio = { (x: Double) in (n1 - x + 1) * (m - x + 1) / (x * (n2 - m + x)) * psi }
    var (left, right) = (low, high)
    while right - left > 0.5 {
      let middle = ((left + right + 1) / 2).rounded(.down)
      if ratio(middle) >= 1 { left = middle } else { right = middle - 1 }
    }
    let mode = left
    var (sum, first, second) = (1.0, 0.0, 0.0)
    for direction in [1.0, -1.0] {
      var (mass, x) = (1.0, mode)
      while mass > 1e-18 * sum, direction > 0 ? x < high : x > low {
        mass *= direction > 0 ? ratio(x + 1) : 1 / ratio(x)
        x += direction
        let d = x - mode
        sum += mass
        first += mass * d
        second += mass * d * d
      }
    }
    mean = mode + first / sum
    variance = second / sum - (first / sum) * (first / sum)
    if high - low < 0.5 { variance = 0 }
  }
}
