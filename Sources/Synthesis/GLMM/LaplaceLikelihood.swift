import NumericCore

/// Two arms of a study given their linear predictors: value, scores, weights and the weights' slopes.
struct ArmPair {
  var value: Double
  var score, weight, slope: (Double, Double)
}

/// Studies of two arms, each arm with a canonical linear predictor.
protocol ArmPairKernel: Sendable {
  var count: Int { get }
  /// Study i at the predictors η₁ and η₂.
  func arms(_ i: Int, _ eta1: Double, _ eta2: Double) -> ArmPair
  /// Whether an arm has no events, or only events, in all studies together: then its mean is infinite.
  var isSeparated: Bool { get }
  /// Crude predictors of the two arms, with half an event added.
  func crude(_ i: Int) -> (Double, Double)
}

extension BinomialPairKernel: ArmPairKernel {
  func arms(_ i: Int, _ eta1: Double, _ eta2: Double) -> ArmPair {
    let first = BinomialTerm(x: a[i], n: n1[i], eta: eta1)
    let second = BinomialTerm(x: c[i], n: n2[i], eta: eta2)
    return ArmPair(
      value: first.value + second.value, score: (first.score, second.score), weight: (first.weight, second.weight),
      slope: (first.weight * -tanh(eta1 / 2), second.weight * -tanh(eta2 / 2)))
  }

  var isSeparated: Bool { a.allSatisfy { $0 == 0 } || c.allSatisfy { $0 == 0 } || a == n1 || c == n2 }

  func crude(_ i: Int) -> (Double, Double) {
    (log((a[i] + 0.5) / (n1[i] - a[i] + 0.5)), log((c[i] + 0.5) / (n2[i] - c[i] + 0.5)))
  }
}

extension PoissonPairKernel: ArmPairKernel {
  func arms(_ i: Int, _ eta1: Double, _ eta2: Double) -> ArmPair {
    let first = PoissonTerm(x: x1[i], t: t1[i], eta: eta1)
    let second = PoissonTerm(x: x2[i], t: t2[i], eta: eta2)
    return ArmPair(
      value: first.value + second.value, score: (first.score, second.score), weight: (first.mean, second.mean),
      slope: (first.mean, second.mean))
  }

  var isSeparated: Bool { x1.allSatisfy { $0 == 0 } || x2.allSatisfy { $0 == 0 } }

  func crude(_ i: Int) -> (Double, Double) { (log((x1[i] + 0.5) / t1[i]), log((x2[i] + 0.5) / t2[i])) }
}

/// Parameters of the model with random study effects: means μ (effect) and α (level), standard deviations τ and σ.
struct RandomStudiesParameters {
  var mu, alpha, tau, sigma: Double

  init(mu: Double, alpha: Double, tau: Double, sigma: Double) {
    (self.mu, self.alpha, self.tau, self.sigma) = (mu, alpha, tau, sigma)
  }

  init(vector: [Double]) { self.init(mu: vector[0], alpha: vector[1], tau: vector[2], sigma: vector[3]) }

  var vector: [Double] { [mu, alpha, tau, sigma] }
}

/// Laplace's approximation to the likelihood of η = α + σz₂ ± (μ + τz₁)/2 with independent standard normal z₁ and z₂,
/// with its exact gradient.
///
/// log L ≈ ℓ(ẑ) − ẑᵀẑ/2 − ½ log det H, H = I + Σⱼ wⱼ aⱼaⱼᵀ, aⱼ = (±τ/2, σ), ẑ the mode. It is even in τ and in σ, so both may
/// take any sign and 0 is an ordinary point. Source: Breslow and Clayton (1993); gradient by implicit differentiation.
struct LaplaceLikelihood<Kernel: ArmPairKernel> {
  let kernel: Kernel
  /// Modes of the studies, kept as warm starts.
  private var modes: [(Double, Double)]
  private(set) var evaluations = 0

  init(_ kernel: Kernel) {
    self.kernel = kernel
    modes = Array(repeating: (0, 0), count: kernel.count)
  }

  /// Value and gradient in (μ, α, τ, σ).
  mutating func evaluate(_ p: RandomStudiesParameters) -> (value: Double, gradient: [Double]) {
    evaluations += 1
    var total = CompensatedSum()
    var gradient = [0.0, 0, 0, 0]
    for i in 0..<kernel.count {
      let study = LaplaceStudy(kernel, i, p, mode: &modes[i])
      total.add(study.value)
      study.addGradient(to: &gradient)
    }
    return (total.value, gradient)
  }
}

/// One study at its mode.
private struct LaplaceStudy {
  private let p: RandomStudiesParameters
  private let arms: ArmPair
  private let z: (Double, Double)
  /// H⁻¹ as (11, 12, 22).
  private let inverse: (Double, Double, Double)
  let value: Double

