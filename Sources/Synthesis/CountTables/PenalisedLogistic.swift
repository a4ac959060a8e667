import NumericCore

/// Penalised logistic regression of the events on study and group: a common log odds ratio for sparse tables.
///
/// Maximises ℓ(α, μ) + ½ log det I(α, μ) (Jeffreys's prior), with logits αᵢ ± μ/2. The penalty removes the bias of first order
/// and keeps the estimate finite when a group has no events at all. The standard error comes from I at the estimate. The
/// information matrix is an arrow, so that an iteration costs time proportional to the number of studies. Tables without
/// events, or without non-events, in both groups are left out.
///
/// Source: Firth (1993, eq. 9 for logistic models); Heinze and Schemper (2002); in meta-analysis as `LRP` of R's meta.
public struct PenalisedLogistic: Sendable {
  /// Coverage of the interval.
  public var level: Double

  /// A specification.
  public init(level: Double = 0.95) { self.level = level }

  /// Fits the tables. Throws `domain` for impossible counts, `noStudies` without a complete row, `notEstimable` when no
  /// table has both events and non-events, `notConverged` if the iteration does not settle.
  public func fit(_ table: TwoByTwoColumns) throws(FitError) -> Fit {
    try checkLevel(level)
    try table.validate()
    let complete = table.completeRows()
    let used = complete.indices.filter { complete[$0] && table.isInformative($0) }
    if !complete.contains(true) { throw .noStudies }
    if used.isEmpty {
      throw .notEstimable(
        what: "the penalised odds ratio (no study has both events and non-events)",
        hint: "pool risk differences, or describe the studies without pooling")
    }
    var model = PenalisedTables(BinomialPairKernel(table, rows: used))
    let convergence = model.maximise()
    if !convergence.converged {
      throw .notConverged(
        what: "penalised logistic regression", convergence: convergence, hint: "use --method PETO or MH")
    }
    let variance = 1 / model.information
    var fit = try Fit(
      effects: "equal", method: "LRP", inference: "normal", level: level, k: used.count, terms: ["intercept"],
      coefficients: [Estimate(normal: model.mu, standardError: variance.squareRoot(), level: level)],
      covariance: Matrix(rows: 1, columns: 1, storage: [variance]),
      heterogeneity: Heterogeneity(iSquaredMethod: ISquaredDefinition.q.word),
      convergence: convergence, weights: [])
    if used.count < table.count {
      fit.notes.append(
        Note(
          code: "uninformative-studies",
          message:
            "\(table.count - used.count) of \(table.count) rows are incomplete or tell nothing of the odds ratio and are left out."
        ))
    }
    return fit
  }
}

/// The state of the iteration: Fisher scoring on the penalised score x − n p + h (½ − p), h the leverages.
private struct PenalisedTables {
  private let kernel: BinomialPairKernel
  private var alpha: [Double]
  var mu = 0.0

  init(_ kernel: BinomialPairKernel) {
    self.kernel = kernel
    alpha = (0..<kernel.count).map { kernel.startingIntercept($0) }
  }

  /// What one pass over the tables gives at the current parameters.
  private struct Pass {
    /// ℓ + ½ (Σ log D + log I), D = w₁ + w₂ and I the information on μ with the αᵢ eliminated.
    var penalised = 0.0
    var information = 0.0
    var arms: [ArmPair] = []
  }

  /// Information on μ with the αᵢ eliminated: Σ w₁w₂/(w₁ + w₂).
  var information: Double { pass(mu, alpha).information }

  private func pass(_ mu: Double, _ alpha: [Double]) -> Pass {
    var result = Pass()
    var total = CompensatedSum()
    result.arms.reserveCapacity(kernel.count)
    for i in 0..<kernel.count {
      let arms = kernel.arms(i, alpha[i] + mu / 2, alpha[i] - mu / 2)
      let (w1, w2) = arms.weight
      total.add(arms.value + log(w1 + w2) / 2)
      result.information += w1 * w2 / (w1 + w2)
      result.arms.append(arms)
    }
    result.penalised = total.value + log(result.information) / 2
    return result
  }

  mutating func maximise() -> Convergence {
    var (decrement, iterations) = (Double.infinity, 0)
    var current = pass(mu, alpha)
    while iterations < 2000 {
      iterations += 1
      let step = fisherStep(current)
      decrement = step.decrement
      guard decrement > 1e-24, let next = advance(current, step) else { break }
      current = next
    }
    let residual = decrement.squareRoot()
    return Convergence(
      method: "Fisher scoring of the penalised score", iterations: iterations, converged: residual < 1e-6,
      residual: residual)
  }

  /// Moves by the longest of the halved steps that does not lower the penalised likelihood; `nil` when there is none.
  private mutating func advance(_ from: Pass, _ step: (mu: Double, alpha: [Double], decrement: Double)) -> Pass? {
    var scale = min(1, 2 / step.alpha.reduce(abs(step.mu)) { max($0, abs($1)) })
    while scale > 1e-9 {
      let (newMu, newAlpha) = (mu + scale * step.mu, zip(alpha, step.alpha).map { $0 + scale * $1 })
      let next = pass(newMu, newAlpha)
      if next.penalised >= from.penalised - 1e-14 * abs(from.penalised) {
        (mu, alpha) = (newMu, newAlpha)
        return next
      }
      scale /= 2
    }
    return nil
  }

  /// The penalised score through the information of the augmented data (n + h trials in place of n), and the squared decrement.
  ///
  /// With I itself the iteration would not settle in the smallest tables, where the h half-events weigh as much as the data.
  private func fisherStep(_ at: Pass) -> (mu: Double, alpha: [Double], decrement: Double) {
    var (score, augmented, interceptPart) = (0.0, 0.0, 0.0)
    var moves: [(own: Double, tilt: Double)] = []
    moves.reserveCapacity(kernel.count)
    for (i, arms) in at.arms.enumerated() {
      let (w1, w2) = arms.weight
      let (share1, share2) = (w1 / (w1 + w2), w2 / (w1 + w2))
      // Leverages wⱼ xⱼᵀ I⁻¹ xⱼ; ½ − p is half of slope/weight.
      let h1 = share1 + w1 * share2 * share2 / at.information
      let h2 = share2 + w2 * share1 * share1 / at.information
      let u1 = arms.score.0 + h1 * arms.slope.0 / w1 / 2
      let u2 = arms.score.1 + h2 * arms.slope.1 / w2 / 2
      let (v1, v2) = (w1 * (1 + h1 / kernel.n1[i]), w2 * (1 + h2 / kernel.n2[i]))
      let d = v1 + v2
      let tilt = (v1 - v2) / d / 2
      score += (u1 - u2) / 2 - tilt * (u1 + u2)
      augmented += v1 / d * v2
      interceptPart += (u1 + u2) * (u1 + u2) / d
      moves.append(((u1 + u2) / d, tilt))
    }
    let step = score / augmented
    return (step, moves.map { $0.own - $0.tilt * step }, interceptPart + score * step)
  }
}
