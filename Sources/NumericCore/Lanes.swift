/// One double or several side by side: what formulas are written in that are evaluated for many arguments at a time.
///
/// Every operation acts on each lane alone and rounds once, so an argument gets the same bits whatever stands in the lanes beside it.
public protocol Lanes {
  /// A truth for each lane.
  associatedtype Mask: LaneMask
  /// Sum of each lane's two.
  static func + (a: Self, b: Self) -> Self
  /// Difference of each lane's two.
  static func - (a: Self, b: Self) -> Self
  /// Product of each lane's two.
  static func * (a: Self, b: Self) -> Self
  /// Quotient of each lane's two.
  static func / (a: Self, b: Self) -> Self
  /// Each lane times a number.
  static func * (a: Double, b: Self) -> Self
  /// Each lane less a number.
  static func - (a: Self, b: Double) -> Self
  /// Where the first is smaller.
  static func .< (a: Self, b: Self) -> Mask
  /// Where the first is smaller, or both are equal.
  static func .<= (a: Self, b: Self) -> Mask
  /// 0 in each lane.
  static var zero: Self { get }
  /// The same in each lane.
  init(repeating value: Double)
  /// Root of each lane.
  func squareRoot() -> Self
  /// Each lane of `other` where the mask is set.
  func replacing(with other: Self, where mask: Mask) -> Self
  /// Each lane without the lower half of its 53 digits: the square of what is left is exact.
  var upperHalf: Self { get }
  /// 2ⁿ, for whole numbers n of −1022 to 1023.
  static func powerOfTwo(_ n: Self) -> Self
  /// Each lane put through a function.
  func map(_ function: (Double) -> Double) -> Self
}

/// A truth for each lane.
public protocol LaneMask {
  /// Where both are.
  static func .& (a: Self, b: Self) -> Self
  /// Where one of them is.
  static func .| (a: Self, b: Self) -> Self
  /// Where it is not.
  static prefix func .! (a: Self) -> Self
  /// Whether it is in any lane.
  var isAnywhere: Bool { get }
}

extension Lanes {
  /// Each lane, but 0 where it is negative; NaN stays.
  @inlinable
  @inline(__always)
  public var withoutNegatives: Self { replacing(with: .zero, where: self .< .zero) }

  /// The larger of each lane's two; the first if one is NaN.
  @inlinable
  @inline(__always)
  public static func larger(_ a: Self, _ b: Self) -> Self { a.replacing(with: b, where: a .<= b) }

  /// The smaller of each lane's two; the first if one is NaN.
  @inlinable
  @inline(__always)
  public static func smaller(_ a: Self, _ b: Self) -> Self { a.replacing(with: b, where: b .< a) }

  /// What rounding took from the product of two: a·b − product, where nothing overflows (Dekker 1971).
  @inlinable
  @inline(__always)
  public static func lost(by product: Self, _ a: Self, _ b: Self) -> Self {
    let (high, other) = (a.upperHalf, b.upperHalf)
    let (low, rest) = (a - high, b - other)
    return ((high * other - product) + high * rest + low * other) + low * rest
  }

  /// Each lane's magnitude.
  @inlinable
  @inline(__always)
  public var size: Self { replacing(with: .zero - self, where: self .< .zero) }
}

extension Double: Lanes {
  /// The number itself.
  @inlinable
  @inline(__always)
  public init(repeating value: Double) { self = value }
  /// Whether the first is smaller.
  @inlinable
  @inline(__always)
  public static func .< (a: Double, b: Double) -> Bool { a < b }
  /// Whether the first is smaller, or both are equal.
  @inlinable
  @inline(__always)
  public static func .<= (a: Double, b: Double) -> Bool { a <= b }
  /// One of the two.
  @inlinable
  @inline(__always)
  public func replacing(with other: Double, where mask: Bool) -> Double { mask ? other : self }
  /// The number without the lower half of its digits.
  @inlinable
  @inline(__always)
  public var upperHalf: Double { Double(bitPattern: bitPattern & 0xffff_ffff_f800_0000) }
  /// 2ⁿ.
  @inlinable
  @inline(__always)
  public static func powerOfTwo(_ n: Double) -> Double {
    // The last digits of n + 1.5 · 2⁵² are n.
    Double(bitPattern: (n + 0x1.8p52).bitPattern << 52 &+ (1.0).bitPattern)
  }
  /// The function's value.
  @inlinable
  @inline(__always)
  public func map(_ function: (Double) -> Double) -> Double { function(self) }
}

extension Bool: LaneMask {
  /// Both.
  @inlinable
  @inline(__always)
  public static func .& (a: Bool, b: Bool) -> Bool { a && b }
  /// One of them.
  @inlinable
  @inline(__always)
  public static func .| (a: Bool, b: Bool) -> Bool { a || b }
  /// Not.
  @inlinable
  @inline(__always)
  public static prefix func .! (a: Bool) -> Bool { !a }
  /// The truth itself.
  @inlinable
  @inline(__always)
  public var isAnywhere: Bool { self }
}

extension SIMD4<Double>: Lanes {
  /// A truth for each lane.
  public typealias Mask = SIMDMask<SIMD4<Int64>>
  /// Each lane without the lower half of its digits.
  @inlinable
  @inline(__always)
  public var upperHalf: Self {
    unsafeBitCast(unsafeBitCast(self, to: SIMD4<UInt64>.self) & 0xffff_ffff_f800_0000, to: Self.self)
  }
  /// 2ⁿ.
  @inlinable
  @inline(__always)
  public static func powerOfTwo(_ n: Self) -> Self {
    let digits = unsafeBitCast(n + 0x1.8p52, to: SIMD4<UInt64>.self)
    return unsafeBitCast(digits &<< 52 &+ (1.0).bitPattern, to: Self.self)
  }
  /// Each lane put through a function.
  @inlinable
  @inline(__always)
  public func map(_ function: (Double) -> Double) -> Self {
    Self(function(self[0]), function(self[1]), function(self[2]), function(self[3]))
  }
}

extension SIMDMask: LaneMask where Storage == SIMD4<Int64> {
  /// Whether it is in any lane.
  @inlinable
  @inline(__always)
  public var isAnywhere: Bool { any(self) }
}
