import Synthesis

/// A column of doubles in the results of a batch, by the name that `evidence batch` prints.
struct ResultColumn {
  let name: String
  let place: WritableKeyPath<GroupResults, GroupResults.Column?>

  /// The columns in order, between `k` and `status`.
  static func all(prediction: Bool) -> [ResultColumn] {
    let plain = [
      ResultColumn(name: "estimate", place: \.estimate), ResultColumn(name: "se", place: \.standardError),
      ResultColumn(name: "ci_lower", place: \.lower), ResultColumn(name: "ci_upper", place: \.upper),
      ResultColumn(name: "p", place: \.p), ResultColumn(name: "tau2", place: \.tauSquared),
      ResultColumn(name: "i2", place: \.iSquared), ResultColumn(name: "q", place: \.q),
      ResultColumn(name: "q_p", place: \.qP),
    ]
    guard prediction else { return plain }
    return plain + [
      ResultColumn(name: "pi_lower", place: \.predictionLower),
      ResultColumn(name: "pi_upper", place: \.predictionUpper),
    ]
  }
}
