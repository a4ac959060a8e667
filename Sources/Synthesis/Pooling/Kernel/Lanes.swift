/// One double or several side by side: what the sums over short sets and the searches for τ² are written in.
///
/// Every operation acts on each lane alone and rounds once, so a set gets the same bits whatever stands in the lanes beside it.
protocol Lanes {
  associatedtype Mask: LaneMask
  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static func * (a: Double, b: Self) -> Self
  static func - (a: Self, b: Double) -> Self
  static func .< (a: Self, b: Self) -> Mask
  static func .<= (a: Self, b: Self) -> Mask
  static var zero: Self { get }
  init(repeating value: Double)
  func squareRoot() -> Self
  /// Each lane of `other` where the mask is set.
  func replacing(with other: Self, where mask: Mask) -> Self
}

/// A truth for each lane.
protocol LaneMask {
  static func .& (a: Self, b: Self) -> Self
  static func .| (a: Self, b: Self) -> Self
  static prefix func .! (a: Self) -> Self
}

extension Lanes {
  /// Each lane, but 0 where it is negative; NaN stays.
  @inline(__always)
  var withoutNegatives: Self { replacing(with: .zero, where: self .< .zero) }

  /// The larger of each lane's two; the first if one is NaN.
  @inline(__always)
  static func larger(_ a: Self, _ b: Self) -> Self { a.replacing(with: b, where: a .<= b) }

  /// The smaller of each lane's two; the first if one is NaN.
  @inline(__always)
  static func smaller(_ a: Self, _ b: Self) -> Self { a.replacing(with: b, where: b .< a) }

  /// Each lane's magnitude.
  @inline(__always)
  var size: Self { replacing(with: .zero - self, where: self .< .zero) }
}

extension Double: Lanes {
  @inline(__always)
  init(repeating value: Double) { self = value }
  @inline(__always)
  static func .< (a: Double, b: Double) -> Bool { a < b }
  @inline(__always)
  static func .<= (a: Double, b: Double) -> Bool { a <= b }
  @inline(__always)
  func replacing(with other: Double, where mask: Bool) -> Double { mask ? other : self }
}

extension Bool: LaneMask {
  @inline(__always)
  static func .& (a: Bool, b: Bool) -> Bool { a && b }
  @inline(__always)
  static func .| (a: Bool, b: Bool) -> Bool { a || b }
  @inline(__always)
  static prefix func .! (a: Bool) -> Bool { !a }
}

extension SIMD4<Double>: Lanes { typealias Mask = SIMDMask<SIMD4<Int64>> }

extension SIMDMask: LaneMask where Storage == SIMD4<Int64> {}
