import NumericCore

/// A stated quantity laid beside what a formula gives.
struct ClaimMatch: Sendable {
  enum Grade: Int, Comparable, Sendable {
    case reproduces, withinRange, truncated, fails
    static func < (a: Grade, b: Grade) -> Bool { a.rawValue < b.rawValue }
  }

  /// One printed number beside its value and range.
  struct Part: Sendable {
    let name: String
    let printed: PrintedNumber
    let value: Double
    let range: Enclosure
  }

  let recomputation: Recomputation
  let parts: [Part]
  let grade: Grade
  /// Stated numbers that the formula has no value for.
  let unchecked: [String]
  /// Inputs that print so, found in the search.
  let witness: [Double]?

  /// Relative error allowed to computed values at the ends of sets.
  static let slack = 1e-12

  init(_ quantity: PrintedQuantity, _ recomputation: Recomputation, kind: QuantityKind) {
    let found = ClaimMatch.parts(quantity, recomputation.point, recomputation.range)
    self.recomputation = recomputation
    parts = found.parts
    unchecked = found.unchecked
    let rules = kind.rules
    func prints(_ part: Part, _ rules: [Rounding]) -> Bool {
      !part.printed.rules(printing: part.value, among: rules, slack: ClaimMatch.slack).isEmpty
    }
    if parts.allSatisfy({ prints($0, rules) }) {
      grade = .reproduces
      witness = nil
    } else {
      let joint = ClaimMatch.joint(quantity, recomputation, rules)
      witness = joint.witness
      grade =
        joint.isPossible
        ? .withinRange : parts.allSatisfy({ prints($0, rules + [.truncation]) }) ? .truncated : .fails
    }
  }

  /// How far the estimate is from printing as stated, in units of its last digit.
  var distance: Double {
    parts.map { part in
      let set = part.printed.reals(under: Rounding.nearest)
      return set.distance(to: part.value) / part.printed.unit
    }.reduce(0, +)
  }

  /// The stated numbers beside the outcome's.
  private static func parts(
    _ quantity: PrintedQuantity, _ point: Outcome<Double>, _ range: Outcome<Enclosure>
  ) -> (parts: [Part], unchecked: [String]) {
    var parts = [Part(name: "value", printed: quantity.estimate, value: point.estimate, range: range.estimate)]
    var unchecked: [String] = []
    func add(_ name: String, _ printed: PrintedNumber?, _ value: Double?, _ range: Enclosure?) {
      guard let printed else { return }
      if let value, let range {
        parts.append(Part(name: name, printed: printed, value: value, range: range))
      } else {
        unchecked.append("\(name) \(printed)")
      }
    }
    add("lower limit", quantity.interval?.lower, point.lower, range.lower)
    add("upper limit", quantity.interval?.upper, point.upper, range.upper)
    add("p", quantity.p, point.p, range.p)
    if let spread = quantity.spread {
      if spread.kind == .standardError {
        add("SE", spread.number, point.standardError, range.standardError)
      } else {
        unchecked.append("\(spread.number) in brackets")
      }
    }
    return (parts, unchecked)
  }

  /// Whether some inputs print all numbers at once: by the single combinations of whole numbers, else by halving the box of
  /// the inputs' sets.
  private static func joint(
    _ quantity: PrintedQuantity, _ recomputation: Recomputation, _ rules: [Rounding]
  ) -> (isPossible: Bool, witness: [Double]?) {
    func allows(_ outcome: Outcome<Enclosure>) -> Bool {
      parts(quantity, recomputation.point, outcome).parts.allSatisfy { part in
        rules.contains { part.printed.reals($0).meets(RealRange(part.range.lower, part.range.upper)) }
      }
    }
    guard allows(recomputation.range) else { return (false, nil) }
    if !recomputation.combinations.isEmpty { return (recomputation.combinations.contains(where: allows), nil) }
    guard let box = recomputation.box else { return (true, nil) }
    let search = box.search(allows: allows, holds: allows)
    return (search.point != nil || !search.isDecided, search.point)
  }
}

extension Enclosure {
  /// As a set of reals.
  var reals: RealRange { RealRange(lower, upper) }
}
