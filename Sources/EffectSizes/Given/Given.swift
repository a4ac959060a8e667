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
      let rows = UsableRows(count: columns.count, read: GivenReader(columns).read)
      return rows.columns(rows.inputs.map(\.effect), sizes: \.size) { _ in "not a number" }
    }
  }
}

/// An estimate computed elsewhere and the study's size, `NaN` when not given.
private struct GivenEffect: Sendable {
  let effect: Effect
  let size: Double
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

  func read(_ row: Int) throws(RowProblem.Kind) -> GivenEffect {
    // A wrong variance is reported even where the estimate is missing: the data are wrong.
    let variance = try variance(row)
    let estimate = try yi.ifPresent(row)
    guard let estimate, let variance else {
      throw .missing((estimate == nil ? [Role.yi] : []) + (variance == nil ? [vi.isPresent ? Role.vi : .sei] : []))
    }
    let size = ni[row].isNaN ? n1i[row] + n2i[row] : ni[row]
    return GivenEffect(effect: Effect(yi: estimate, vi: variance), size: size)
  }

  private func variance(_ row: Int) throws(RowProblem.Kind) -> Double? {
    if try vi.ifPresent(row) != nil { return try vi.nonNegative(row, "a variance") }
    guard try sei.ifPresent(row) != nil else { return nil }
    return square(try sei.nonNegative(row, "a standard error"))
  }
}
