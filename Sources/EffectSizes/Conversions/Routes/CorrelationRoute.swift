extension ConversionRoute {
  /// From r with the total size: d = 2r/√(1 − r²), V = 4 V_r/(1 − r²)³, V_r = (1 − r²)²/(n − 1), then log OR = d π/√3.
  ///
  /// Source: Borenstein, Hedges, Higgins and Rothstein (2009), Introduction to Meta-Analysis, eqs. 7.5 and 7.6.
  static let correlationWithTotal = ConversionRoute(
    "r with the total size", [.ri, .ni].map { ReportedWord($0) },
    source: "Borenstein et al. (2009), Introduction to Meta-Analysis, eqs. 7.5 and 7.6"
  ) { target in
    guard let factor = Scaling.fromDifference(to: target) else { return nil }
    return Bridge(assumptions: [
      "r is a correlation of two continuous variables, one of which stands for two groups of equal size (d = 2r/sqrt(1-r^2))"
    ]) { columns, row, _ throws(ConversionProblem) in
      let r = columns.value(ReportedWord(.ri), row)
      let n = columns.value(ReportedWord(.ni), row)
      guard n > 1, abs(r) < 1 else {
        throw .notEstimable("undefined for a sample of one, or a correlation of 1 or -1")
      }
      let rest = (1 - r) * (1 + r)
      return Effect(yi: 2 * r / rest.squareRoot(), vi: 4 / ((n - 1) * rest)).scaled(by: factor)
    }
  }
}
