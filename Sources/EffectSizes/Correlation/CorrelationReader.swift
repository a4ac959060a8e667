/// A correlation and the size of its sample.
struct Correlation: Sendable {
  let r: Double
  let n: Double
}

/// Reads correlations: r, else t = r √(n−2)/√(1−r²), else the signed p of that test.
struct CorrelationReader {
  private let ri, ti, pi, ni: RoleColumn

  init(_ columns: StudyColumns) {
    ri = RoleColumn(.ri, of: columns)
    ti = RoleColumn(.ti, of: columns)
    pi = RoleColumn(.pi, of: columns)
    ni = RoleColumn(.ni, of: columns)
  }

  func read(_ row: Int) throws(RowProblem.Kind) -> Correlation {
    if try ri.ifPresent(row) != nil { _ = try ri.correlation(row) }
    let given = [ri, ti, pi].first { !$0[row].isNaN }
    guard let given else { throw .missing([[ri, ti, pi].first { $0.isPresent }?.role ?? .ri]) }
    let n = try ni.positive(row, "a sample size")
    switch given.role {
    case .ri: return Correlation(r: try ri.correlation(row), n: n)
    case .ti: return Correlation(r: fromT(try ti.number(row), n - 2), n: n)
    default: return Correlation(r: fromT(signedT(try pi.signedP(row), n - 2), n - 2), n: n)
    }
  }
}

/// t/√(t² + ν); `NaN` without degrees of freedom.
func fromT(_ t: Double, _ degreesOfFreedom: Double) -> Double {
  degreesOfFreedom > 0 ? t / (t * t + degreesOfFreedom).squareRoot() : .nan
}

extension Measure {
  /// A measure of a correlation.
  static func correlation(
    _ facts: Facts, estimate: @escaping @Sendable ([Correlation], Settings) -> [Effect]
  ) -> Measure {
    let forms = [Role.ri, .ti, .pi].map { InputForm([$0, .ni]) }
    return Measure(facts, family: .correlation, forms: forms) { columns, settings in
      let rows = UsableRows(count: columns.count, read: CorrelationReader(columns).read)
      return rows.columns(estimate(rows.inputs, settings), sizes: \.n) { _ in
        "undefined for so small a sample, or a correlation of 1 or -1"
      }
    }
  }

  /// The measures of correlation and regression.
  static let correlations: [Measure] = [
    rawCorrelation, unbiasedCorrelation, zCorrelation, partialCorrelation, zPartialCorrelation, semipartialCorrelation,
    zSemipartialCorrelation, rSquared, zRSquared, rSquaredFixed, zRSquaredFixed,
  ]
}
