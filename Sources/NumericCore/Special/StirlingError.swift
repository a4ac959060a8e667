import CBoostMath

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The error of Stirling's formula, `S(a) = log Γ(a+1) − (a+½) log a + a − ½ log 2π`, for a > 0.
///
/// With it the factors of a density become exponentials of small numbers:
/// `Γ(a+1) = √(2πa) (a/e)^a exp S(a)`. From 16 on the asymptotic series (absolute error below 1e-17), at half-integers
/// below 16 a table, elsewhere the definition (absolute error about 5e-15). Source: Loader (2000), section 2.
func stirlingError(_ a: Double) -> Double {
  if a >= 16 {
    let r = 1 / (a * a)
    let rest = r * (1.0 / 1188 - r * (691.0 / 360360 - r * (1.0 / 156 - r * (3617.0 / 122400))))
    return (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - rest)))) / a
  }
  let doubled = 2 * a
  if doubled == doubled.rounded(), doubled >= 1 { return stirlingErrorAtHalves[Int(doubled) - 1] }
  var logGamma = 0.0
  _ = evidence_log_gamma(a + 1, &logGamma)
  return logGamma - (a + 0.5) * log(a) + a - 0.9189385332046728
}

/// S(k/2) for k = 1 … 31, from 50 digits.
private let stirlingErrorAtHalves: [Double] = [
  0.15342640972002736, 0.08106146679532726, 0.05481412105191765, 0.0413406959554093, 0.03316287351993629,
  0.02767792568499834, 0.023746163656297496, 0.020790672103765093, 0.018488450532673187, 0.016644691189821193,
  0.015134973221917378, 0.013876128823070748, 0.012810465242920227, 0.01189670994589177, 0.011104559758206917,
  0.010411265261972096, 0.009799416126158804, 0.009255462182712733, 0.008768700134139386, 0.00833056343336287,
  0.00793411456431402, 0.007573675487951841, 0.007244554301320383, 0.00694284010720953, 0.006665247032707682,
  0.006408994188004207, 0.006171712263039458, 0.0059513701127588475, 0.0057462165130101155, 0.005554733551962801,
  0.005375599032926835,
]
