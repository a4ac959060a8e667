#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Solves `tail(x) = p` for x > 0 by Newton steps on the logarithms of both, kept within a bracket.
///
/// The logarithm of a tail is close to linear in log x near zero and smooth everywhere, so two or three steps do from
/// any decent start, and bisection guards the rest. p may be as small as a double can be.
struct QuantileSolver {
  /// The tail, its logarithm and the log density at x.
  struct Evaluation {
    var tail, logTail, logDensity: Double

    init(_ tails: TailPair, lower: Bool, scaled scale: Double = 1, logDensity: Double) {
      tail = scale * (lower ? tails.lower : tails.upper)
      logTail = (lower ? tails.logLower : tails.logUpper) + (scale == 1 ? 0 : log(scale))
      self.logDensity = logDensity
    }

    init(logTail: Double, logDensity: Double) {
      tail = exp(logTail)
      self.logTail = logTail
      self.logDensity = logDensity
    }
  }

  let distribution: String
  let probability: Double
  /// Whether the tail grows with x (a lower tail) or falls (an upper one).
  let increasing: Bool

  /// Enough for bisection over the exponents of all doubles; Newton's steps take 2 to 6.
  private static let limit = 200
  /// The last step, relative to x; Newton's next would be its square.
  private static let lastStep = 1e-9

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
      let slope = exp(here.logDensity - here.logTail + position) * (increasing ? 1 : -1)
      var step = -difference / slope
      if abs(step) <= QuantileSolver.lastStep { return value + value * step }
      if !(abs(step) <= longestStep) {
        step = (difference > 0) == increasing ? -longestStep : longestStep
        longestStep *= 2
      }
      if !(position + step > lower && position + step < upper) { step = 0.5 * (lower + upper) - position }
      if upper - lower <= 1e-15 * abs(position) { return lower > 709.7 ? .infinity : (upper < -745.1 ? 0 : value) }
      position += step
      value = exp(position)
    }
    throw .quantileNotFound(distribution: distribution, probability: probability)
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
