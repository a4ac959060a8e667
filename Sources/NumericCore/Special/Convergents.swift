/// The convergents of a continued fraction t₀ + p₁/(t₁ + p₂/(t₂ + …)): numerators and denominators recurred apart, so that
/// a term costs no division.
///
/// Source: Didonato & Morris (1992), after equation 9; the recurrence is Wallis's.
struct Convergents {
  private(set) var numerator: Double
  private(set) var denominator = 1.0
  private var numeratorBefore = 1.0
  private var denominatorBefore = 0.0

  /// The fraction's whole part.
  @inline(__always) init(_ first: Double) { numerator = first }

  /// Takes one more term; true when it no longer changes the quotient.
  @inline(__always) mutating func add(term: Double, partial: Double) -> Bool {
    (numeratorBefore, numerator) = (numerator, term * numerator + partial * numeratorBefore)
    (denominatorBefore, denominator) = (denominator, term * denominator + partial * denominatorBefore)
    let (cross, straight) = (numeratorBefore * denominator, numerator * denominatorBefore)
    if abs(straight - cross) <= 2.3e-16 * abs(straight) { return true }
    // The square root of the range of doubles, for the products above; a term may be as large as a, x and m².
    let largest = max(abs(denominator), abs(numerator))
    if largest > 1e100 {
      let scale = 1 / largest
      numerator *= scale
      numeratorBefore *= scale
      denominator *= scale
      denominatorBefore *= scale
    }
    return false
  }
}
