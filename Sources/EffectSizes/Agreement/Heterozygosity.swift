extension Measure {
  /// Log relative excess heterozygosity.
  public static let relativeExcessHeterozygosity = Measure(
    Facts(
      code: "REH", name: "log relative excess heterozygosity", scale: .log, display: .exp,
      formula: "yi = log(b/(2 sqrt(ac))); vi = 1/(4a) + 1/b + 1/(4c)",
      assumptions:
        "Multinomial genotype counts: a and c homozygous, b heterozygous. 0 under Hardy-Weinberg equilibrium. "
        + "Undefined with an empty cell; nothing is added unless asked for.",
      source: "Ziegler, Van Steen and Wellek (2011), Breast Cancer Research and Treatment 128, 197"),
    family: .agreement, forms: [InputForm([.ai, .bi, .ci])], add: 0
  ) { columns, settings in
    let ai = RoleColumn(.ai, of: columns)
    let bi = RoleColumn(.bi, of: columns)
    let ci = RoleColumn(.ci, of: columns)
    var rows = UsableRows<Genotypes>(count: columns.count) { row throws(RowProblem.Kind) in
      try requireValues(row, [ai, bi, ci])
      return Genotypes(
        a: try ai.nonNegative(row, "a count"), b: try bi.nonNegative(row, "a count"),
        c: try ci.nonNegative(row, "a count"))
    }
    rows.correct(settings, needs: \.hasZero) { Genotypes(a: $0.a + $1, b: $0.b + $1, c: $0.c + $1) }
    let effects = rows.inputs.map { counts in
      Effect(
        yi: log(counts.b) - 0.5 * (log(4 * counts.a) + log(counts.c)),
        vi: 0.25 / counts.a + 1 / counts.b + 0.25 / counts.c)
    }
    return rows.columns(effects, sizes: { $0.a + $0.b + $0.c }) { _ in "undefined with an empty cell" }
  }
}

private struct Genotypes: Sendable {
  let a: Double
  let b: Double
  let c: Double

  var hasZero: Bool { a == 0 || b == 0 || c == 0 }
}
