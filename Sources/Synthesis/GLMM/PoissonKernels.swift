import NumericCore

/// x events in person-time t with log rate θ (log-normal rates).
struct PoissonKernel: StudyKernel {
  let x, t: [Double]

  var count: Int { x.count }

  func evaluate(_ i: Int, alpha: Double, theta: Double) -> KernelValue {
    let term = PoissonTerm(x: x[i], t: t[i], eta: theta)
    return KernelValue(value: term.value, a: 0, t: term.score, aa: 0, at: 0, tt: -term.mean)
  }

  var startingEffect: Double { log(x.reduce(0.5, +) / t.reduce(0, +)) }

  func extreme(_ i: Int) -> KernelExtreme { x[i] == 0 ? .lower : .interior }

  func saturated(_ i: Int) -> Double { 0 }

  var constant: Double { x.reduce(0) { $0 + PoissonTerm.saturated($1) } }
}

/// Two Poisson counts with log rates α + θ/2 and α − θ/2 (unconditional rate ratio with study intercepts).
struct PoissonPairKernel: StudyKernel {
  let x1, t1, x2, t2: [Double]

  static var hasIntercepts: Bool { true }
  var count: Int { x1.count }

  func evaluate(_ i: Int, alpha: Double, theta: Double) -> KernelValue {
    let first = PoissonTerm(x: x1[i], t: t1[i], eta: alpha + theta / 2)
    let second = PoissonTerm(x: x2[i], t: t2[i], eta: alpha - theta / 2)
    return KernelValue(
      value: first.value + second.value, a: first.score + second.score, t: (first.score - second.score) / 2,
      aa: -first.mean - second.mean, at: (second.mean - first.mean) / 2, tt: -(first.mean + second.mean) / 4)
  }

  func startingIntercept(_ i: Int) -> Double { (log((x1[i] + 0.5) / t1[i]) + log((x2[i] + 0.5) / t2[i])) / 2 }

  func extreme(_ i: Int) -> KernelExtreme { x1[i] == 0 ? .lower : x2[i] == 0 ? .upper : .interior }

  func saturated(_ i: Int) -> Double { 0 }

  var constant: Double { (x1 + x2).reduce(0) { $0 + PoissonTerm.saturated($1) } }
}

/// log P(x) of a Poisson count with mean t e^η, less its maximum over η, with the score x − mean.
///
/// With d = η − log(x/t) the value is −x (e^d − 1 − d): nothing of the size of x cancels.
struct PoissonTerm {
  var value, score, mean: Double

  init(x: Double, t: Double, eta: Double) {
    if x == 0 {
      mean = t * exp(eta)
      (value, score) = (-mean, -mean)
    } else {
      let distance = eta - log(x / t)
      let growth = expm1(distance)
      mean = x * (1 + growth)
      score = -x * growth
      value = -x * (growth - distance)
    }
  }

  /// log P(x) at its maximum: x log x − x − log x!.
  static func saturated(_ x: Double) -> Double { x > 0 ? x * log(x) - x - logFactorial(x) : 0 }
}
