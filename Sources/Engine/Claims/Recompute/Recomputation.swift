import NumericCore

/// One formula applied to the data of a claim: its value, and all values that the inputs' printed digits allow.
struct Recomputation: Sendable {
  /// How the range was found.
  enum Basis: Sendable, Equatable {
    /// The inputs are whole numbers: there is one value.
    case exact
    /// Interval arithmetic over the sets of the printed inputs: the range holds every possible value.
    case intervals
    /// Every combination of whole numbers that the inputs allow, by interval arithmetic where means are printed.
    case exhaustive(Int)
    /// Values at the corners and at random points of the inputs' sets: the true range may be wider.
    case sampled(Int)
    /// A formula of literal numbers.
    case literal
  }

  /// The formula, in words.
  let name: String
  /// Words by which a claim can ask for it.
  let tags: [String]
  /// Value from the inputs as printed.
  let point: Outcome<Double>
  /// All values.
  let range: Outcome<Enclosure>
  /// How the range was found.
  let basis: Basis
  /// The outcomes of the single combinations of whole numbers, where there are several.
  var combinations: [Outcome<Enclosure>] = []
  /// Value and range from a part of the inputs' sets, for a search within it.
  var box: InputBox?
  /// What was assumed.
  var assumptions: [String] = []

  /// The same with the groups exchanged.
  var negated: Recomputation {
    var result = Recomputation(
      name: name, tags: tags, point: point.negated, range: range.negated, basis: basis,
      combinations: combinations.map(\.negated), box: box?.negated, assumptions: assumptions)
    result.isTurned = true
    return result
  }

  /// Whether the sign was turned.
  var isTurned = false
}

/// Printed inputs of a formula as a box of intervals.
struct InputBox: Sendable {
  let sides: [Enclosure]
  let evaluate: @Sendable ([Enclosure]) -> Outcome<Enclosure>

  var negated: InputBox {
    let evaluate = evaluate
    return InputBox(sides: sides) { evaluate($0).negated }
  }

  /// Whether a point of the box satisfies a condition, by halving the box along its widest side.
  ///
  /// - Parameters:
  ///   - allows: whether the outcome of a part leaves the condition possible.
  ///   - holds: whether the outcome of a single point satisfies it.
  /// - Returns: the point; `nil` with `isDecided` when no point does, undecided when the budget is spent.
  func search(
    budget: Int = 4000, allows: (Outcome<Enclosure>) -> Bool, holds: (Outcome<Enclosure>) -> Bool
  ) -> (point: [Double]?, isDecided: Bool) {
    let scale = sides.map { max($0.width, .leastNormalMagnitude) }
    var parts = [sides]
    var spent = 0
    while let part = parts.popLast() {
      spent += 1
      guard spent <= budget else { return (nil, false) }
      guard allows(evaluate(part)) else { continue }
      let middle = part.map(\.middle)
      if holds(evaluate(middle.map { Enclosure($0) })) { return (middle, true) }
      guard let widest = part.indices.max(by: { part[$0].width / scale[$0] < part[$1].width / scale[$1] }),
        part[widest].width > 1e-9 * scale[widest]
      else { return (nil, false) }
      for half in [
        Enclosure(part[widest].lower, middle[widest]), Enclosure(middle[widest], part[widest].upper),
      ] {
        var next = part
        next[widest] = half
        parts.append(next)
      }
    }
    return (nil, true)
  }
}
