extension TableRoute {
  /// From an odds ratio ψ: ψ (r − a)(c − a) = a (n − r − c + a), a quadratic in a whose root within the margins is
  /// 2 ψ r c/(S + √D), S = n + (r + c)(ψ − 1), D = S² − 4 ψ (ψ − 1) r c.
  ///
  /// For S < 0, which takes ψ < 1, the same root is (√D − S)/(2 (1 − ψ)), where nothing cancels.
  static let oddsRatio = TableRoute(
    name: "odds ratio", word: .givenOddsRatio,
    formula: "a = 2 OR r c/(S + sqrt(S^2 - 4 OR (OR-1) r c)), S = n + (r+c)(OR-1)",
    source: "Bonett (2007), American Psychologist 62, 254; the definition of the odds ratio"
  ) { oddsRatio, margins in
    let excess = oddsRatio - 1
    let product = oddsRatio * margins.row * margins.column
    let sum = margins.total + (margins.row + margins.column) * excess
    let root = (sum * sum - 4 * excess * product).squareRoot()
    return sum >= 0 ? 2 * product / (sum + root) : (root - sum) / (-2 * excess)
  }
}
