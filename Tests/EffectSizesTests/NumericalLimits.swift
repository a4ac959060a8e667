import EffectSizes
import TestSupport
import Testing

/// Small samples, large samples and correlations near their ends, against mpmath at 40 digits.
@Suite struct NumericalLimits {
  private func estimate(
    _ code: String, _ values: [(Role, [Double])], _ options: EffectOptions = EffectOptions()
  ) throws -> EffectColumns {
    var columns = StudyColumns(count: values.first?.1.count ?? 0)
    for (role, column) in values { columns[role] = column }
    return try #require(Measure.named(code)).estimate(columns, options)
  }

  /// J(m) = Γ(m/2)/(√(m/2) Γ((m−1)/2)).
  @Test(arguments: [
    (2.0, 0.56418958354775628695), (3, 0.72360125455826765936), (5, 0.8407486824596893049),
    (18, 0.95764642702371810467), (41, 0.98157617670451703787), (42, 0.98201790986817043674),
    (1000, 0.99924978117971636752), (1e6, 0.99999924999978124993), (1e12, 0.99999999999925),
  ])
  func hedgesFactor(_ m: Double, _ factor: Double) throws {
    let effects = try estimate("SMD", [(.di, [1]), (.n1i, [0.5 * (m + 2)]), (.n2i, [0.5 * (m + 2)])])
    expectClose(effects.yi[0], factor, relative: 4e-16)
  }

  @Test func oneDegreeOfFreedomHasNoFactor() throws {
    let effects = try estimate("SMD", [(.di, [1]), (.n1i, [2]), (.n2i, [1])])
    #expect(effects.yi[0].isNaN && effects.problems.count == 1)
  }

  /// r, n, unbiased r, unbiased r².
  @Test(arguments: [
    [0.01, 4, 0.0381436424207359094, -3.60517018598809135], [0.01, 5, 0.0156087420578220897, -0.968782515884355821],
    [-0.3, 4, -0.501867738151540708, -0.20397280432593603], [0.999, 6, 0.999249812445297849, 0.998499750000050049],
    [0.5, 7, 0.552299894039036308, 0.193866949229236511], [1e-6, 4, 9.67776958716599914e-6, -12.8155105579642741],
    [0.2, 1000, 0.200096400994659579, 0.0391134732623224033],
    [0.05, 30000, 0.0500008313676210183, 0.00246691185482019834],
  ])
  func olkinPratt(_ row: [Double]) throws {
    let options = EffectOptions(vtype: "UB")
    let effects = try estimate("UCOR", [(.ri, [row[0]]), (.ni, [row[1]])], options)
    let variance = row[2] * row[2] - row[3]
    if variance > 0 {
      expectClose(effects.yi[0], row[2], relative: 2e-14)
      expectClose(effects.vi[0], variance, relative: 1e-12, absolute: 4e-16 * abs(row[3]))
    } else {
      #expect(effects.problems.count == 1)
    }
  }

  @Test func smallestSamples() throws {
    for code in ["COR", "UCOR", "ZCOR", "PCOR", "SMCC", "SMCR"] {
      var values: [(Role, [Double])] = [(.ri, [0.5, 0.5, 0.5]), (.ni, [1, 2, 3]), (.mi, [1, 1, 1])]
      values += [Role.m1i, .m2i, .sd1i, .sd2i].map { ($0, [2, 2, 2]) }
      let effects = try estimate(code, values)
      for row in 0..<3 where !effects.yi[row].isNaN { #expect(effects.vi[row] >= 0, "\(code)") }
      #expect(effects.yi[0].isNaN, "\(code)")
    }
  }

  /// A table far from independence has a tetrachoric correlation near 1, an independent one 0.
  @Test func tetrachoricEnds() throws {
    let effects = try estimate(
      "RTET",
      [(.ai, [1000, 50, 1, 400]), (.bi, [1, 50, 1000, 0]), (.ci, [1, 50, 1000, 3]), (.di, [1000, 50, 1, 9])])
    expectClose(effects.yi[0], -effects.yi[2], relative: 1e-13)
    // With both margins halved r = sin(π/2 (4 a/n − 1)); Sheppard (1899).
    expectClose(effects.yi[0], 0.99999507505666168, relative: 1e-12)
    #expect(abs(effects.yi[1]) < 1e-15)
    #expect(effects.problems.map(\.index) == [3])
  }

  @Test func hugeCounts() throws {
    let big = 1e12
    let effects = try estimate("OR", [(.ai, [big]), (.bi, [2 * big]), (.ci, [big]), (.di, [4 * big])])
    expectClose(effects.yi[0], 0.6931471805599453, relative: 1e-15)
    let peto = try estimate("PETO", [(.ai, [big]), (.bi, [2 * big]), (.ci, [big]), (.di, [4 * big])])
    #expect(peto.yi[0].isFinite && peto.vi[0] > 0)
  }
}
