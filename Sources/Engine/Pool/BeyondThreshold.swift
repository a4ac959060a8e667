import Synthesis
import TableIO

/// How likely the effect in a new setting lies beyond a value, by the distribution behind the prediction interval.
struct BeyondThreshold: Sendable {
  /// The value, on the scale people read.
  let value: Double
  /// Probabilities of a larger and of a smaller effect.
  let above, below: Double

  /// - Throws: 64 for a value that no effect can have, 69 without a prediction interval.
  init(_ value: Double, fit: Fit, display: Display) throws(EvidenceError) {
    guard let onScale = display.analysisValue(of: value) else {
      throw EvidenceError(.usage, "--threshold \(value.shortText) is no value of the effect as shown")
    }
    guard let prediction = fit.prediction, let above = prediction.probability(above: onScale),
      let below = prediction.probability(below: onScale)
    else {
      throw EvidenceError(
        .notEstimable, "--threshold needs a prediction interval, and there is none",
        hint: "use a random-effects method with at least 3 studies and --prediction riley, t or normal")
    }
    self.value = value
    self.above = above
    self.below = below
  }

  var json: JSONValue {
    .fields([("value", .number(value)), ("above", .orNull(above)), ("below", .orNull(below))])
  }

  /// For people.
  func line(_ format: TextFormat) -> String {
    "In a new setting: P(effect > \(value.shortText)) = \(format.number(above)), "
      + "P(effect < \(value.shortText)) = \(format.number(below))"
  }
}
