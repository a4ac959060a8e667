extension Measure {
  /// Tetrachoric correlation.
  public static let tetrachoric = twoByTwo(
    Facts(
      code: "RTET", name: "tetrachoric correlation", scale: .identity, display: .none,
      formula: "yi = r with P(X <= h, Y <= k; r) = a/n, Phi(h) = (a+b)/n, Phi(k) = (a+c)/n; "
        + "vi from the multinomial counts by the delta method, which is the inverse information",
      assumptions: "Both variables cut from a bivariate normal distribution. The saturated model fits exactly, so the "
        + "maximum likelihood estimate is the root of one equation. Undefined with a zero cell; nothing is added unless "
        + "asked for.",
      source: "Pearson (1900), Philosophical Transactions A 195, 1; Kirk (1973), Psychometrika 38, 259; Hamdan (1970), "
        + "Biometrika 57, 212"),
    add: 0
  ) { tables, _ in tables.map(tetrachoricEffect) }

  /// Fisher's z of the tetrachoric correlation.
  public static let zTetrachoric = twoByTwo(
    Facts(
      code: "ZTET", name: "Fisher's z of the tetrachoric correlation", scale: .fisherZ, display: .tanh,
      formula: "yi = atanh(r); vi = v/(1 - r^2)^2, r and v as for RTET",
      assumptions: "As for RTET. The transformation does not stabilise the variance of this measure.",
      source: "delta method on RTET"),
    add: 0
  ) { tables, _ in tables.map { tetrachoricEffect($0).fisherZ } }
}

private func tetrachoricEffect(_ t: TwoByTwo) -> Effect {
  guard !t.hasZeroCell else { return .undefined }
  let n = t.total
  let h = normalQuantile(t.n1 / n)
  let k = normalQuantile((t.a + t.c) / n)
  // a/n − Φ(h)Φ(k) = (ad − bc)/n²
  let rho = sin(angle(h, k, dependence: (t.a / n) * (t.d / n) - (t.b / n) * (t.c / n)))
  let rest = ((1 - rho) * (1 + rho)).squareRoot()
  let towardsK = normalCDF((k - rho * h) / rest)
  let towardsH = normalCDF((h - rho * k) / rest)
  // dρ = (dp₁₁ − Φ(·)dp₁. − Φ(·)dp.₁)/φ₂: weights of the four cells, the last 0.
  let weights = [1 - towardsK - towardsH, -towardsK, -towardsH]
  var mean = 0.0
  var meanSquare = 0.0
  for (weight, cell) in zip(weights, [t.a, t.b, t.c]) {
    mean += weight * cell / n
    meanSquare += weight * weight * cell / n
  }
  let density = BivariateNormal.density(h, k, correlation: rho)
  return Effect(yi: rho, vi: (meanSquare - mean * mean) / (n * density * density))
}

/// The angle in (−π/2, π/2) whose sine is the correlation that gives this dependence, by bisection: it increases.
private func angle(_ h: Double, _ k: Double, dependence: Double) -> Double {
  var low = -0.5 * Double.pi
  var high = 0.5 * Double.pi
  // Halving an interval of length π sixty times leaves less than the spacing of doubles at 1.
  for _ in 0..<60 {
    let middle = 0.5 * (low + high)
    if BivariateNormal.dependence(h, k, angle: middle) < dependence { low = middle } else { high = middle }
  }
  return 0.5 * (low + high)
}
