// The elementary functions of the C library, under their own names, so that formulas read as printed and only this file
// knows which library that is.
#if canImport(Glibc)
import Glibc

@inline(__always) func log(_ x: Double) -> Double { Glibc.log(x) }
@inline(__always) func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
@inline(__always) func exp(_ x: Double) -> Double { Glibc.exp(x) }
@inline(__always) func expm1(_ x: Double) -> Double { Glibc.expm1(x) }
@inline(__always) func tanh(_ x: Double) -> Double { Glibc.tanh(x) }
@inline(__always) func cos(_ x: Double) -> Double { Glibc.cos(x) }
#else
import Darwin

@inline(__always) func log(_ x: Double) -> Double { Darwin.log(x) }
@inline(__always) func log1p(_ x: Double) -> Double { Darwin.log1p(x) }
@inline(__always) func exp(_ x: Double) -> Double { Darwin.exp(x) }
@inline(__always) func expm1(_ x: Double) -> Double { Darwin.expm1(x) }
@inline(__always) func tanh(_ x: Double) -> Double { Darwin.tanh(x) }
@inline(__always) func cos(_ x: Double) -> Double { Darwin.cos(x) }
#endif

/// log Γ(x) for x > 0; the C function that writes no global sign.
func logGamma(_ x: Double) -> Double {
  var sign: Int32 = 0
  return lgamma_r(x, &sign)
}
