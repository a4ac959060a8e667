/// A variable of a model formula: a column, or something made from columns, that enters terms as a whole.
struct Moderator: Sendable, Equatable {
  /// What the variable is.
  enum Kind: Sendable, Equatable {
    /// A column as it stands: numeric, or a factor when any value is not a number.
    case column(String)
    /// `factor(x)` and `relevel(x, "ref")`: a column taken as a factor; `levels` as given, else sorted.
    case factor(column: String, levels: [String]?, reference: String?)
    /// A numeric expression: `I(x^2)`, `log(x)`, `scale(x)`.
    case numeric(Expression)
    /// A comparison, `I(year > 1970)`: a factor with the levels FALSE and TRUE.
    case logical(Expression)
    /// `poly(x, degree)`, orthogonal unless raw.
    case polynomial(Expression, degree: Int, raw: Bool)
    /// `ns(x, df)` or `ns(x, knots = c(…))`: a natural cubic spline.
    case naturalSpline(Expression, SplineKnots)
  }

  /// The variable as the formula writes it, such as `I(ablat^2)`: what makes it different from others.
  var label: String
  var kind: Kind

  /// The columns named, each once.
  var columnNames: [String] {
    switch kind {
    case .column(let name), .factor(let name, _, _): [name]
    case .numeric(let expression), .logical(let expression), .polynomial(let expression, _, _),
      .naturalSpline(let expression, _):
      expression.columnNames
    }
  }
}

/// Where the inner knots of a spline are.
enum SplineKnots: Sendable, Equatable {
  /// As many as give this many columns, at quantiles of the data.
  case degreesOfFreedom(Int)
  /// As given.
  case explicit([Double])
}
