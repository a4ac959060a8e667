/// The order of factor levels.
///
/// Levels that are all numbers are ordered by value, as R's `factor()` of a numeric column. Others are ordered
/// alphabetically without regard to letter case, white space and punctuation before digits before letters; of levels
/// that differ in case alone the lower-case one is first. This is the order of R in English and C.UTF-8 locales for
/// ASCII levels; other letters follow in the order of their Unicode scalars. It does not depend on the machine's locale.
enum LevelOrder {
  /// ASCII signs in the order of the Unicode collation algorithm's default table.
  private static let signs = Array(" _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$".unicodeScalars)

  /// Ranks of the ASCII scalars; letters of either case share a rank.
  private static let ranks: [UInt32] = (0..<128).map { value in
    let scalar = Unicode.Scalar(UInt8(value))
    if let sign = signs.firstIndex(of: scalar) { return UInt32(sign) + 200 }
    switch scalar {
    case "0"..."9": return UInt32(value) + 300
    case "a"..."z": return UInt32(value) + 400
    case "A"..."Z": return UInt32(value) + 432
    default: return UInt32(value)
    }
  }

  /// Whether one level comes before another.
  static func precedes(_ left: String, _ right: String) -> Bool {
    let leftKey = left.unicodeScalars.map(rank)
    let rightKey = right.unicodeScalars.map(rank)
    if leftKey != rightKey { return leftKey.lexicographicallyPrecedes(rightKey) }
    for (a, b) in zip(left.unicodeScalars, right.unicodeScalars) where a != b { return a.value > b.value }
    return false
  }

  private static func rank(_ scalar: Unicode.Scalar) -> UInt32 {
    scalar.isASCII ? ranks[Int(scalar.value)] : scalar.value + 1_000
  }
}
