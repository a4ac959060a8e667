/// The t with `degreesOfFreedom` whose two-sided p is |p|, with the sign of p. Not available before the t quantile.
func signedT(_ p: Double, _ degreesOfFreedom: Double) -> Double { .nan }
