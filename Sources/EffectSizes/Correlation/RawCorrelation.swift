extension Measure {
  /// Raw correlation.
  public static let rawCorrelation = correlation(
    Facts(
      code: "COR", name: "correlation", scale: .identity, display: .none, varianceTypes: [.LS, .AV],
      formula:
        "yi = r; LS: vi = (1-r^2)^2/(n-1); AV: vi = (1-R^2)^2/(n-1), R the size-weighted mean of r over the rows",
      assumptions: "Bivariate normal sample. r may be replaced by the t of its test, or by the signed p of that test.",
      source: "Borenstein (2009), Handbook of Research Synthesis, eq. 12.27")
  ) { inputs, settings in largeSample(inputs.map { ($0.r, $0.n) }, settings) }

  /// Correlation corrected for its bias.
  public static let unbiasedCorrelation = correlation(
    Facts(
      code: "UCOR", name: "correlation corrected for bias", scale: .identity, display: .none,
      varianceTypes: [.LS, .UB, .AV],
      formula: "yi = y = r F(1/2, 1/2; (n-2)/2; 1-r^2); LS: vi = (1-y^2)^2/(n-1); "
        + "UB: vi = y^2 - 1 + (n-3)/(n-2) (1-r^2) F(1, 1; n/2; 1-r^2); AV: LS with the size-weighted mean of y; "
        + "F the hypergeometric function",
      assumptions: "Bivariate normal sample of more than 3.",
      source:
        "Olkin and Pratt (1958), Annals of Mathematical Statistics 29, 201, eqs. 2.3 and 2.7; Hedges (1989), Journal of "
        + "Applied Psychology 74, 469")
  ) { inputs, settings in
    let estimates = inputs.map { OlkinPratt($0.r, $0.n) }
    guard settings.vtype == .UB else {
      return largeSample(zip(estimates, inputs).map { ($0.correlation, $1.n) }, settings)
    }
    return estimates.map { Effect(yi: $0.correlation, vi: $0.variance) }
  }

  /// Fisher's z of a correlation.
  public static let zCorrelation = correlation(
    Facts(
      code: "ZCOR", name: "Fisher's z of a correlation", scale: .fisherZ, display: .tanh,
      formula: "yi = atanh(r); vi = 1/(n-3)", assumptions: "Bivariate normal sample of more than 3.",
      source: "Fisher (1921), Metron 1, 1; Borenstein (2009), Handbook of Research Synthesis, eqs. 12.28-12.29")
  ) { inputs, _ in inputs.map { Effect(yi: atanh($0.r), vi: $0.n > 3 ? 1 / ($0.n - 3) : .nan) } }
}

/// (1−y²)²/(n−1), y the row's own value or the size-weighted mean.
private func largeSample(_ values: [(y: Double, n: Double)], _ settings: Settings) -> [Effect] {
  let average = weightedAverage(values, of: \.y, by: \.n)
  return values.map { y, n in
    let plugged = settings.vtype == .AV ? average : y
    return Effect(yi: y, vi: square((1 - plugged) * (1 + plugged)) / (n - 1))
  }
}
