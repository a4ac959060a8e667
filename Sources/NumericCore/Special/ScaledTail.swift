/// `e^(z²/2) P(|Z| > z) = erfcx(z/√2)` for z ≥ 0, of one argument or of several side by side.
///
/// With s = z/(z + 5) this times 1 + z√(π/2) is 1 + s(1 − s)f(2s − 1): it is 1 at 0 and at ∞, and f is smooth (Shepherd &
/// Laframboise 1981 have such a form). f is its Chebyshev series, cut where what is left is below 2e-17 and written in powers; the
/// coefficients are from 80 digits and add up to no more than f itself, so nothing cancels. Infinite arguments give `NaN`.
@inline(__always)
func scaledTail<V: Lanes>(_ z: V) -> V {
  let one = V(repeating: 1)
  let inverse = one / (z + V(repeating: 5))
  let t = (z - 5) * inverse
  let bump = 5 * z * inverse * inverse
  let square = t * t
  let fourth = square * square
  let a = polynomial(
    fourth, 0.4715165341063657, 0.18573806060991044, -0.0018395220180700911, -1.5763912151171568e-06,
    2.1456349980588588e-07, 3.639478357364014e-09)
  let b = polynomial(
    fourth, -0.6272315381837006, -0.06956182485248515, 0.00045786859685937995, 1.1839591660667936e-05,
    2.906934699765906e-07, 7.359198319976364e-09)
  let c = polynomial(
    fourth, 0.5474279619642031, 0.015410561663781885, 0.00011111030147925649, -9.176382733244904e-07,
    -3.3226574019641986e-08, -2.1271215557267305e-10)
  let d = polynomial(
    fourth, -0.3630305842420801, 0.000651859476568256, -8.157835608138342e-05, -1.775142570821714e-06,
    -4.949171719031932e-08, -6.504220800717074e-10)
  let f = (a + t * b) + square * (c + t * d)
  return (one + bump * f) / (one + 1.2533141373155003 * z)
}

/// `e^(−h − rest)` for h of 0 to 1000 and a small `rest`: what rounding took from h. Below 2^−1074 it is 0.
@inline(__always)
func decay<V: Lanes>(_ h: V, rest: V) -> V {
  // −h − rest = n log 2 + r with |r| ≤ ½ log 2; the first part of log 2 has 32 digits, so that n times it is exact.
  let shift = V(repeating: 0x1.8p52)
  let n = (shift - 1.4426950408889634 * h) - shift
  let r = ((V.zero - h) - 0.6931471803691238 * n) - (1.9082149292705877e-10 * n + rest)
  let square = r * r
  let cube = square * r
  let a = polynomial(
    cube, 0.5, 0.008333333333333333, 2.48015873015873e-05, 2.505210838544172e-08)
  let b = polynomial(
    cube, 0.16666666666666666, 0.001388888888888889, 2.7557319223985893e-06, 2.08767569878681e-09)
  let c = polynomial(
    cube, 0.041666666666666664, 0.0001984126984126984, 2.755731922398589e-07, 1.6059043836821613e-10)
  let value = V(repeating: 1) + (r + square * (a + (r * b + square * c)))
  // In two steps, the second one to where numbers have fewer digits.
  let first = V.larger(n, V(repeating: -1000))
  return value * V.powerOfTwo(first) * V.powerOfTwo(V.larger(n - first, V(repeating: -1000)))
}

@inline(__always)
private func polynomial<V: Lanes>(_ x: V, _ a: Double, _ b: Double, _ c: Double, _ d: Double) -> V {
  V(repeating: a) + x * (V(repeating: b) + x * (V(repeating: c) + d * x))
}

@inline(__always)
private func polynomial<V: Lanes>(
  _ x: V, _ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double
) -> V {
  V(repeating: a) + x * (V(repeating: b) + x * polynomial(x, c, d, e, f))
}
