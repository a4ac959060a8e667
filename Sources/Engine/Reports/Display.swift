import EffectSizes
import Synthesis
import TableIO

/// The way from the analysis scale to the scale people read, for pooled values of a set of studies.
struct Display: Sendable {
  /// The transformation's name, as JSON prints it.
  let name: String
  /// The transformation.
  let function: @Sendable (Double) -> Double

  /// The transformation of a measure; the Freeman–Tukey one goes back with the harmonic mean of the sizes
  /// (Miller 1978).
  init(_ studies: borrowing StudySet) {
    let transform = studies.measure.display
    let size = transform.needsSize ? studies.harmonicSize : nil
    name = transform.name
    function = { transform.apply($0, harmonicSize: size) }
  }

  /// The value on the analysis scale that is shown as `value`, found by halving; `nil` when no value is.
  func analysisValue(of value: Double) -> Double? {
    if name == "none" { return value }
    var (lower, upper) = (-700.0, 700.0)
    guard function(lower) < value, value < function(upper) else { return nil }
    while upper - lower > 1e-15 * max(1, abs(lower)) {
      let middle = 0.5 * (lower + upper)
      if middle == lower || middle == upper { break }
      if function(middle) < value { lower = middle } else { upper = middle }
    }
    return 0.5 * (lower + upper)
  }

  /// Estimate, interval and prediction interval as people read them.
  func json(_ estimate: Estimate, _ prediction: Prediction?) -> JSONValue {
    .fields([
      ("transform", .string(name)), ("estimate", .orNull(function(estimate.value))),
      ("ci_lower", .orNull(function(estimate.interval.lower))),
      ("ci_upper", .orNull(function(estimate.interval.upper))),
      ("pi_lower", .orNull((prediction?.interval.lower).map(function))),
      ("pi_upper", .orNull((prediction?.interval.upper).map(function))),
    ])
  }
}

extension StudySet {
  /// Harmonic mean of the studies' sizes.
  var harmonicSize: Double? {
    let sizes = (0..<count).compactMap(size)
    guard sizes.count == count, count > 0 else { return nil }
    return Double(count) / sizes.reduce(0) { $0 + 1 / $1 }
  }
}

extension Measure {
  /// The measure's name on the scale people read, with a capital: a log ratio that is shown back-transformed is a ratio.
  var displayName: String {
    var shown = name
    for prefix in ["log ", "logit transformed ", "raw "] where display != .none || prefix == "raw " {
      if shown.lowercased().hasPrefix(prefix) { shown = String(shown.dropFirst(prefix.count)) }
    }
    return shown.prefix(1).uppercased() + shown.dropFirst()
  }

  /// The measure's name in figures whose values are on the scale people read.
  var shownName: String {
    if code == "GEN" { return "Effect estimate" }
    if code == "PETO" { return "Peto odds ratio" }
    var shown = displayName
    guard display != .none else { return shown }
    for lead in ["transformed ", "z of a "] {
      if let range = shown.firstRange(of: lead) { shown = String(shown[range.upperBound...]) }
    }
    return shown.prefix(1).uppercased() + shown.dropFirst()
  }
}
