import NumericCore

/// Where a study's marginal likelihood is taken: intercept α, mean effect μ, standard deviation τ of the effects.
struct StudyPoint {
  var alpha, mu, tau: Double
}

/// Log of a study's marginal likelihood with its derivatives in α, μ and τ.
struct StudyDerivatives {
  var value = 0.0
  var (a, m, t) = (0.0, 0.0, 0.0)
  var (aa, am, at, mm, mt, tt) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
}

/// log ∫ exp(g(α, μ + τu)) φ(u) du and its derivatives, g a concave kernel.
///
/// The rule is the trapezoidal rule around the mode û of the integrand, with nodes û + j h as far as the integrand is
/// above e⁻⁴² of its maximum. For analytic integrands with Gaussian tails it converges exponentially in 1/h: faster
/// than Gauss–Hermite, whose nodes are spread over too wide a range, and with an error that a halved step shows
/// directly (Trefethen and Weideman 2014; Trefethen 2022). The first h is the smaller of 0.8 standard deviations of the
/// integrand and of 0.35/τ: beyond an imaginary part of π/2 of θ the kernels may grow, which then adds 1e-12; `fineness` divides
/// it further.
///
/// The derivatives are expectations over the normalised integrand: ∂ log L = E[∂g], ∂² log L = E[∂²g] + Cov[∂g], where
/// ∂τ g = u ∂θ g.
struct StudyIntegral<Kernel: StudyKernel> {
  let kernel: Kernel

  /// The derivatives for study i; `mode` is where the search for û starts, and then û.
  func evaluate(_ i: Int, at point: StudyPoint, fineness: Double, mode: inout Double) -> StudyDerivatives {
    if point.tau == 0 { return atZero(i, point) }
    let centre = findMode(i, point, from: &mode)
    let deviation = 1 / (1 - point.tau * point.tau * centre.tt).squareRoot()
    let step = min(0.8 * deviation, 0.35 / point.tau) / fineness
    var moments = IntegrandMoments(centre: centre, u: mode)
    let top = centre.value - mode * mode / 2
    for direction in [step, -step] {
      var j = 1.0
      while j < 20_000 {
        let u = mode + j * direction
        let node = kernel.evaluate(i, alpha: point.alpha, theta: point.mu + point.tau * u)
        let height = node.value - u * u / 2 - top
        if !(height > -42) { break }
        moments.add(node, u: u, weight: exp(height))
        j += 1
      }
    }
    return moments.derivatives(logScale: top + log(step) - log(2 * Double.pi) / 2)
  }

  /// The limit τ = 0: no integral is left, and ∂²/∂τ² = g″ + g′².
  private func atZero(_ i: Int, _ point: StudyPoint) -> StudyDerivatives {
    let g = kernel.evaluate(i, alpha: point.alpha, theta: point.mu)
    var result = StudyDerivatives()
    result.value = g.value
    (result.a, result.m) = (g.a, g.t)
    (result.aa, result.am, result.mm, result.tt) = (g.aa, g.at, g.tt, g.tt + g.t * g.t)
    return result
  }

  /// A few Newton steps with halving towards the maximum of g(μ + τu) − u²/2; the rule needs it only roughly.
  private func findMode(_ i: Int, _ point: StudyPoint, from mode: inout Double) -> KernelValue {
    let (alpha, mu, tau) = (point.alpha, point.mu, point.tau)
    var u = mode
    var g = kernel.evaluate(i, alpha: alpha, theta: mu + tau * u)
    if !g.value.isFinite {
      u = 0
      g = kernel.evaluate(i, alpha: alpha, theta: mu)
    }
    for _ in 0..<100 {
      let curvature = 1 - tau * tau * g.tt
      var step = (tau * g.t - u) / curvature
      if step * step * curvature < 1e-4 { break }
      let height = g.value - u * u / 2
      var next = kernel.evaluate(i, alpha: alpha, theta: mu + tau * (u + step))
      while !(next.value - (u + step) * (u + step) / 2 >= height), abs(step) > 1e-10 {
        step /= 2
        next = kernel.evaluate(i, alpha: alpha, theta: mu + tau * (u + step))
      }
      u += step
      g = next
    }
    mode = u
    return g
  }
}

/// Weighted sums over the nodes, of differences from the values at the centre so that variances do not cancel.
private struct IntegrandMoments {
  private let a0, t0, z0: Double
  private var weight = 1.0
  private var (a, t, z) = (0.0, 0.0, 0.0)
  private var (a2, t2, z2, ta, tz, za) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
  private var (aa, at, atU, tt, ttU, ttU2) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

  init(centre g: KernelValue, u: Double) {
    (a0, t0, z0) = (g.a, g.t, g.t * u)
    (aa, at, atU, tt, ttU, ttU2) = (g.aa, g.at, g.at * u, g.tt, g.tt * u, g.tt * u * u)
  }

  mutating func add(_ g: KernelValue, u: Double, weight w: Double) {
    let (da, dt, dz) = (g.a - a0, g.t - t0, g.t * u - z0)
    weight += w
    a += w * da
    t += w * dt
    z += w * dz
    a2 += w * da * da
    t2 += w * dt * dt
    z2 += w * dz * dz
    ta += w * dt * da
    tz += w * dt * dz
    za += w * dz * da
    aa += w * g.aa
    at += w * g.at
    atU += w * g.at * u
    tt += w * g.tt
    ttU += w * g.tt * u
    ttU2 += w * g.tt * u * u
  }

  func derivatives(logScale: Double) -> StudyDerivatives {
    let (ea, et, ez) = (a / weight, t / weight, z / weight)
    var result = StudyDerivatives()
    result.value = logScale + log(weight)
    (result.a, result.m, result.t) = (a0 + ea, t0 + et, z0 + ez)
    result.aa = aa / weight + (a2 / weight - ea * ea)
    result.am = at / weight + (ta / weight - et * ea)
    result.at = atU / weight + (za / weight - ez * ea)
    result.mm = tt / weight + (t2 / weight - et * et)
    result.mt = ttU / weight + (tz / weight - et * ez)
    result.tt = ttU2 / weight + (z2 / weight - ez * ez)
    return result
  }
}
