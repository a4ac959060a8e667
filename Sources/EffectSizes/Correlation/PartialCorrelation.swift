/// A partial or semi-partial correlation with what it came from.
struct RegressionCoefficient: Sendable {
  let r: Double
  /// R² of the model, `NaN` where it is not needed.
  let rSquared: Double
  let n: Double
  /// Predictors in the model, the focal one included.
  let predictors: Double

  var residualDegreesOfFreedom: Double { n - predictors - 1 }
}

/// Reads r, else the t of the focal coefficient, else its signed p; R² too for a semi-partial correlation.
struct RegressionReader {
  private let ri, ti, pi, mi, ni, r2i: RoleColumn
  private let isSemipartial: Bool

  init(_ columns: StudyColumns, semipartial: Bool) {
    ri = RoleColumn(.ri, of: columns)
    ti = RoleColumn(.ti, of: columns)
    pi = RoleColumn(.pi, of: columns)
    mi = RoleColumn(.mi, of: columns)
    ni = RoleColumn(.ni, of: columns)
    r2i = RoleColumn(.r2i, of: columns)
    isSemipartial = semipartial
  }

  func read(_ row: Int) throws(RowProblem.Kind) -> RegressionCoefficient {
    if try ri.ifPresent(row) != nil { _ = try ri.correlation(row) }
    guard let given = [ri, ti, pi].first(where: { !$0[row].isNaN }) else {
      throw .missing([[ri, ti, pi].first { $0.isPresent }?.role ?? .ti])
    }
    try requireValues(row, isSemipartial ? [mi, ni, r2i] : [mi, ni])
    let n = try ni.positive(row, "a sample size")
    let predictors = try mi.number(row, "at least one predictor") { $0 >= 1 }
    let r2 = isSemipartial ? try r2i.number(row, "an R² between 0 and 1") { $0 >= 0 && $0 <= 1 } : .nan
    let df = n - predictors - 1
    let r: Double
    switch given.role {
    case .ri: r = try ri.correlation(row)
    case .ti: r = fromStatistic(try ti.number(row), df, r2)
    default: r = fromStatistic(signedT(try pi.signedP(row), df), df, r2)
    }
    return RegressionCoefficient(r: r, rSquared: r2, n: n, predictors: predictors)
  }

  /// t/√(t² + ν), or t √(1−R²)/√ν for a semi-partial correlation.
  private func fromStatistic(_ t: Double, _ df: Double, _ r2: Double) -> Double {
    guard df > 0 else { return .nan }
    return isSemipartial ? t * (1 - r2).squareRoot() / df.squareRoot() : fromT(t, df)
  }
}

extension Measure {
  static func regression(
    _ facts: Facts, semipartial: Bool,
    estimate: @escaping @Sendable ([RegressionCoefficient], Settings) -> [Effect]
  ) -> Measure {
    let forms = [Role.ri, .ti, .pi].map { InputForm([$0, .mi, .ni] + (semipartial ? [.r2i] : [])) }
    return Measure(facts, family: .correlation, forms: forms) { columns, settings in
      let rows = UsableRows(count: columns.count, read: RegressionReader(columns, semipartial: semipartial).read)
      return rows.columns(estimate(rows.inputs, settings), sizes: \.n) { _ in
        "undefined without enough degrees of freedom, or for a correlation of 1 or -1"
      }
    }
  }

  /// Partial correlation.
  public static let partialCorrelation = regression(
    Facts(
      code: "PCOR", name: "partial correlation", scale: .identity, display: .none, varianceTypes: [.LS, .AV],
      formula: "yi = r = t/sqrt(t^2 + n - m - 1); LS: vi = (1-r^2)^2/(n-m); AV: with the size-weighted mean of r",
      assumptions:
        "Multivariate normal sample; m predictors, the focal one counted; t the test of its coefficient. r or a "
        + "signed p may be given instead.",
      source:
        "Aloe and Thompson (2013), Journal of the Society for Social Work and Research 4, 390; Aloe (2014), Journal of "
        + "General Psychology 141, 47"),
    semipartial: false
  ) { inputs, settings in
    let average = weightedAverage(inputs, of: \.r, by: \.n)
    return inputs.map { input in
      let plugged = settings.vtype == .AV ? average : input.r
      return Effect(yi: input.r, vi: square((1 - plugged) * (1 + plugged)) / (input.n - input.predictors))
    }
  }

  /// Fisher's z of a partial correlation.
  public static let zPartialCorrelation = regression(
    Facts(
      code: "ZPCOR", name: "Fisher's z of a partial correlation", scale: .fisherZ, display: .tanh,
      formula: "yi = atanh(r), r as for PCOR; vi = 1/(n-m-2)", assumptions: "As for PCOR.",
      source:
        "Fisher (1924), Metron 3, 329; Aloe and Thompson (2013), Journal of the Society for Social Work and Research 4, "
        + "390"),
    semipartial: false
  ) { inputs, _ in
    inputs.map { input in
      let df = input.residualDegreesOfFreedom - 1
      return Effect(yi: atanh(input.r), vi: df > 0 ? 1 / df : .nan)
    }
  }
}
