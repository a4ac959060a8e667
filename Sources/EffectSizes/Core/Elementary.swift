// The elementary functions of the C library, under their own names, so that formulas read as printed and only this file
// knows which library that is.
#if canImport(Glibc)
import Glibc

@inline(__always) func log(_ x: Double) -> Double { Glibc.log(x) }
@inline(__always) func log1p(_ x: Double) -> Double { Glibc.log1p(x) }
@inline(__always) func exp(_ x: Double) -> Double { Glibc.exp(x) }
@inline(__always) func expm1(_ x: Double) -> Double { Glibc.expm1(x) }
@inline(__always) func tanh(_ x: Double) -> Double { Glibc.tanh(x) }
@inline(__always) func atanh(_ x: Double) -> Double { Glibc.atanh(x) }
@inline(__always) func sin(_ x: Double) -> Double { Glibc.sin(x) }
@inline(__always) func asin(_ x: Double) -> Double { Glibc.asin(x) }
@inline(__always) func cos(_ x: Double) -> Double { Glibc.cos(x) }
@inline(__always) func sinh(_ x: Double) -> Double { Glibc.sinh(x) }
@inline(__always) func cosh(_ x: Double) -> Double { Glibc.cosh(x) }
@inline(__always) func cbrt(_ x: Double) -> Double { Glibc.cbrt(x) }
@inline(__always) func pow(_ x: Double, _ y: Double) -> Double { Glibc.pow(x, y) }
@inline(__always) func erf(_ x: Double) -> Double { Glibc.erf(x) }
#else
import Darwin

@inline(__always) func log(_ x: Double) -> Double { Darwin.log(x) }
@inline(__always) func log1p(_ x: Double) -> Double { Darwin.log1p(x) }
@inline(__always) func exp(_ x: Double) -> Double { Darwin.exp(x) }
@inline(__always) func expm1(_ x: Double) -> Double { Darwin.expm1(x) }
@inline(__always) func tanh(_ x: Double) -> Double { Darwin.tanh(x) }
@inline(__always) func atanh(_ x: Double) -> Double { Darwin.atanh(x) }
@inline(__always) func sin(_ x: Double) -> Double { Darwin.sin(x) }
@inline(__always) func asin(_ x: Double) -> Double { Darwin.asin(x) }
@inline(__always) func cos(_ x: Double) -> Double { Darwin.cos(x) }
@inline(__always) func sinh(_ x: Double) -> Double { Darwin.sinh(x) }
@inline(__always) func cosh(_ x: Double) -> Double { Darwin.cosh(x) }
@inline(__always) func cbrt(_ x: Double) -> Double { Darwin.cbrt(x) }
@inline(__always) func pow(_ x: Double, _ y: Double) -> Double { Darwin.pow(x, y) }
@inline(__always) func erf(_ x: Double) -> Double { Darwin.erf(x) }
#endif

/// x².
@inline(__always) func square(_ x: Double) -> Double { x * x }
