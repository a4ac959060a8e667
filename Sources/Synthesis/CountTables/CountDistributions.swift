#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

// Elementary functions and tails for the count models.

func log(_ x: Double) -> Double {
  #if canImport(Glibc)
  Glibc.log(x)
  #else
  Darwin.log(x)
  #endif
}

func exp(_ x: Double) -> Double {
  #if canImport(Glibc)
  Glibc.exp(x)
  #else
  Darwin.exp(x)
  #endif
}

func log1p(_ x: Double) -> Double {
  #if canImport(Glibc)
  Glibc.log1p(x)
  #else
  Darwin.log1p(x)
  #endif
}

func tanh(_ x: Double) -> Double {
  #if canImport(Glibc)
  Glibc.tanh(x)
  #else
  Darwin.tanh(x)
  #endif
}

/// Two-sided p-value of a standard normal statistic.
func normalTwoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

/// Logarithm of `normalTwoSided`, finite where the p-value underflows.
func logNormalTwoSided(_ z: Double) -> Double {
  let x = abs(z)
  if x < 30 { return log(normalTwoSided(x)) }
  let inverse = 1 / (x * x)
  let series = 1 - inverse * (1 - inverse * (3 - inverse * (15 - 105 * inverse)))
  return -x * x / 2 - log(x) - log(2 * Double.pi) / 2 + log(2 * series)
}

/// The point that a standard normal exceeds with probability `p`.
func normalQuantile(upperTail p: Double) -> Double {
  var (low, high) = (-40.0, 40.0)
  var x = 0.0
  for _ in 0..<200 {
    let tail = erfc(x / 2.0.squareRoot()) / 2
    if tail > p { low = x } else { high = x }
    let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
    var next = x + (tail - p) / density
    if !(next > low && next < high) { next = (low + high) / 2 }
    if abs(next - x) <= 1e-16 * abs(next) { return next }
    x = next
  }
  return x
}

/// Upper tail of χ²: the regularised incomplete gamma function Q(df/2, x/2) by series or continued fraction.
func chiSquaredUpperTail(_ statistic: Double, degreesOfFreedom: Double) -> Double {
  let (a, x) = (degreesOfFreedom / 2, statistic / 2)
  if x <= 0 { return 1 }
  let front = exp(a * log(x) - x - logGamma(a))
  if x < a + 1 {
    var (term, sum, n) = (1 / a, 1 / a, a)
    while term > sum * 1e-17 {
      n += 1
      term *= x / n
      sum += term
    }
    return 1 - front * sum
  }
  var b = x + 1 - a
  var c = 1e300
  var d = 1 / b
  var h = d
  for i in 1...100_000 {
    let an = -Double(i) * (Double(i) - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    let change = d * c
    h *= change
    if abs(change - 1) < 1e-16 { break }
  }
  return front * h
}

func logGamma(_ x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}

/// A sum with Neumaier's compensation.
struct Compensated {
  private var sum = 0.0
  private var lost = 0.0
  var value: Double { sum + lost }

  mutating func add(_ x: Double) {
    let total = sum + x
    lost += abs(sum) >= abs(x) ? (sum - total) + x : (x - total) + sum
    sum = total
  }
}
