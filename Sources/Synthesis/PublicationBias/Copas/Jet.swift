import NumericCore

/// A number with its first and second derivatives in up to four variables, carried through a formula (forward mode).
///
/// Source: Griewank and Walther (2008), Evaluating Derivatives, chapter 13.
struct Jet {
  /// The value, its gradient, and the rows of its Hessian.
  var value: Double
  var gradient: SIMD4<Double>
  var row0, row1, row2, row3: SIMD4<Double>

  /// A constant.
  init(_ value: Double) {
    self.value = value
    gradient = .zero
    (row0, row1, row2, row3) = (.zero, .zero, .zero, .zero)
  }

  /// The variable with this index.
  init(_ value: Double, variable: Int) {
    self.init(value)
    gradient[variable] = 1
  }

  /// f of this number, from f, f′ and f″ at its value.
  func mapped(_ f: Double, _ first: Double, _ second: Double) -> Jet {
    var result = Jet(f)
    result.gradient = first * gradient
    result.row0 = second * gradient[0] * gradient + first * row0
    result.row1 = second * gradient[1] * gradient + first * row1
    result.row2 = second * gradient[2] * gradient + first * row2
    result.row3 = second * gradient[3] * gradient + first * row3
    return result
  }

  static func + (a: Jet, b: Jet) -> Jet {
    var sum = a
    sum.value += b.value
    sum.gradient += b.gradient
    sum.row0 += b.row0
    sum.row1 += b.row1
    sum.row2 += b.row2
    sum.row3 += b.row3
    return sum
  }

  static func * (a: Double, b: Jet) -> Jet { b.mapped(a * b.value, a, 0) }

  static func - (a: Jet, b: Jet) -> Jet { a + -1 * b }

  static func * (a: Jet, b: Jet) -> Jet {
    var product = Jet(a.value * b.value)
    product.gradient = b.value * a.gradient + a.value * b.gradient
    product.row0 = b.value * a.row0 + a.value * b.row0 + a.gradient[0] * b.gradient + b.gradient[0] * a.gradient
    product.row1 = b.value * a.row1 + a.value * b.row1 + a.gradient[1] * b.gradient + b.gradient[1] * a.gradient
    product.row2 = b.value * a.row2 + a.value * b.row2 + a.gradient[2] * b.gradient + b.gradient[2] * a.gradient
    product.row3 = b.value * a.row3 + a.value * b.row3 + a.gradient[3] * b.gradient + b.gradient[3] * a.gradient
    return product
  }

  /// 1/x.
  var reciprocal: Jet {
    let r = 1 / value
    return mapped(r, -r * r, 2 * r * r * r)
  }

  /// √x.
  var squareRoot: Jet {
    let root = value.squareRoot()
    return mapped(root, 0.5 / root, -0.25 / (root * value))
  }

  /// log x.
  var logarithm: Jet { mapped(log(value), 1 / value, -1 / (value * value)) }

  /// log Φ(x).
  var logNormalCDF: Jet {
    let f = Normal.logCDF(value)
    let ratio = exp(Normal.logDensity(value) - f)
    return mapped(f, ratio, -ratio * (value + ratio))
  }
}
