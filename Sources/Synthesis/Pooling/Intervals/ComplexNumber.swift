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

/// A product of many factors below the real axis, whose logarithm stays continuous: turns are counted, size is kept in range.
///
/// Each factor has its argument in (−π, 0], so the running argument only falls; it has passed −π (mod 2π) just when a product below
/// the axis comes out above it.
struct ContinuousProduct {
  private var value = ComplexNumber(re: 1, im: 0)
  private var turns = 0.0
  private var logScale = 0.0

  /// Takes one more factor.
  mutating func multiply(by factor: ComplexNumber) {
    let next = value * factor
    if value.im < 0, next.im >= 0 { turns -= 1 }
    value = next
    let size = max(abs(value.re), abs(value.im))
    if size > 1e100 || size < 1e-100 {
      value = (1 / size) * value
      logScale += log(size)
    }
  }

  /// The logarithm of the product, the sum of the factors' principal ones.
  var logarithm: ComplexNumber {
    let principal = value.logarithm
    return ComplexNumber(re: principal.re + logScale, im: principal.im + 2 * Double.pi * turns)
  }
}

/// sinh and cosh of x.
func hyperbolic(_ x: Double) -> (sinh: Double, cosh: Double) { (sinh(x), cosh(x)) }
