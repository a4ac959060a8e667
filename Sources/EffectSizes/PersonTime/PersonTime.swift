/// Events and person-time of two groups.
struct PersonTime: Sendable {
  var x1: Double
  let t1: Double
  var x2: Double
  let t2: Double

  var hasZero: Bool { x1 == 0 || x2 == 0 }
}

extension UsableRows where Input == PersonTime {
  /// Reads events and person-times, drops rows without any event when asked, and corrects for zeros.
  init(_ columns: StudyColumns, _ settings: Settings) {
    let x1i = RoleColumn(.x1i, of: columns)
    let t1i = RoleColumn(.t1i, of: columns)
    let x2i = RoleColumn(.x2i, of: columns)
    let t2i = RoleColumn(.t2i, of: columns)
    self.init(count: columns.count) { row throws(RowProblem.Kind) in
      try requireValues(row, [x1i, t1i, x2i, t2i])
      let data = PersonTime(
        x1: try x1i.nonNegative(row, "a count"), t1: try t1i.positive(row, "a person-time"),
        x2: try x2i.nonNegative(row, "a count"), t2: try t2i.positive(row, "a person-time"))
      if settings.drop00 && data.x1 == 0 && data.x2 == 0 { throw .notEstimable("no events in either group (dropped)") }
      return data
    }
    correct(settings, needs: \.hasZero) { PersonTime(x1: $0.x1 + $1, t1: $0.t1, x2: $0.x2 + $1, t2: $0.t2) }
  }
}

extension Measure {
  /// A measure of two groups' events and person-times.
  static func personTime(
    _ facts: Facts, add: Double = 0.5, estimate: @escaping @Sendable (PersonTime) -> Effect
  ) -> Measure {
    Measure(facts, family: .personTime, forms: [InputForm([.x1i, .t1i, .x2i, .t2i])], add: add) { columns, settings in
      let rows = UsableRows<PersonTime>(columns, settings)
      return rows.columns(rows.inputs.map(estimate), sizes: { $0.t1 + $0.t2 }) { _ in
        "undefined without events in a group; a continuity correction makes it estimable"
      }
    }
  }

  /// The measures of two groups' rates.
  static let personTimes: [Measure] = [rateRatio, rateDifference, squareRootRateDifference]
}
