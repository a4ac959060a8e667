private import NumericCore

/// The t with `degreesOfFreedom` whose two-sided p is |p|, with the sign of p; `NaN` without degrees of freedom.
func signedT(_ p: Double, _ degreesOfFreedom: Double) -> Double {
  guard let law = try? StudentT(degreesOfFreedom: degreesOfFreedom),
    let t = try? law.quantile(upperTail: abs(p) / 2)
  else { return .nan }
  return p < 0 ? -t : t
}

/// The F with the given degrees of freedom whose upper tail is p; `NaN` without degrees of freedom.
func fFromP(_ p: Double, _ numerator: Double, _ denominator: Double) -> Double {
  guard let law = try? FisherF(numerator: numerator, denominator: denominator),
    let f = try? law.quantile(upperTail: p)
  else { return .nan }
  return f
}

/// Φ⁻¹(p); ±∞ at 0 and 1, `NaN` outside.
func normalQuantile(_ p: Double) -> Double { (try? Normal.quantile(p)) ?? .nan }

/// φ(z).
func normalDensity(_ z: Double) -> Double { Normal.density(z) }

/// Φ(z).
func normalCDF(_ z: Double) -> Double { Normal.cdf(z) }
