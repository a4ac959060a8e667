import NumericCore

/// The coding of every column that a formula calls for, learnt from the rows of the fit.
///
/// A factor enters a term by treatment contrasts (a column per level but the first) when the term without that factor
/// is in the model too, else by a column per level. Main effects always count the intercept as present; without
/// intercept the first factor that enters as a main effect gets a column per level.
///
/// Source: Chambers and Hastie (1992), Statistical Models in S, sections 2.3 and 2.4.
struct DesignCoding: Sendable {
  /// The formula.
  let formula: Formula
  /// Names of the columns.
  let names: [String]
  /// The term of each column: 0 for the intercept, else the term's place in `formula.termLabels`, from 1.
  let assignment: [Int]
  /// Whether each column belongs to an interaction that a factor takes part in.
  let isFactorInteraction: [Bool]
  private let encoders: [Int: ModeratorEncoder]
  /// Per term, the variables with whether all their levels are coded.
  private let plan: [[(variable: Int, allLevels: Bool)]]

  /// Learns the codings from rows without missing values.
  init(formula: Formula, rows: DesignColumns) throws(DesignError) {
    var encoders: [Int: ModeratorEncoder] = [:]
    for variable in Set(formula.terms.joined()).sorted() {
      encoders[variable] = try ModeratorEncoder(formula.variables[variable], rows: rows)
    }
    let plan = Self.plan(formula) { encoders[$0]?.levels != nil }
    var names = formula.hasIntercept ? ["intercept"] : []
    var assignment = formula.hasIntercept ? [0] : []
    for (number, term) in plan.enumerated() {
      var termNames = [""]
      for part in term {
        guard let encoder = encoders[part.variable] else { continue }
        if let levels = encoder.levels, levels.count < 2, !part.allLevels {
          throw .singleLevel(variable: encoder.label, level: levels.first ?? "")
        }
        let own = encoder.columnNames(allLevels: part.allLevels)
        termNames = own.flatMap { name in termNames.map { $0.isEmpty ? name : "\($0):\(name)" } }
      }
      names += termNames
      assignment += [Int](repeating: number + 1, count: termNames.count)
    }
    guard !names.isEmpty else { throw .empty }
    isFactorInteraction = assignment.map { number in
      number > 0 && plan[number - 1].count > 1 && plan[number - 1].contains { encoders[$0.variable]?.levels != nil }
    }
    self.formula = formula
    self.names = names
    self.assignment = assignment
    self.encoders = encoders
    self.plan = plan
  }

  /// Which variables of each term are coded by all their levels.
  private static func plan(
    _ formula: Formula, isFactor: (Int) -> Bool
  ) -> [[(variable: Int, allLevels: Bool)]] {
    var firstFactorPending = !formula.hasIntercept
    return formula.terms.map { term in
      term.map { variable in
        guard isFactor(variable) else { return (variable, false) }
        let rest = term.filter { $0 != variable }
        guard rest.isEmpty else { return (variable, !formula.terms.contains(rest)) }
        defer { firstFactorPending = false }
        return (variable, firstFactorPending)
      }
    }
  }

  /// Codes rows without missing values.
  ///
  /// - Throws: `DesignError.unknownLevel` for a level that the rows of the fit did not have, and others.
  func matrix(for rows: DesignColumns) throws(DesignError) -> Matrix {
    var values: [Int: ModeratorEncoder.Values] = [:]
    for variable in encoders.keys.sorted() { values[variable] = try encoders[variable]?.encode(rows) }
    var matrix = Matrix(rows: rows.count, columns: names.count, repeating: 1)
    var column = formula.hasIntercept ? 1 : 0
    for term in plan {
      let widths = term.map { encoders[$0.variable]?.columnCount(allLevels: $0.allLevels) ?? 1 }
      for number in 0..<widths.reduce(1, *) {
        var rest = number
        for (part, width) in zip(term, widths) {
          guard let coded = values[part.variable] else { continue }
          Self.multiply(&matrix, column: column, by: coded, choice: rest % width, allLevels: part.allLevels)
          rest /= width
        }
        column += 1
      }
    }
    return matrix
  }

  private static func multiply(
    _ matrix: inout Matrix, column: Int, by values: ModeratorEncoder.Values, choice: Int, allLevels: Bool
  ) {
    let start = column * matrix.rows
    switch values {
    case .columns(let columns):
      let factor = columns[choice]
      for i in factor.indices { matrix.storage[start + i] *= factor[i] }
    case .levels(let codes):
      let level = Int32(allLevels ? choice : choice + 1)
      for i in codes.indices where codes[i] != level { matrix.storage[start + i] = 0 }
    }
  }
}
