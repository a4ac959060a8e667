import NumericCore

/// Subgroups with a τ² each.
struct SeparateSubgroups {
  let model: PoolingModel
  let studies: SubgroupStudies

  func analysis() throws(FitError) -> SubgroupAnalysis {
    var subgroups: [Subgroup] = []
    for level in studies.levels {
      subgroups.append(Subgroup(name: level.name, rows: level.rows, fit: try studies.fit(model, level: level)))
    }
    return SubgroupAnalysis(
      subgroups: subgroups, test: try SubgroupTest.between(subgroups.map(\.fit)), notes: notes(subgroups))
  }

  private func notes(_ subgroups: [Subgroup]) -> [Note] {
    let single = subgroups.filter { $0.fit.k == 1 }.map(\.name)
    guard !single.isEmpty, model.method.tauSquared != nil else { return [] }
    return [
      Note(
        code: "subgroup-of-one",
        message: "subgroups of one study have no estimate of heterogeneity: \(single.joined(separator: ", "))")
    ]
  }
}

extension SubgroupTest {
  /// Compares separate analyses: Q = Σ wⱼ(θⱼ − θ̄)², the fixed-effects heterogeneity of their estimates with wⱼ = 1/seⱼ².
  ///
  /// `nil` for fewer than two analyses. Throws `notEstimable` when a standard error is 0.
  public static func between(_ fits: [Fit]) throws(FitError) -> SubgroupTest? {
    guard fits.count > 1 else { return nil }
    let estimates = fits.compactMap(\.coefficients.first)
    guard estimates.allSatisfy({ $0.standardError > 0 && $0.standardError.isFinite }) else {
      throw .notEstimable(
        what: "test of subgroup differences",
        hint: "a subgroup has standard error 0, as when Hartung-Knapp meets equal effects; use another inference")
    }
    let weights = estimates.map { 1 / ($0.standardError * $0.standardError) }
    let total = weights.reduce(0, +)
    let origin = estimates[0].value
    let mean = zip(weights, estimates).reduce(0) { $0 + $1.0 * ($1.1.value - origin) } / total
    let q = zip(weights, estimates).reduce(0) { sum, pair in
      let difference = pair.1.value - origin - mean
      return sum + pair.0 * difference * difference
    }
    let df = fits.count - 1
    return SubgroupTest(
      q: q, degreesOfFreedom: df, pValue: try OmnibusTest.wald(q, m: df, denominator: nil).pValue)
  }
}
