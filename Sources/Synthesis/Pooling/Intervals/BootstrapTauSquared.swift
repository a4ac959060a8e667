import NumericCore

/// Percentile intervals for τ² from refitted samples.
///
/// Parametric: y* ~ N(Xβ, V + τ̂²I), and as every estimator is a function of the residuals, β = 0 will do. Nonparametric: studies
/// drawn with replacement; samples whose design loses rank are drawn again. Source: Viechtbauer 2007, sections 3.6 and 3.7.
struct BootstrapTauSquared {
  let intervals: TauSquaredIntervals
  let replicates: Int
  let seed: UInt64

  private var problem: PoolingProblem { intervals.problem }

  /// From samples of the fitted model.
  func parametric() throws(FitError) -> (lower: Double, upper: Double) {
    let sds = problem.vi.map { ($0 + intervals.estimate).squareRoot() }
    return try percentiles { generator in
      problem.replacing(yi: sds.map { $0 * generator.normal() })
    }
  }

  /// From resampled studies.
  func nonparametric() throws(FitError) -> (lower: Double, upper: Double) {
    let k = problem.k
    return try percentiles { generator in
      for _ in 0..<100 {
        let rows = (0..<k).map { _ in Int(generator.whole(below: UInt64(k))) }
        if let sample = problem.selecting(rows) { return sample }
      }
      return nil
    }
  }

  private func percentiles(
    _ sample: (inout Philox) -> PoolingProblem?
  ) throws(FitError) -> (lower: Double, upper: Double) {
    guard replicates >= 100, let estimator = intervals.model.method.tauSquared else {
      throw .invalidSpecification("a bootstrap interval needs a random-effects method and at least 100 replicates")
    }
    var values: [Double] = []
    values.reserveCapacity(replicates)
    for replicate in 0..<replicates {
      var generator = Philox(seed: seed, stream: UInt64(replicate))
      guard let drawn = sample(&generator) else {
        throw .notEstimable(what: "bootstrap interval", hint: "the design loses rank in most samples; use q-profile")
      }
      values.append(try estimator.estimate(drawn).value)
    }
    values.sort()
    let alpha = 1 - intervals.model.level
    return (percentile(0.5 * alpha, of: values), percentile(1 - 0.5 * alpha, of: values))
  }
}

/// The percentile of sorted values, linear between order statistics at (i − ⅓)/(n + ⅓) (Hyndman and Fan 1996, type 8).
func percentile(_ probability: Double, of sorted: [Double]) -> Double {
  let n = Double(sorted.count)
  let position = min(max(probability * (n + 1 / 3) + 1 / 3 - 1, 0), n - 1)
  let below = Int(position)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
}

extension PoolingProblem {
  /// The same studies with other estimates.
  func replacing(yi other: [Double]) -> PoolingProblem {
    var copy = self
    copy.yi = other
    copy.reload()
    if let basis { copy.basis = DesignBasis(yi: other, vi: vi, qr: basis.qr) }
    return copy
  }

  /// Some of the studies, repeats allowed; `nil` when the design then lacks full rank.
  func selecting(_ rows: [Int]) -> PoolingProblem? {
    var copy = self
    copy.yi = rows.map { yi[$0] }
    copy.vi = rows.map { vi[$0] }
    copy.userWeights = userWeights.map { weights in rows.map { weights[$0] } }
    copy.reload()
    guard let basis else { return copy }
    var x: [Double] = []
    for j in 0..<basis.columns { x += rows.map { basis.qr.q[j * k + $0] } }
    let qr = ThinQR(rows: rows.count, columns: basis.columns, x: x)
    guard qr.dependent.isEmpty else { return nil }
    copy.basis = DesignBasis(yi: copy.yi, vi: copy.vi, qr: qr)
    return copy
  }

  private mutating func reload() {
    yi.withUnsafeBufferPointer { y in vi.withUnsafeBufferPointer { v in studies.load(yi: y, vi: v) } }
  }
}
