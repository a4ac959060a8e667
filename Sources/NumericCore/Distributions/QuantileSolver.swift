#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Solves `tail(x) = p` for x > 0 by Newton's or Halley's steps on the logarithms of both, kept within a bracket.
///
/// The logarithm of a tail is close to linear in log x near zero and smooth everywhere, so two or three steps do from
/// any decent start, and bisection guards the rest. p may be as small as a double can be.
struct QuantileSolver {
  /// The tail at x, and its slope.
  struct Evaluation {
    var tail, logTail: Double
    /// `log{x f(x)}` with f the density.
    var logKernel: Double
    /// The derivative of `logKernel` by log x, for Halley's third-order step; nil for Newton's.
    var kernelSlope: Double?

    init(_ tails: TailPair, lower: Bool, scaled scale: Double = 1, logKernel: Double, kernelSlope: Double? = nil) {
      tail = scale * (lower ? tails.lower : tails.upper)
      logTail = tail > 1e-290 ? log(tail) : (lower ? tails.logLower : tails.logUpper) + log(scale)
      self.logKernel = logKernel
      self.kernelSlope = kernelSlope
    }

    init(logTail: Double, logKernel: Double) {
      tail = exp(logTail)
      self.logTail = logTail
      self.logKernel = logKernel
    }
  }

  let distribution: String
  let probability: Double
  /// Whether the tail grows with x (a lower tail) or falls (an upper one).
  let increasing: Bool

  /// Enough for bisection over the exponents of all doubles; the steps take 2 to 6.
  private static let limit = 200

  /// The root, to the last digit or two; ∞ or 0 where it lies beyond the largest or smallest double.
  func solve(start: Double, _ evaluate: (Double) -> Evaluation) throws(DistributionError) -> Double {
    let logProbability = log(probability)
    // log x; the ends are the smallest and the largest double.
    var lower = -745.2
    var upper = 709.78
    var value = start > 0 && start.isFinite ? start : 1
    var position = log(value)
    var longestStep = 4.0
    for _ in 0..<QuantileSolver.limit {
      let here = evaluate(value)
      if here.logTail.isNaN { break }
      let difference = difference(here, logProbability)
      if difference == 0 { return value }
      if (difference > 0) == increasing { upper = position } else { lower = position }
      var (step, error) = step(here, difference)
      if error <= 1e-16, abs(step) < 0.1 { return value + value * expm1(step) }
      if !(abs(step) <= longestStep) {
        step = (difference > 0) == increasing ? -longestStep : longestStep
        longestStep *= 2
      }
      if !(position + step > lower && position + step < upper) { step = 0.5 * (lower + upper) - position }
      if upper - lower <= 1e-15 * abs(position) { return lower > 709.7 ? .infinity : (upper < -745.1 ? 0 : value) }
      position += step
      value = exp(position)
      if value == 0 || value == .infinity { return value }
    }
    throw .quantileNotFound(distribution: distribution, probability: probability)
  }

  /// The next step in log x, and an estimate of what it will leave.
  private func step(_ here: Evaluation, _ difference: Double) -> (step: Double, error: Double) {
    let rate = exp(here.logKernel - here.logTail)
    let newton = increasing ? -difference / rate : difference / rate
    guard let slope = here.kernelSlope else { return (newton, newton * newton * max(1, rate)) }
    // Second over first derivative of log tail.
    let bend = increasing ? slope - rate : slope + rate
    let divisor = 1 + 0.5 * newton * bend
    let step = divisor > 0.5 && divisor < 2 ? newton / divisor : newton
    return (step, abs(step * step * step) * max(1, rate * rate, bend * bend))
  }

  /// `log(tail / p)`; from the ratio where the tail is close, so that no digits are lost to the size of log p.
  private func difference(_ here: Evaluation, _ logProbability: Double) -> Double {
    if here.tail > 1e-300, abs(here.tail - probability) < 0.5 * probability {
      return log1p((here.tail - probability) / probability)
    }
    return here.logTail - logProbability
  }
}

extension DistributionError {
  /// Throws unless `p` is a probability.
  static func check(_ p: Double, _ distribution: String) throws(DistributionError) {
    guard p >= 0, p <= 1 else { throw .probabilityOutOfRange(distribution: distribution, value: p) }
  }

  /// Throws unless `value` is positive and finite.
  static func checkPositive(
    _ value: Double, _ parameter: String, _ distribution: String
  ) throws(DistributionError) {
    guard value > 0, value.isFinite else {
      throw .invalidParameter(
        distribution: distribution, parameter: parameter, value: value, requirement: "positive and finite")
    }
  }
}
