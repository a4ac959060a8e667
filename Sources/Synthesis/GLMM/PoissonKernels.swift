import NumericCore

/// x events in person-time t with log rate θ (log-normal rates).
struct PoissonKernel: StudyKernel {
  let x, t: [Double]

  var count: Int { x.count }

  func evaluate(_ i: Int, alpha: Double, theta: Double) -> KernelValue {
    let mean = t[i] * exp(theta)
    return KernelValue(value: x[i] * theta - mean, a: 0, t: x[i] - mean, aa: 0, at: 0, tt: -mean)
  }

  var startingEffect: Double { log(x.reduce(0.5, +) / t.reduce(0, +)) }

  func extreme(_ i: Int) -> KernelExtreme { x[i] == 0 ? .lower : .interior }

  func saturated(_ i: Int) -> Double { x[i] > 0 ? x[i] * log(x[i] / t[i]) - x[i] : 0 }

  var constant: Double {
    zip(x, t).reduce(0) { $0 + ($1.0 > 0 ? $1.0 * log($1.1) : 0) - logFactorial($1.0) }
  }
}

/// Two Poisson counts with log rates α + θ/2 and α − θ/2 (unconditional rate ratio with study intercepts).
struct PoissonPairKernel: StudyKernel {
  let x1, t1, x2, t2: [Double]

  static var hasIntercepts: Bool { true }
  var count: Int { x1.count }

  func evaluate(_ i: Int, alpha: Double, theta: Double) -> KernelValue {
    let (eta1, eta2) = (alpha + theta / 2, alpha - theta / 2)
    let (mean1, mean2) = (t1[i] * exp(eta1), t2[i] * exp(eta2))
    let (score1, score2) = (x1[i] - mean1, x2[i] - mean2)
    return KernelValue(
      value: x1[i] * eta1 - mean1 + x2[i] * eta2 - mean2, a: score1 + score2, t: (score1 - score2) / 2,
      aa: -mean1 - mean2, at: (mean2 - mean1) / 2, tt: -(mean1 + mean2) / 4)
  }

  func startingIntercept(_ i: Int) -> Double { (log((x1[i] + 0.5) / t1[i]) + log((x2[i] + 0.5) / t2[i])) / 2 }

  func extreme(_ i: Int) -> KernelExtreme { x1[i] == 0 ? .lower : x2[i] == 0 ? .upper : .interior }

  func saturated(_ i: Int) -> Double {
    (x1[i] > 0 ? x1[i] * log(x1[i] / t1[i]) - x1[i] : 0) + (x2[i] > 0 ? x2[i] * log(x2[i] / t2[i]) - x2[i] : 0)
  }

  var constant: Double {
    (0..<count).reduce(0) { sum, i in
      sum + x1[i] * log(t1[i]) + x2[i] * log(t2[i]) - logFactorial(x1[i]) - logFactorial(x2[i])
    }
  }
}
