#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The functions of one number that a formula may call.
enum NumericFunction: String, CaseIterable, Sendable {
  case logarithm = "log"
  case binaryLogarithm = "log2"
  case decimalLogarithm = "log10"
  case logarithmOfOnePlus = "log1p"
  case exponential = "exp"
  case exponentialMinusOne = "expm1"
  case squareRoot = "sqrt"
  case absolute = "abs"

  /// The function itself; its value is NaN or infinite outside its domain.
  var function: (Double) -> Double {
    switch self {
    case .logarithm: { log($0) }
    case .binaryLogarithm: { log2($0) }
    case .decimalLogarithm: { log10($0) }
    case .logarithmOfOnePlus: { log1p($0) }
    case .exponential: { exp($0) }
    case .exponentialMinusOne: { expm1($0) }
    case .squareRoot: { $0.squareRoot() }
    case .absolute: { Swift.abs($0) }
    }
  }
}

/// xʸ as the C library computes it.
func raised(_ x: Double, to y: Double) -> Double { y == 2 ? x * x : pow(x, y) }
