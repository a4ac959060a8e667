import TableIO

/// P-values too small for a double, or nearly: their logarithm goes beside them.
enum LogP {
  /// Below this the natural logarithm is given as well.
  static let threshold = 1e-300

  /// The logarithm as a field, when the p-value is that small.
  static func fields(_ p: Double?, _ logarithm: Double?, name: String = "log_p") -> [(String, JSONValue)] {
    guard let p, p < threshold, let logarithm, logarithm < 0 else { return [] }
    return [(name, .orNull(logarithm))]
  }

  /// `, log10 P = −18772.4` for such a p-value, else nothing.
  static func remark(_ p: Double?, _ logarithm: Double?) -> String {
    guard let p, p < threshold, let logarithm, logarithm < 0, logarithm.isFinite else { return "" }
    return ", log10 P = " + NumberText.plain.fixed(logarithm / 2.302585092994046, decimals: 1)
  }
}
