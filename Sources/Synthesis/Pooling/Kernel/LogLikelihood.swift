#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension PoolingProblem {
  /// Log-likelihood at τ², β profiled out, with full constants.
  ///
  /// Full: −½[k log 2π + Σlog(vᵢ + τ²) + y'Py]. Restricted: −½[(k − p) log 2π − log|X'X| + Σlog(vᵢ + τ²)
  /// + log|X'WX| + y'Py] (Harville 1974).
  func logLikelihood(at tau2: Double, _ likelihood: Likelihood) -> Double {
    let s = if case .knownMean(let mu) = likelihood { sums(at: tau2, mean: mu) } else { sums(at: tau2) }
    return logLikelihood(s, at: tau2, residual: s.q, likelihood)
  }

  /// The same with a residual sum of squares of other coefficients than the best.
  func logLikelihood(_ s: ProfileSums, at tau2: Double, residual: Double, _ likelihood: Likelihood) -> Double {
    let logTwoPi = 1.8378770664093453
    let logV = sumOfLogVariances(at: tau2)
    switch likelihood {
    case .full, .knownMean:
      return -0.5 * (Double(k) * logTwoPi + logV + residual)
    case .restricted:
      let logDeterminants = basis.map { $0.logDeterminantRatio(at: tau2) } ?? log(s.sumW / Double(k))
      return -0.5 * (residualDegreesOfFreedom * logTwoPi + logDeterminants + logV + residual)
    }
  }
}

extension PoolingProblem {
  /// Log-likelihood of the model with a mean for each study and τ² = 0: −½Σlog(2πvᵢ).
  var saturatedLogLikelihood: Double {
    -0.5 * (Double(k) * 1.8378770664093453 + sumOfLogVariances(at: 0))
  }
}

/// Natural logarithm, for files that need nothing else of the C library.
func naturalLogarithm(_ x: Double) -> Double { log(x) }

/// eˣ, for files that need nothing else of the C library.
func exponential(_ x: Double) -> Double { exp(x) }
