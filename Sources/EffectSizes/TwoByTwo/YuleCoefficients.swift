extension Measure {
  /// Yule's Q.
  public static let yuleQ = twoByTwo(
    Facts(
      code: "YUQ", name: "Yule's Q", scale: .identity, display: .none,
      formula: "yi = Q = (ad - bc)/(ad + bc); vi = (1/4) (1 - Q^2)^2 (1/a + 1/b + 1/c + 1/d)",
      assumptions: "Counts of a two-by-two table. With a zero cell 0.5 is added to every cell of the row by default.",
      source: "Yule (1912), Journal of the Royal Statistical Society 75, 579")
  ) { tables, _ in
    tables.map { yule($0, concordant: $0.a * $0.d, discordant: $0.b * $0.c, factor: 0.25) }
  }

  /// Yule's Y.
  public static let yuleY = twoByTwo(
    Facts(
      code: "YUY", name: "Yule's Y", scale: .identity, display: .none,
      formula: "yi = Y = (sqrt(ad) - sqrt(bc))/(sqrt(ad) + sqrt(bc)); vi = (1/16) (1 - Y^2)^2 (1/a + 1/b + 1/c + 1/d)",
      assumptions: "Counts of a two-by-two table. With a zero cell 0.5 is added to every cell of the row by default.",
      source: "Yule (1912), Journal of the Royal Statistical Society 75, 579")
  ) { tables, _ in
    tables.map {
      yule($0, concordant: ($0.a * $0.d).squareRoot(), discordant: ($0.b * $0.c).squareRoot(), factor: 0.0625)
    }
  }
}

/// (s − t)/(s + t); 1 − y² is 4st/(s + t)², which does not cancel.
private func yule(_ table: TwoByTwo, concordant: Double, discordant: Double, factor: Double) -> Effect {
  let sum = concordant + discordant
  let rest = 4 * (concordant / sum) * (discordant / sum)
  return Effect(yi: (concordant - discordant) / sum, vi: factor * rest * rest * table.sumOfReciprocals)
}
