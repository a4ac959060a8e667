extension Measure {
  /// Point-biserial correlation.
  public static let pointBiserial = standardized(
    Facts(
      code: "RPB", name: "point-biserial correlation", scale: .identity, display: .none,
      varianceTypes: [.ST, .CS, .LS],
      formula:
        "h = m/n1 + m/n2, m = n1+n2-2; yi = r = d/sqrt(d^2+h); ST and LS: vi = h^2 (1/n1 + 1/n2 + d^2/(2n))/(h+d^2)^3; "
        + "CS: vi = (1-r^2)^2 (1 - 3r^2/2 + r^2/(4pq))/n, p = n1/n, q = n2/n",
      assumptions:
        "Normal outcomes with equal variances. ST: group sizes fixed by design; CS: a cross-sectional sample.",
      source:
        "Tate (1954), Annals of Mathematical Statistics 25, 603; Jacobs and Viechtbauer (2017), Research Synthesis "
        + "Methods 8, 161"),
    estimate: pointBiserialEffects)

  /// Fisher's z of the point-biserial correlation.
  public static let zPointBiserial = standardized(
    Facts(
      code: "ZPB", name: "Fisher's z of the point-biserial correlation", scale: .fisherZ, display: .tanh,
      varianceTypes: [.ST, .CS, .LS], formula: "yi = atanh(r); vi = v/(1 - r^2)^2, r and v (ST, CS, LS) as for RPB",
      assumptions: "As for RPB. The transformation does not stabilise the variance of this measure.",
      source: "delta method on RPB")
  ) { pointBiserialEffects($0, $1).map(\.fisherZ) }
}

private func pointBiserialEffects(_ inputs: [StandardizedDifference], _ settings: Settings) -> [Effect] {
  inputs.map { input in
    let r = input.pointBiserial
    let n = input.total
    if settings.vtype == .CS {
      let spread = input.n1 / n * (input.n2 / n)
      let rest = (1 - r) * (1 + r)
      return Effect(yi: r, vi: rest * rest * (1 - 1.5 * r * r + r * r / (4 * spread)) / n)
    }
    let h = input.degreesOfFreedom * (1 / input.n1 + 1 / input.n2)
    let sum = h + input.d * input.d
    let v = 1 / input.n1 + 1 / input.n2 + input.d * input.d / (2 * n)
    return Effect(yi: r, vi: square(h / sum) / sum * v)
  }
}

extension StandardizedDifference {
  /// r = d/√(d² + m/n₁ + m/n₂).
  var pointBiserial: Double { d / (d * d + degreesOfFreedom * (1 / n1 + 1 / n2)).squareRoot() }
}
