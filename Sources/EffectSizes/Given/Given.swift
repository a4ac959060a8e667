extension Measure {
  /// Estimates with their sampling variances, computed elsewhere.
  public static let generic = given(code: "GEN", name: "estimate computed elsewhere", scale: .identity, display: .none)
  /// Log hazard ratios computed elsewhere.
  public static let hazardRatio = given(code: "HR", name: "log hazard ratio", scale: .log, display: .exp)
  /// Hazard differences computed elsewhere.
  public static let hazardDifference = given(
    code: "HD", name: "hazard difference", scale: .identity, display: .none)

  /// The measures whose estimates are given.
  static let given: [Measure] = [generic, hazardRatio, hazardDifference]

  private static func given(code: String, name: String, scale: Scale, display: Transform) -> Measure {
    let facts = Facts(
      code: code, name: name, scale: scale, display: display,
      formula: "yi as given; vi as given, or sei^2 where vi is missing",
      assumptions: scale == .log
        ? "yi is on the log scale. vi wins over sei when both are there."
        : "vi wins over sei when both are there; a variance of 0 is accepted.",
      source: "the data")
    let forms = [InputForm([.yi, .vi], optional: [.sei, .ni]), InputForm([.yi, .sei], optional: [.ni])]
    return Measure(facts, family: .given, forms: forms) { columns, _ in
      GivenReader(columns).effects(count: columns.count)
    }
  }
}

private struct GivenReader {
  let yi, vi, sei, ni, n1i, n2i: RoleColumn

  init(_ columns: StudyColumns) {
    yi = RoleColumn(.yi, of: columns)
    vi = RoleColumn(.vi, of: columns)
    sei = RoleColumn(.sei, of: columns)
    ni = RoleColumn(.ni, of: columns)
    n1i = RoleColumn(.n1i, of: columns)
    n2i = RoleColumn(.n2i, of: columns)
  }

  /// The effects of all rows, straight from column to column.
  func effects(count: Int) -> EffectColumns {
    var effects = EffectColumns(
      yi: [Double](repeating: .nan, count: count), vi: [Double](repeating: .nan, count: count), problems: [])
    effects.sizes = [Double](repeating: .nan, count: count)
    for row in 0..<count {
      do throws(RowProblem.Kind) {
        let effect = try effect(row)
        effects.sizes[row] = ni[row].isNaN ? n1i[row] + n2i[row] : ni[row]
        guard effect.isDefined else { throw .notEstimable("not a number") }
        effects.yi[row] = effect.yi
        effects.vi[row] = effect.vi
      } catch {
        effects.problems.append(RowProblem(index: row, kind: error))
      }
    }
    return effects
  }

  private func effect(_ row: Int) throws(RowProblem.Kind) -> Effect {
    // A wrong variance is reported even where the estimate is missing: the data are wrong.
    let variance = try variance(row)
    let estimate = try yi.ifPresent(row)
    guard let estimate, let variance else {
      throw .missing((estimate == nil ? [Role.yi] : []) + (variance == nil ? [vi.isPresent ? Role.vi : .sei] : []))
    }
    return Effect(yi: estimate, vi: variance)
  }

  private func variance(_ row: Int) throws(RowProblem.Kind) -> Double? {
    if try vi.ifPresent(row) != nil { return try vi.nonNegative(row, "a variance") }
    guard try sei.ifPresent(row) != nil else { return nil }
    return square(try sei.nonNegative(row, "a standard error"))
  }
}
