/// Events and non-events of one group.
struct Proportion: Sendable {
  let x: Double
  let rest: Double

  var n: Double { x + rest }
  var p: Double { x / n }
  var hasZero: Bool { x == 0 || rest == 0 }
}

extension UsableRows where Input == Proportion {
  /// Reads events with the group's size or its non-events, and corrects for zeros.
  init(_ columns: StudyColumns, _ settings: Settings) {
    let xi = RoleColumn(.xi, of: columns)
    let mi = RoleColumn(.mi, of: columns)
    let ni = RoleColumn(.ni, of: columns)
    self.init(count: columns.count) { row throws(RowProblem.Kind) in
      try requireValues(row, [xi] + (mi[row].isNaN ? [ni.isPresent ? ni : mi] : []))
      let x = try xi.nonNegative(row, "a count")
      guard let size = try ni.ifPresent(row) else {
        let rest = try mi.nonNegative(row, "a count")
        guard x + rest > 0 else { throw mi.impossible(row, "a group of at least one") }
        return Proportion(x: x, rest: rest)
      }
      guard size > 0 else { throw ni.impossible(row, "a group size above 0") }
      guard x <= size else { throw ni.impossible(row, "a total of at least the \(plain(x)) events") }
      if try mi.ifPresent(row) != nil {
        let rest = try mi.nonNegative(row, "a count")
        guard abs(x + rest - size) <= 1e-8 * size else {
          throw ni.impossible(row, "\(plain(x + rest)), the sum of the counts")
        }
      }
      return Proportion(x: x, rest: size - x)
    }
    correct(settings, needs: \.hasZero) { Proportion(x: $0.x + $1, rest: $0.rest + $1) }
  }
}

extension Measure {
  /// A measure of one group's proportion.
  static func proportion(
    _ facts: Facts, add: Double = 0.5, estimate: @escaping @Sendable ([Proportion], Settings) -> [Effect]
  ) -> Measure {
    let forms = [InputForm([.xi, .ni], optional: [.mi]), InputForm([.xi, .mi])]
    return Measure(facts, family: .proportion, forms: forms, add: add) { columns, settings in
      let rows = UsableRows<Proportion>(columns, settings)
      return rows.columns(estimate(rows.inputs, settings), sizes: \.n) { _ in
        "undefined without events, or with events only; a continuity correction makes it estimable"
      }
    }
  }

  /// The measures of one group's proportion.
  static let proportions: [Measure] = [
    rawProportion, logProportion, logitProportion, probitProportion, arcsineProportion, freemanTukeyProportion,
  ]
}
