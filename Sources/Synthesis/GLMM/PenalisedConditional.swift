import NumericCore

/// The common effect that maximises a conditional likelihood times Jeffreys's prior: ℓ(μ) + ½ log I(μ).
///
/// Finite for every set of tables with some information, also when all events fall in one group. Used where the
/// mixed model's own likelihood has no finite maximum. Source: Firth (1993); for conditional likelihoods Heinze and Puhr
/// (2010).
struct PenalisedConditional<Kernel: StudyKernel> {
  let kernel: Kernel

  /// The estimate, its variance 1/I, and how the iteration ended; `nil` when no study has information.
  func maximise() -> (value: Double, variance: Double, convergence: Convergence)? {
    if !(information(0) > 0) { return nil }
    var (low, high) = (-1.0, 1.0)
    while score(low) < 0 && low > -60 { low *= 2 }
    while score(high) > 0 && high < 60 { high *= 2 }
    var iterations = 0
    while high - low > 1e-13 * max(1, abs(low)) && iterations < 200 {
      let middle = (low + high) / 2
      if score(middle) > 0 { low = middle } else { high = middle }
      iterations += 1
    }
    let value = (low + high) / 2
    let convergence = Convergence(
      method: "Firth-penalised common effect, bisection", iterations: iterations, converged: abs(value) < 59,
      residual: high - low)
    return (value, 1 / information(value), convergence)
  }

  /// I(μ), the sum of the studies' conditional variances.
  private func information(_ mu: Double) -> Double {
    (0..<kernel.count).reduce(0) { $0 - kernel.evaluate($1, alpha: 0, theta: mu).tt }
  }

  /// Penalised score; the derivative of log I by a central difference of fourth order.
  private func score(_ mu: Double) -> Double {
    let plain = (0..<kernel.count).reduce(0) { $0 + kernel.evaluate($1, alpha: 0, theta: mu).t }
    let h = 1e-3
    let near = log(information(mu + h)) - log(information(mu - h))
    let far = log(information(mu + 2 * h)) - log(information(mu - 2 * h))
    return plain + (8 * near - far) / (24 * h)
  }
}
