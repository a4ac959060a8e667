/// A variable of a formula together with what was learnt from the rows of the design (levels, knots, centres), so that
/// new rows are coded alike.
struct ModeratorEncoder: Sendable {
  /// How values become columns.
  enum Coding: Sendable {
    case numeric(Expression)
    case factor(FactorSource, levels: [String])
    case rawPolynomial(Expression, degree: Int)
    case polynomial(Expression, OrthogonalPolynomial)
    case naturalSpline(Expression, NaturalSpline)
  }

  /// Where a factor's values come from.
  enum FactorSource: Sendable {
    case column(String)
    case truth(Expression)
  }

  /// Coded values of some rows: numeric columns, or level numbers from 0.
  enum Values {
    case columns([[Double]])
    case levels([Int32])
  }

  let label: String
  /// What stands before `[level]` in names.
  private let stem: String
  let coding: Coding

  /// Learns the coding of a variable from rows without missing values.
  init(_ variable: Moderator, rows: DesignColumns) throws(DesignError) {
    label = variable.label
    var stem = variable.label
    switch variable.kind {
    case .column(let name):
      guard let column = rows[name] else { throw .unknownColumn(name: name, known: rows.names) }
      switch column {
      case .numbers: coding = .numeric(.column(name))
      case .text:
        coding = .factor(
          .column(name), levels: try FactorLevels.of(column, variable: label, given: nil, reference: nil))
      }
    case .factor(let name, let given, let reference):
      guard let column = rows[name] else { throw .unknownColumn(name: name, known: rows.names) }
      stem = name
      coding = .factor(
        .column(name), levels: try FactorLevels.of(column, variable: label, given: given, reference: reference))
    case .numeric(let expression): coding = .numeric(try expression.fitted(to: rows, variable: label))
    case .logical(let expression):
      coding = .factor(.truth(try expression.fitted(to: rows, variable: label)), levels: ["FALSE", "TRUE"])
    case .polynomial(let expression, let degree, let raw):
      let fitted = try expression.fitted(to: rows, variable: label)
      let points = try Self.finite(fitted, over: rows, variable: label)
      if raw {
        coding = .rawPolynomial(fitted, degree: degree)
      } else if let polynomial = OrthogonalPolynomial(points: points, degree: degree) {
        coding = .polynomial(fitted, polynomial)
      } else {
        throw .tooFewValues(variable: label, needed: degree + 1, got: Set(points).count)
      }
    case .naturalSpline(let expression, let knots):
      let fitted = try expression.fitted(to: rows, variable: label)
      coding = .naturalSpline(
        fitted, try Self.spline(knots, points: Self.finite(fitted, over: rows, variable: label), label))
    }
    self.stem = stem
  }

  private static func spline(
    _ knots: SplineKnots, points: [Double], _ label: String
  ) throws(DesignError) -> NaturalSpline {
    switch knots {
    case .degreesOfFreedom(let df):
      if let spline = NaturalSpline(points: points, degreesOfFreedom: df) { return spline }
      throw .tooFewValues(variable: label, needed: df + 1, got: Set(points).count)
    case .explicit(let places):
      guard let lower = points.min(), let upper = points.max(),
        let spline = NaturalSpline(innerKnots: places, boundary: (lower, upper))
      else { throw .knots(variable: label) }
      return spline
    }
  }

  /// Values of an expression, refused unless all are finite.
  private static func finite(
    _ expression: Expression, over rows: DesignColumns, variable: String
  ) throws(DesignError) -> [Double] {
    let values = try expression.values(over: rows, variable: variable)
    if let row = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(variable: variable, row: row) }
    return values
  }

  /// The levels of a factor, the reference first; `nil` for what is not a factor.
  var levels: [String]? {
    if case .factor(_, let levels) = coding { levels } else { nil }
  }

  /// Number of columns, a factor being coded by all its levels or by all but the first.
  func columnCount(allLevels: Bool) -> Int {
    switch coding {
    case .numeric: 1
    case .factor(_, let levels): allLevels ? levels.count : levels.count - 1
    case .rawPolynomial(_, let degree): degree
    case .polynomial(_, let polynomial): polynomial.degree
    case .naturalSpline(_, let spline): spline.columnCount
    }
  }

  /// Names of the columns.
  func columnNames(allLevels: Bool) -> [String] {
    switch coding {
    case .numeric: [label]
    case .factor(_, let levels): levels.dropFirst(allLevels ? 0 : 1).map { "\(stem)[\($0)]" }
    case .rawPolynomial, .polynomial, .naturalSpline:
      (1...columnCount(allLevels: false)).map { "\(label)[\($0)]" }
    }
  }

  /// Codes rows without missing values.
  func encode(_ rows: DesignColumns) throws(DesignError) -> Values {
    switch coding {
    case .numeric(let expression): return .columns([try Self.finite(expression, over: rows, variable: label)])
    case .rawPolynomial(let expression, let degree):
      let points = try Self.finite(expression, over: rows, variable: label)
      return .columns((1...degree).map { exponent in points.map { raised($0, to: Double(exponent)) } })
    case .polynomial(let expression, let polynomial):
      return .columns(polynomial.columns(at: try Self.finite(expression, over: rows, variable: label)))
    case .naturalSpline(let expression, let spline):
      return .columns(spline.columns(at: try Self.finite(expression, over: rows, variable: label)))
    case .factor(.truth(let expression), _):
      return .levels(try expression.values(over: rows, variable: label).map { $0 == 0 ? 0 : 1 })
    case .factor(.column(let name), let levels):
      guard let column = rows[name] else { throw .unknownColumn(name: name, known: rows.names) }
      return .levels(try FactorLevels.codes(of: column, levels: levels, variable: label))
    }
  }
}
