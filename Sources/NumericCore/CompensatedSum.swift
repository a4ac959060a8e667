/// A running sum that carries the rounding error of each addition, as accurate as twice the working precision.
///
/// Each step is Knuth's error-free `twoSum`; the errors are added up apart and joined in ``value``. The relative error
/// is about `ε + n ε² · Σ|x| / |Σx|`, against `n ε · Σ|x| / |Σx|` for a plain loop. Infinities and NaN come out as
/// they would from a plain sum. Source: Ogita, Rump & Oishi (2005), algorithm 4.4 (Sum2).
@frozen
public struct CompensatedSum: Sendable {
  @usableFromInline var high: Double
  @usableFromInline var low = 0.0

  /// A sum that starts at `value`.
  @inlinable
  public init(_ value: Double = 0) { high = value }

  /// Adds one term.
  @inlinable
  public mutating func add(_ term: Double) {
    let sum = high + term
    let part = sum - high
    low += (high - (sum - part)) + (term - part)
    high = sum
  }

  /// Adds a product with its rounding error, so that `Σ xy` is as good as if formed in twice the precision.
  @inlinable
  public mutating func add(product x: Double, _ y: Double) {
    let product = x * y
    add(product)
    low += (-product).addingProduct(x, y)
  }

  /// Adds another sum, its compensation included.
  @inlinable
  public mutating func add(_ other: CompensatedSum) {
    add(other.high)
    low += other.low
  }

  /// The sum of the terms so far.
  @inlinable
  public var value: Double { high.isFinite ? high + low : high }
}

extension CompensatedSum {
  /// The compensated sum of an array's elements; 0 when empty.
  public static func of(_ values: [Double]) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value
  }
}
