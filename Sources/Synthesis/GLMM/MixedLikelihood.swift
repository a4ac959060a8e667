import NumericCore

/// The marginal likelihood of all studies with their own intercepts α eliminated, and the state of its parameters.
///
/// The Hessian is an arrow: each αᵢ meets only μ and τ. Eliminating the α by Schur complements leaves a 2 × 2 system,
/// so that a Newton step costs time proportional to the number of studies.
struct MixedLikelihood<Kernel: StudyKernel> {
  let integral: StudyIntegral<Kernel>
  /// Parameters.
  var mu: Double
  var alpha: [Double]
  /// Modes of the integrands (a warm start) and how much finer than the first rule each study's rule is.
  var modes, fineness: [Double]
  /// Number of evaluations of the whole likelihood so far.
  var evaluations = 0

  init(_ kernel: Kernel) {
    integral = StudyIntegral(kernel: kernel)
    mu = kernel.startingEffect
    alpha = (0..<kernel.count).map { kernel.startingIntercept($0) }
    modes = [Double](repeating: 0, count: kernel.count)
    fineness = [Double](repeating: 1, count: kernel.count)
  }

  /// Value, score and Hessian in (μ, τ) after the α are eliminated, and what the step of the α needs.
  struct Reduced {
    var value = 0.0
    var (m, t, mm, mt, tt) = (0.0, 0.0, 0.0, 0.0, 0.0)
    /// Σ aᵢ²/(−aaᵢ): the α's part of the squared Newton decrement.
    var interceptDecrement = 0.0
    /// Per study: a, aa, am, at.
    var studies: [(a: Double, aa: Double, am: Double, at: Double)] = []

    /// Profile curvature in τ once μ is eliminated too.
    var profileCurvature: Double { tt - mt * mt / mm }
  }

  /// Evaluates at the current μ and α and the given τ.
  mutating func evaluate(tau: Double) -> Reduced {
    evaluations += 1
    var sum = Reduced()
    var total = CompensatedSum()
    if Kernel.hasIntercepts { sum.studies.reserveCapacity(modes.count) }
    for i in modes.indices {
      let point = StudyPoint(alpha: alpha[i], mu: mu, tau: tau)
      let d = integral.evaluate(i, at: point, fineness: fineness[i], mode: &modes[i])
      total.add(d.value)
      sum.m += d.m
      sum.t += d.t
      sum.mm += d.mm
      sum.mt += d.mt
      sum.tt += d.tt
      if Kernel.hasIntercepts {
        sum.studies.append((d.a, d.aa, d.am, d.at))
        sum.interceptDecrement -= d.a * d.a / d.aa
        sum.m -= d.am * d.a / d.aa
        sum.t -= d.at * d.a / d.aa
        sum.mm -= d.am * d.am / d.aa
        sum.mt -= d.am * d.at / d.aa
        sum.tt -= d.at * d.at / d.aa
      }
    }
    sum.value = total.value
    return sum
  }

  /// Maximises over μ and the α at a fixed τ: a concave problem, so Newton's method with halving always arrives. It ends
  /// when the squared Newton decrement is below `tolerance`.
  mutating func maximise(tau: Double, tolerance: Double) -> Reduced {
    var current = evaluate(tau: tau)
    for _ in 0..<100 {
      let step = -current.m / current.mm
      let decrement = current.interceptDecrement - current.m * current.m / current.mm
      if !(decrement > tolerance) { break }
      let (oldMu, oldAlpha) = (mu, alpha)
      var scale = min(1, 5 / abs(step))
      while true {
        move(current, mu: scale * step, tau: 0, scale: scale, from: (oldMu, oldAlpha))
        let next = evaluate(tau: tau)
        if next.value >= current.value - 1e-12 * abs(current.value) - tolerance {
          current = next
          break
        }
        scale /= 2
        if scale < 1e-9 {
          (mu, alpha) = (oldMu, oldAlpha)
          return current
        }
      }
    }
    return current
  }

  /// Sets μ and α a Newton step away from `from`: αᵢ moves by −(aᵢ + amᵢ Δμ + atᵢ Δτ)/aaᵢ.
  mutating func move(_ at: Reduced, mu step: Double, tau tauStep: Double, scale: Double, from: (Double, [Double])) {
    mu = from.0 + step
    for (i, s) in at.studies.enumerated() {
      alpha[i] = from.1[i] - (scale * s.a + s.am * step + s.at * tauStep) / s.aa
    }
  }

  /// Makes each study's rule finer until halving its step no longer changes the likelihood; returns whether any changed.
  ///
  /// The error of the rule is squared when the step is halved, so a difference below 1e-7 means that the finer of the
  /// two is good to about 1e-14. A difference is held against `tolerance` and against the rounding of the value itself.
  mutating func refine(tau: Double, tolerance: Double) -> Bool {
    if tau == 0 { return false }
    var changed = false
    for i in modes.indices {
      let point = StudyPoint(alpha: alpha[i], mu: mu, tau: tau)
      var coarse = integral.evaluate(i, at: point, fineness: fineness[i], mode: &modes[i]).value
      for _ in 0..<8 {
        let fine = integral.evaluate(i, at: point, fineness: 2 * fineness[i], mode: &modes[i]).value
        let difference = abs(fine - coarse)
        if difference < tolerance + 2e-15 * abs(fine) { break }
        fineness[i] *= 2
        changed = true
        if difference < 1e-7 { break }
        coarse = fine
      }
    }
    return changed
  }
}
