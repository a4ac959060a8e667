/// One double or several side by side: what the sums over short sets are written in.
///
/// Every operation acts on each lane alone and rounds once, so a set gets the same bits whatever stands in the lanes beside it.
protocol Lanes {
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  init(repeating value: Double)
  /// Each lane, but 0 where it is negative; NaN stays.
  var withoutNegatives: Self { get }
}

extension Double: Lanes {
  init(repeating value: Double) { self = value }
  var withoutNegatives: Double { self < 0 ? 0 : self }
}

extension SIMD2<Double>: Lanes {
  var withoutNegatives: Self { replacing(with: Self(repeating: 0), where: self .< Self(repeating: 0)) }
}

extension SIMD4<Double>: Lanes {
  var withoutNegatives: Self { replacing(with: Self(repeating: 0), where: self .< Self(repeating: 0)) }
}
