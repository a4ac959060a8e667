extension TableRoute {
  /// From φ: a = (φ √(r (n−r) c (n−c)) + r c)/n.
  static let phi = TableRoute(
    name: "phi coefficient", word: ReportedWord(.ri), formula: "a = (phi sqrt(r (n-r) c (n-c)) + r c)/n",
    source: "the definition of phi, (ad - bc)/sqrt(r (n-r) c (n-c))"
  ) { phi, margins in (phi * margins.product.squareRoot() + margins.row * margins.column) / margins.total }

  /// From a χ² with Yates's correction, signed as the association: |ad − bc| = √(χ² r (n−r) c (n−c)/n) + n/2, and
  /// a = (r c ± |ad − bc|)/n.
  static let yates = TableRoute(
    name: "chi-squared with Yates's correction", word: .chiSquared,
    formula: "a = (r c ± (sqrt(|x2| r (n-r) c (n-c)/n) + n/2))/n, the sign that of x2",
    source: "Yates (1934), Supplement to the Journal of the Royal Statistical Society 1, 217"
  ) { chiSquared, margins in
    let size = (abs(chiSquared) * margins.product / margins.total).squareRoot() + 0.5 * margins.total
    return (margins.row * margins.column + (chiSquared < 0 ? -size : size)) / margins.total
  }
}