  init<Kernel: ArmPairKernel>(
    _ kernel: Kernel, _ i: Int, _ p: RandomStudiesParameters, mode: inout (Double, Double)
  ) {
    func at(_ z: (Double, Double)) -> (ArmPair, Double) {
      let (level, half) = (p.alpha + p.sigma * z.1, (p.mu + p.tau * z.0) / 2)
      let arms = kernel.arms(i, level + half, level - half)
      return (arms, arms.value - (z.0 * z.0 + z.1 * z.1) / 2)
    }
    var z = mode
    var (arms, height) = at(z)
    if !height.isFinite {
      z = (0, 0)
      (arms, height) = at(z)
    }
    var inverse = Self.inverse(arms, p).0
    for _ in 0..<200 {
      let slope = (
        p.tau / 2 * (arms.score.0 - arms.score.1) - z.0, p.sigma * (arms.score.0 + arms.score.1) - z.1
      )
      var step = (
        inverse.0 * slope.0 + inverse.1 * slope.1, inverse.1 * slope.0 + inverse.2 * slope.1
      )
      let decrement = step.0 * slope.0 + step.1 * slope.1
      if !(decrement > 1e-26) { break }
      var next = at((z.0 + step.0, z.1 + step.1))
      while !(next.1 >= height - 1e-12 * abs(height)), abs(step.0) + abs(step.1) > 1e-12 {
        step = (step.0 / 2, step.1 / 2)
        next = at((z.0 + step.0, z.1 + step.1))
      }
      z = (z.0 + step.0, z.1 + step.1)
      (arms, height) = next
      inverse = Self.inverse(arms, p).0
      if decrement < 1e-20 { break }
    }
    mode = z
    (self.p, self.arms, self.z, self.inverse) = (p, arms, z, inverse)
    value = height - log(Self.inverse(arms, p).1) / 2
  }

  /// H⁻¹ and det H.
  private static func inverse(_ arms: ArmPair, _ p: RandomStudiesParameters) -> ((Double, Double, Double), Double) {
    let (sum, difference) = (arms.weight.0 + arms.weight.1, arms.weight.0 - arms.weight.1)
    let h11 = 1 + p.tau * p.tau * sum / 4
    let h12 = p.tau * p.sigma * difference / 2
    let h22 = 1 + p.sigma * p.sigma * sum
    // det = 1 + (τ²/4 + σ²)(w₁ + w₂) + τ²σ² w₁w₂, in which nothing cancels.
    let determinant =
      1 + (p.tau * p.tau / 4 + p.sigma * p.sigma) * sum
      + p.tau * p.tau * p.sigma * p.sigma * arms.weight.0 * arms.weight.1
    return ((h22 / determinant, -h12 / determinant, h11 / determinant), determinant)
  }

  /// Adds ∂ log L: the explicit part of ℓ, and −½ d log det H with the movement of the mode.
  func addGradient(to gradient: inout [Double]) {
    let signs = (0.5, -0.5)
    for parameter in 0..<4 {
      // Direct change of η₁ and η₂, and of a₁ and a₂.
      let direct: (Double, Double)
      var change1 = (0.0, 0.0)
      var change2 = (0.0, 0.0)
      switch parameter {
      case 0: direct = signs
      case 1: direct = (1, 1)
      case 2:
        direct = (signs.0 * z.0, signs.1 * z.0)
        change1 = (signs.0, 0)
        change2 = (signs.1, 0)
      default:
        direct = (z.1, z.1)
        change1 = (0, 1)
        change2 = (0, 1)
      }
      let a1 = (signs.0 * p.tau, p.sigma)
      let a2 = (signs.1 * p.tau, p.sigma)
      let force1 = -arms.weight.0 * direct.0
      let force2 = -arms.weight.1 * direct.1
      let pull = (
        arms.score.0 * change1.0 + arms.score.1 * change2.0 + force1 * a1.0 + force2 * a2.0,
        arms.score.0 * change1.1 + arms.score.1 * change2.1 + force1 * a1.1 + force2 * a2.1
      )
      let moved = applyInverse(pull)
      let (solved1, solved2) = (applyInverse(a1), applyInverse(a2))
      let total1 = direct.0 + dot(a1, moved)
      let total2 = direct.1 + dot(a2, moved)
      let logDeterminant =
        arms.slope.0 * total1 * dot(a1, solved1) + arms.slope.1 * total2 * dot(a2, solved2)
        + 2 * arms.weight.0 * dot(change1, solved1) + 2 * arms.weight.1 * dot(change2, solved2)
      gradient[parameter] += arms.score.0 * direct.0 + arms.score.1 * direct.1 - logDeterminant / 2
    }
  }

  private func applyInverse(_ x: (Double, Double)) -> (Double, Double) {
    (inverse.0 * x.0 + inverse.1 * x.1, inverse.1 * x.0 + inverse.2 * x.1)
  }

  private func dot(_ x: (Double, Double), _ y: (Double, Double)) -> Double { x.0 * y.0 + x.1 * y.1 }
}
