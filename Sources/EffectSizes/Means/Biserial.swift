extension Measure {
  /// Biserial correlation.
  public static let biserial = standardized(
    Facts(
      code: "RBIS", name: "biserial correlation", scale: .identity, display: .none,
      formula: "p = n1/n, q = n2/n, P(Z > z) = p, f = density at z; yi = r = sqrt(pq) r_pb/f; "
        + "vi = (pq/f^2 - (3/2 + (1 - pz/f)(1 + qz/f)) r^2 + r^4)/(n-1), |r| cut at 1 in vi",
      assumptions:
        "The groups are cut from a normal variable that is bivariate normal with the outcome. r may exceed 1.",
      source: "Soper (1914), Biometrika 10, 384; Jacobs and Viechtbauer (2017), Research Synthesis Methods 8, 161"),
    estimate: { inputs, _ in inputs.map(biserialEffect) })

  /// Fisher's z of the biserial correlation.
  public static let zBiserial = standardized(
    Facts(
      code: "ZBIS", name: "Fisher's z of the biserial correlation", scale: .fisherZ, display: .tanh,
      formula: "yi = atanh(r); vi = v/(1 - r^2)^2, r and v as for RBIS",
      assumptions: "As for RBIS; undefined when r is not within -1 and 1. The transformation does not stabilise the "
        + "variance of this measure.",
      source: "delta method on RBIS")
  ) { inputs, _ in inputs.map { biserialEffect($0).fisherZ } }
}

private func biserialEffect(_ input: StandardizedDifference) -> Effect {
  let n = input.total
  let p = input.n1 / n
  let q = input.n2 / n
  let z = -normalQuantile(p)
  let f = normalDensity(z)
  let r = (p * q).squareRoot() / f * input.pointBiserial
  let held = max(-1, min(1, r))
  let r2 = held * held
  let shape = 1.5 + (1 - p * z / f) * (1 + q * z / f)
  return Effect(yi: r, vi: r.isNaN ? .nan : (p * q / (f * f) - shape * r2 + r2 * r2) / (n - 1))
}
