/// A coefficient of determination with its sample size and number of predictors.
struct Determination: Sendable {
  let r2: Double
  let n: Double
  let predictors: Double

  var residualDegreesOfFreedom: Double { n - predictors - 1 }
}

/// Reads R², else the F of the model, else the p of that F.
struct DeterminationReader {
  private let r2i, fi, pi, mi, ni: RoleColumn

  init(_ columns: StudyColumns) {
    r2i = RoleColumn(.r2i, of: columns)
    fi = RoleColumn(.fi, of: columns)
    pi = RoleColumn(.pi, of: columns)
    mi = RoleColumn(.mi, of: columns)
    ni = RoleColumn(.ni, of: columns)
  }

  func read(_ row: Int) throws(RowProblem.Kind) -> Determination {
    guard let given = [r2i, fi, pi].first(where: { !$0[row].isNaN }) else {
      throw .missing([[r2i, fi, pi].first { $0.isPresent }?.role ?? .r2i])
    }
    try requireValues(row, [mi, ni])
    let n = try ni.positive(row, "a sample size")
    let predictors = try mi.number(row, "at least one predictor") { $0 >= 1 }
    let df = n - predictors - 1
    let r2: Double
    switch given.role {
    case .r2i: r2 = try r2i.number(row, "an R² between 0 and 1") { $0 >= 0 && $0 <= 1 }
    case .fi: r2 = fromF(try fi.nonNegative(row, "an F statistic"), predictors, df)
    default:
      let p = try pi.number(row, "a p-value above 0 and at most 1") { $0 > 0 && $0 <= 1 }
      r2 = fromF(fFromP(p, predictors, df), predictors, df)
    }
    return Determination(r2: r2, n: n, predictors: predictors)
  }

  /// m F/(m F + ν).
  private func fromF(_ f: Double, _ predictors: Double, _ df: Double) -> Double {
    df > 0 ? predictors * f / (predictors * f + df) : .nan
  }
}

extension Measure {
  /// A measure of a coefficient of determination.
  static func determination(
    _ facts: Facts, estimate: @escaping @Sendable ([Determination], Settings) -> [Effect]
  ) -> Measure {
    let forms = [Role.r2i, .fi, .pi].map { InputForm([$0, .mi, .ni]) }
    return Measure(facts, family: .correlation, forms: forms) { columns, settings in
      let rows = UsableRows(count: columns.count, read: DeterminationReader(columns).read)
      return rows.columns(estimate(rows.inputs, settings), sizes: \.n) { _ in
        "undefined without enough degrees of freedom, or for an R² of 1"
      }
    }
  }

  /// Coefficient of determination, predictors random.
  public static let rSquared = determination(
    Facts(
      code: "R2", name: "coefficient of determination (random predictors)", scale: .identity, display: .none,
      varianceTypes: [.LS, .LS2, .AV, .AV2],
      formula: "yi = R2; LS: vi = 4 R2 (1-R2)^2/n; LS2: vi = 4 R2 (1-R2)^2 (n-m-1)^2/((n^2-1)(n+3)); "
        + "AV, AV2: the same with the size-weighted mean of R2 over the rows",
      assumptions:
        "Multivariate normal sample, m predictors, a true R2 above 0. R2 may be replaced by the F of the model, "
        + "R2 = m F/(m F + n - m - 1), or its p.",
      source: "Kendall and Stuart (1979), Advanced Theory of Statistics 2, eqs. 27.88 (LS) and 27.87 (LS2)")
  ) { inputs, settings in
    let average = weightedAverage(inputs, of: \.r2, by: \.n)
    let plugsAverage = settings.vtype == .AV || settings.vtype == .AV2
    let isSecond = settings.vtype == .LS2 || settings.vtype == .AV2
    return inputs.map { input in
      let r2 = plugsAverage ? average : input.r2
      let n = input.n
      let shrink = isSecond ? square(input.residualDegreesOfFreedom) / ((n * n - 1) * (n + 3)) : 1 / n
      return Effect(yi: input.r2, vi: 4 * r2 * square(1 - r2) * shrink)
    }
  }

  /// Fisher's z of the multiple correlation, predictors random.
  public static let zRSquared = determination(
    Facts(
      code: "ZR2", name: "Fisher's z of the multiple correlation (random predictors)", scale: .fisherZ,
      display: .tanhSquared, formula: "yi = atanh(sqrt(R2)); vi = 1/n",
      assumptions: "Multivariate normal sample, a true R2 above 0.",
      source: "Olkin and Finn (1995), Psychological Bulletin 118, 155")
  ) { inputs, _ in inputs.map { Effect(yi: atanh($0.r2.squareRoot()), vi: 1 / $0.n) } }
}
