extension UsableRows where Input == TwoByTwo {
  /// Paired tables: a pairs have the event both times, b at the first only, c at the second only, d at neither.
  init(paired columns: StudyColumns, _ settings: Settings) {
    let reader = TwoByTwoReader(columns, allowsEmptyRow: true)
    self.init(count: columns.count) { row throws(RowProblem.Kind) in
      let table = try reader.read(row)
      guard table.total > 0 else { throw .notEstimable("no pairs") }
      return table
    }
    correct(settings, needs: \.hasZeroCell) { $0.adding($1) }
  }
}

extension Measure {
  /// A measure of a paired table.
  static func paired(_ facts: Facts, estimate: @escaping @Sendable (TwoByTwo) -> Effect) -> Measure {
    Measure(facts, family: .pairedTable, forms: .twoByTwo, add: 0.5) { columns, settings in
      let rows = UsableRows<TwoByTwo>(paired: columns, settings)
      return rows.columns(rows.inputs.map(estimate), sizes: \.total) { _ in
        "undefined for a table with these empty cells; a continuity correction makes it estimable"
      }
    }
  }

  /// The measures of paired tables.
  static let pairedTables: [Measure] = [
    pairedRiskRatio, pairedOddsRatio, pairedRiskDifference, conditionalOddsRatio, conditionalPeto, marginalOddsRatio,
  ]
}
