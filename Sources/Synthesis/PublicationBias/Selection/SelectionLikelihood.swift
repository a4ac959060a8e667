import NumericCore

/// The log-likelihood of effects that were selected by their p-values: Σ log w(pᵢ) + log f(yᵢ) − log ∫wf.
///
/// f is the density of N(μ, vᵢ + τ²). Gradient and Hessian are analytic. Source: Hedges (1992), equation 3.
struct SelectionLikelihood<Weights: SelectionWeights> {
  private let studies: BiasStudies
  private var weights: Weights

  init(_ studies: BiasStudies, _ weights: Weights) {
    self.studies = studies
    self.weights = weights
  }

  /// Value, gradient and Hessian at (μ, τ², δ…).
  mutating func evaluate(_ x: [Double]) -> SelectionTally {
    let (mu, tau2) = (x[0], x[1])
    let count = weights.parameters
    weights.prepare(Array(x[2...]))
    var tally = SelectionTally(parameters: count)
    for i in studies.yi.indices {
      weights.addObserved(i, to: &tally)
      let v = studies.vi[i]
      let s2 = v + tau2
      SelectionLikelihood.addNormal(studies.yi[i] - mu, s2, to: &tally)
      var integral = SelectionIntegral(parameters: count)
      let sigma = v.squareRoot()
      weights.integrate(mean: mu / sigma, deviation: (s2 / v).squareRoot(), into: &integral)
      SelectionLikelihood.subtract(integral, s: s2.squareRoot(), count, from: &tally)
    }
    return tally
  }

  private static func addNormal(_ e: Double, _ s2: Double, to tally: inout SelectionTally) {
    let z2 = e * e / s2
    tally.value += -0.5 * (1.8378770664093453 + log(s2) + z2)
    tally.gradient[0] += e / s2
    tally.gradient[1] += 0.5 * (z2 - 1) / s2
    tally.hessian[0, 0] -= 1 / s2
    tally.hessian[0, 1] -= e / (s2 * s2)
    tally.hessian[1, 0] -= e / (s2 * s2)
    tally.hessian[1, 1] += (0.5 - z2) / (s2 * s2)
  }

  /// Takes log A off, A being the integral of w.
  private static func subtract(
    _ integral: SelectionIntegral, s: Double, _ count: Int, from tally: inout SelectionTally
  ) {
    let (s2, a) = (s * s, integral.m[0])
    let n = count + 2
    var first = [Double](repeating: 0, count: n)
    var second = Matrix(rows: n, columns: n)
    first[0] = integral.m[1] / s
    first[1] = 0.5 * integral.m[2] / s2
    second[0, 0] = integral.m[2] / s2
    second[0, 1] = 0.5 * integral.m[3] / (s2 * s)
    second[1, 1] = 0.25 * integral.m[4] / (s2 * s2)
    for j in 0..<count {
      first[j + 2] = integral.first[3 * j]
      second[0, j + 2] = integral.first[3 * j + 1] / s
      second[1, j + 2] = 0.5 * integral.first[3 * j + 2] / s2
      for l in 0..<count { second[j + 2, l + 2] = integral.second[j * count + l] }
    }
    tally.value -= log(a)
    for i in 0..<n {
      tally.gradient[i] -= first[i] / a
      for j in 0..<n {
        let entry = i <= j ? second[i, j] : second[j, i]
        tally.hessian[i, j] -= entry / a - first[i] / a * (first[j] / a)
      }
    }
  }
}
