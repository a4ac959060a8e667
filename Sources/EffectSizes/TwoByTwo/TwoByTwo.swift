/// Counts of two groups by two outcomes: a of n₁ = a + b in group 1 have the event, c of n₂ = c + d in group 2.
struct TwoByTwo: Sendable {
  var a: Double
  var b: Double
  var c: Double
  var d: Double

  var n1: Double { a + b }
  var n2: Double { c + d }
  var total: Double { a + b + c + d }
  var hasZeroCell: Bool { a == 0 || b == 0 || c == 0 || d == 0 }
  /// No event in either group, or events only.
  var isUninformative: Bool { (a == 0 && c == 0) || (b == 0 && d == 0) }
  /// Sum of the reciprocal cells, the large-sample variance of the log odds ratio.
  var sumOfReciprocals: Double { 1 / a + 1 / b + 1 / c + 1 / d }

  func adding(_ amount: Double) -> TwoByTwo { TwoByTwo(a: a + amount, b: b + amount, c: c + amount, d: d + amount) }
}

extension UsableRows where Input == TwoByTwo {
  /// Drops tables without information when asked, and adds to the cells of the rows that the rule names.
  init(_ columns: StudyColumns, _ settings: Settings) {
    let reader = TwoByTwoReader(columns)
    self.init(count: columns.count) { row throws(RowProblem.Kind) in
      let table = try reader.read(row)
      if settings.drop00 && table.isUninformative {
        throw .notEstimable("no events, or events only, in both groups (dropped)")
      }
      return table
    }
    correct(settings, needs: \.hasZeroCell) { $0.adding($1) }
  }
}

extension Measure {
  /// A measure of a table of two groups by two outcomes; `estimate` gets all usable tables, corrected, at once.
  static func twoByTwo(
    _ facts: Facts, add: Double = 0.5, estimate: @escaping @Sendable ([TwoByTwo], Settings) -> [Effect]
  ) -> Measure {
    Measure(facts, family: .twoByTwo, forms: .twoByTwo, add: add) { columns, settings in
      let rows = UsableRows<TwoByTwo>(columns, settings)
      return rows.columns(estimate(rows.inputs, settings), sizes: \.total) { table in
        table.hasZeroCell
          ? "undefined for a table with a zero cell; a continuity correction makes it estimable"
          : "undefined for this table"
      }
    }
  }

  /// The measures of two-by-two tables.
  static let twoByTwo: [Measure] = [
    riskRatio, oddsRatio, riskDifference, arcsineDifference, petoOddsRatio, phi, zPhi, yuleQ, yuleY, tetrachoric,
    zTetrachoric, probitDifference, oddsRatioToSMDNormal, oddsRatioToSMDLogistic,
  ]
}
