extension PoolingProblem {
  /// Σwᵢrᵢ², Σwᵢ²rᵢ², Σwᵢ³rᵢ² and the sums of weights with rᵢ = yᵢ − μ for a given μ, of intercept-only problems.
  func sums(at tau2: Double, mean: Double) -> ProfileSums {
    var s = ProfileSums(
      sumW: 0, sumW2: 0, q: 0, traceP: 0, tracePP: 0, yPPy: 0, yPPPy: 0, mean: mean)
    for i in yi.indices {
      let w = 1 / (vi[i] + tau2)
      let r = yi[i] - mean
      let z = w * r
      s.sumW += w
      s.sumW2 += w * w
      s.q += z * r
      s.yPPy += z * z
      s.yPPPy += w * z * z
    }
    s.traceP = s.sumW
    s.tracePP = s.sumW2
    return s
  }
}
