#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A family indexed by j = 0, 1, 2 … whose members differ by one elementary step, `lower(j+1) = lower(j) − step(j)`.
protocol MixtureFamily {
  /// Both tails of member j.
  func tails(_ j: Double) -> TailPair
  /// Logarithm of the step from member j to member j + 1, which is positive.
  func logStep(_ j: Double) -> Double
  /// `step(j+1) / step(j)`.
  func stepRatio(_ j: Double) -> Double
  /// Log density of member j.
  func logDensity(_ j: Double) -> Double
  /// `density(j+1) / density(j)`.
  func densityRatio(_ j: Double) -> Double
}

/// `Σ Pois(j; λ/2) F_j`: the mixture that makes central distributions non-central.
///
/// Every term is positive and each tail is summed by itself, so that tiny tails keep their digits. Lower tails fall
/// with j and are stepped downward, upper tails rise and are stepped upward: both steps add, nothing cancels.
/// The sum starts and ends where the terms are below 1e-18 of the largest; the terms are log-concave in j, so these
/// places are found by bisection. Source: Benton & Krishnamoorthy (2003), whose single pass from the Poisson mode
/// is kept from subtracting here.
struct PoissonMixture<Family: MixtureFamily> {
  /// λ/2.
  let rate: Double
  let family: Family

  private func logWeight(_ j: Double) -> Double {
    let mass = IncompleteGamma(a: j + 1, x: rate)
    return mass.exponent.value + log(mass.factor / rate)
  }

  func lower() -> TailPair { tail(lower: true) }

  func upper() -> TailPair { tail(lower: false) }

  private func tail(lower: Bool) -> TailPair {
    let logTail: (Double) -> Double = { j in
      let tails = family.tails(j)
      return lower ? tails.logLower : tails.logUpper
    }
    let (first, peak, last) = range { j in logWeight(j) + logTail(j) }
    let start = lower ? last : first
    let scale = logTail(start)
    // All relative to the tail and the weight at the start, which may be tiny beside those at the peak.
    let weightScale = logWeight(start)
    var (j, value, weight) = (start, 1.0, 1.0)
    var step = exp(family.logStep(lower ? start - 1 : start) - scale)
    var sum = CompensatedSum(1)
    let away = max(abs(peak - start), 1)
    while lower ? j > first : j < last {
      value += step
      if lower {
        weight *= j / rate
        j -= 1
        if j > 0 { step /= family.stepRatio(j - 1) }
      } else {
        j += 1
        weight *= rate / j
        step *= family.stepRatio(j - 1)
      }
      let term = value * weight
      sum.add(term)
      // Far sides of the peak are left as soon as they stop counting.
      if abs(j - start) > away, term < 1e-19 * sum.value { break }
      if value > 1e250 || weight > 1e250 || weight < 1e-250 { return rescaled(lower: lower, first, last, logTail) }
    }
    return TailPair(exponent: DoubleDouble(sum: scale, weightScale), factor: sum.value, computedIsLower: lower).balanced
  }

  /// Term by term from logarithms: for the rare range wider than a double's exponents.
  private func rescaled(
    lower: Bool, _ first: Double, _ last: Double, _ logTail: (Double) -> Double
  ) -> TailPair {
    var logs: [Double] = []
    var j = first
    while j <= last, logs.count < 1_000_000 {
      logs.append(logWeight(j) + logTail(j))
      j += 1
    }
    return TailPair(
      exponent: DoubleDouble(SpecialFunctions.logSumExp(logs)), factor: 1, computedIsLower: lower)
  }

  /// `log Σ Pois(j) f_j`.
  func logDensity() -> Double {
    let (first, peak, last) = range { j in logWeight(j) + family.logDensity(j) }
    var sum = CompensatedSum(1)
    var (j, term) = (peak, 1.0)
    while j < last, term > 1e-19 {
      term *= rate / (j + 1) * family.densityRatio(j)
      j += 1
      sum.add(term)
    }
    (j, term) = (peak, 1.0)
    while j > first, term > 1e-19 {
      term *= j / rate / family.densityRatio(j - 1)
      j -= 1
      sum.add(term)
    }
    return logWeight(peak) + family.logDensity(peak) + log(sum.value)
  }

  /// Where the largest term is, and the last places on either side where a term still counts.
  private func range(_ logTerm: (Double) -> Double) -> (first: Double, peak: Double, last: Double) {
    let rises: (Double) -> Bool = { j in logTerm(j + 1) > logTerm(j) }
    let peak = firstFalse(from: rate.rounded(.down), rises)
    let floor = logTerm(peak) - 42
    let last = firstFalse(from: peak) { j in j < peak || logTerm(j) > floor }
    let first = peak == 0 || logTerm(0) > floor ? 0 : firstFalse(from: 0, upTo: peak) { j in logTerm(j) <= floor }
    return (max(first - 1, 0), peak, last)
  }

  /// The first j ≥ 0 at which a condition that stays false becomes false.
  private func firstFalse(from start: Double, upTo end: Double = .infinity, _ holds: (Double) -> Bool) -> Double {
    var (low, high) = (-1.0, start)
    var step = 1 + start.squareRoot().rounded()
    if end < .infinity {
      high = end
    } else if holds(start) {
      repeat {
        low = high
        high += step
        step *= 2
      } while holds(high) && high < 1e15
    } else {
      var probe = start
      while probe > 0 {
        probe = max(0, probe - step)
        step *= 2
        if holds(probe) {
          low = probe
          break
        }
        high = probe
      }
    }
    while high - low > 1 {
      let middle = (0.5 * (low + high)).rounded(.down)
      if middle <= low || middle >= high { break }
      if holds(middle) { low = middle } else { high = middle }
    }
    return high
  }
}
