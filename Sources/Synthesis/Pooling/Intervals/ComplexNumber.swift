#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A complex number, with what the inversion of a characteristic function needs.
struct ComplexNumber: Sendable {
  var re, im: Double

  static func + (a: Self, b: Self) -> Self { Self(re: a.re + b.re, im: a.im + b.im) }
  static func - (a: Self, b: Self) -> Self { Self(re: a.re - b.re, im: a.im - b.im) }
  static func * (a: Self, b: Self) -> Self { Self(re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re) }
  static func * (a: Double, b: Self) -> Self { Self(re: a * b.re, im: a * b.im) }

  /// Quotient by Smith's scaling (1962).
  static func / (a: Self, b: Self) -> Self {
    if abs(b.re) >= abs(b.im) {
      let r = b.im / b.re
      let d = b.re + b.im * r
      return Self(re: (a.re + a.im * r) / d, im: (a.im - a.re * r) / d)
    }
    let r = b.re / b.im
    let d = b.re * r + b.im
    return Self(re: (a.re * r + a.im) / d, im: (a.im * r - a.re) / d)
  }

  /// Principal logarithm.
  var logarithm: Self { Self(re: log(hypot(re, im)), im: atan2(im, re)) }

  /// Exponential.
  var exponential: Self {
    let size = exp(re)
    return Self(re: size * cos(im), im: size * sin(im))
  }
}

/// sinh and cosh of x.
func hyperbolic(_ x: Double) -> (sinh: Double, cosh: Double) { (sinh(x), cosh(x)) }
