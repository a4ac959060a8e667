import NumericCore

/// Standardised residuals against normal quantiles, with the pointwise envelope that residuals of the model itself keep to.
///
/// Residuals are internally standardised; the quantile of the i-th smallest of k is Φ⁻¹((i − a)/(k + 1 − 2a)), a = 3/8 for
/// up to ten studies, else ½ (Blom 1958). For the envelope, errors √(vᵢ + τ²)zᵢ are drawn, the model's weights applied, residuals
/// standardised and sorted; each place has the middle part of its values. Sources: Wang and Bushman (1998), Psychological
/// Methods 3, 46–54; Atkinson (1985), Plots, Transformations and Regression, section 4.2.
public struct ResidualQuantiles: Sendable {
  /// A study in its place.
  public struct Row: Sendable {
    /// Index of the study.
    public let study: Int
    /// Normal quantile, residual, and ends of the envelope there.
    public let quantile, residual, lower, upper: Double
  }

  /// The studies by rising residual; those whose residual has no variance are left out.
  public let rows: [Row]
  /// Number of simulated sets of residuals.
  public let simulations: Int

  private static let mostSimulations = 1000
  private static let fewestSimulations = 200
  private static let mostDraws = 2_000_000

  /// The plot of a fit to its studies.
  /// - Throws: `invalidSpecification` when the studies are not those of the fit; `notEstimable` without a residual.
  public init(fit: Fit, studies: DiagnosticStudies, seed: UInt64 = 1) throws(FitError) {
    let residuals = try RegressionResiduals(
      of: fit, yi: studies.yi, vi: studies.vi, design: studies.fullDesign, weights: studies.weights)
    let used = studies.yi.indices.filter { residuals.standardized[$0].isFinite }
    guard !used.isEmpty else {
      throw .notEstimable(what: "residuals that vary", hint: "they need more studies than coefficients")
    }
    let order = used.sorted { (residuals.standardized[$0], $0) < (residuals.standardized[$1], $1) }
    let k = order.count
    let simulations = min(Self.mostSimulations, max(Self.fewestSimulations, Self.mostDraws / studies.count))
    self.simulations = simulations
    let simulated = try Self.simulate(fit, studies, used, residuals, simulations, seed)
    let offset = k <= 10 ? 0.375 : 0.5
    var rows = [Row]()
    for (place, study) in order.enumerated() {
      let column = (0..<simulations).map { simulated[$0 * k + place] }.sorted()
      rows.append(
        Row(
          study: study,
          quantile: try ReferenceLaw.normal.quantile(
            (Double(place + 1) - offset) / (Double(k) + 1 - 2 * offset)),
          residual: residuals.standardized[study], lower: Self.quantile(column, 0.5 * (1 - fit.level)),
          upper: Self.quantile(column, 0.5 * (1 + fit.level))))
    }
    self.rows = rows
  }

  /// Sorted standardised residuals, one set after the other.
  private static func simulate(
    _ fit: Fit, _ studies: DiagnosticStudies, _ used: [Int], _ residuals: RegressionResiduals, _ count: Int,
    _ seed: UInt64
  ) throws(FitError) -> [Double] {
    let tau2 = fit.heterogeneity.tauSquared ?? 0
    let x = studies.fullDesign
    let weights = studies.weights ?? studies.vi.map { 1 / ($0 + tau2) }
    let scales = studies.vi.map { ($0 + tau2).squareRoot() }
    let root = weights.map { $0.squareRoot() }
    var values = [Double]()
    values.reserveCapacity(count * used.count)
    do {
      let qr = try PivotedQR(x.scalingRows(by: root))
      for simulation in 0..<count {
        var generator = Philox(seed: seed, stream: UInt64(simulation))
        let errors = scales.map { $0 * generator.normal() }
        let beta = try qr.leastSquares(zip(root, errors).map { $0 * $1 })
        values += used.map { i in
          var fitted = 0.0
          for j in 0..<x.columns { fitted += x[i, j] * beta[j] }
          return (errors[i] - fitted) / residuals.standardErrors[i]
        }.sorted()
      }
    } catch {
      throw .notEstimable(what: "simulated residuals", hint: "use fewer moderators")
    }
    return values
  }

  /// The quantile of sorted values by linear interpolation between order statistics.
  private static func quantile(_ sorted: [Double], _ p: Double) -> Double {
    let place = p * Double(sorted.count - 1)
    let below = min(Int(place), sorted.count - 1)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
