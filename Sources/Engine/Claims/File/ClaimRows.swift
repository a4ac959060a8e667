/// A row of counts as a data file prints it.
struct CountsRow: Sendable {
  struct Arm: Sendable {
    var events: Int?
    var total: Int?
    /// The percentage that a source prints for it.
    var percent: PrintedNumber?
  }

  let id: String
  let trial: String
  let arms: [Arm]
  /// What the experimental group is called in the columns' names.
  let experimental: String

  /// Both groups' counts, when all are there.
  var table: Counts? {
    guard arms.count == 2, let a = arms[0].events, let n1 = arms[0].total, let c = arms[1].events,
      let n2 = arms[1].total
    else { return nil }
    return Counts(events1: Double(a), n1: Double(n1), events2: Double(c), n2: Double(n2))
  }
}

/// A row of means as a data file prints it.
struct MeansRow: Sendable {
  struct Arm: Sendable {
    var mean: PrintedNumber?
    var standardDeviation: PrintedNumber?
    var n: Int?
  }

  let id: String
  let trial: String
  let scale: String
  let timepoint: String
  let arms: [Arm]
  let experimental: String
  /// Whether the row's published effect is one of a model, so that raw means cannot give it.
  let isAdjusted: Bool

  var isBaseline: Bool { timepoint.lowercased().contains("baseline") }
}

/// What is known of a trial as a whole.
struct TrialFacts: Sendable {
  var n1: Int?
  var n2: Int?
  var total: Int?
  /// Words for the control group.
  var controlWords: [String] = []
}

/// All rows that claims may name.
struct ClaimRows: Sendable {
  var counts: [String: CountsRow] = [:]
  var means: [String: MeansRow] = [:]
  var trials: [String: TrialFacts] = [:]
  /// Names of the files read.
  var files: [String] = []

  func has(_ id: String) -> Bool { counts[id] != nil || means[id] != nil }
}
