import NumericCore

extension FailSafe {
  /// Rosenthal's number: null studies that bring Stouffer's combined test to a one-sided p of 0.05.
  ///
  /// z̄ = |Σzᵢ|/√k, zᵢ = yᵢ/√vᵢ; N = k(z̄/z₀.₉₅)² − k. Source: Rosenthal (1979).
  static let rosenthal = FailSafe(
    name: "rosenthal", title: "null studies until Stouffer's one-sided test gives p = 0.05", source: "Rosenthal (1979)"
  ) { studies throws(FitError) in
    let k = Double(studies.count)
    let z = abs(zip(studies.yi, studies.vi).reduce(0) { $0 + $1.0 / $1.1.squareRoot() }) / k.squareRoot()
    let critical = try ReferenceLaw.normal.critical(level: 1 - 2 * alpha)
    let ratio = z / critical
    return try FailSafeResult(method: "rosenthal", count: k * (ratio * ratio - 1), pValue: Normal.upperTail(z))
  }
}
