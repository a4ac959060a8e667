import EffectSizes
import TestSupport
import Testing

@Suite struct TransformTests {
  @Test func backTransforms() {
    expectClose(Transform.exp.apply(0.5), 1.6487212707001282)
    expectClose(Transform.logistic.apply(-2), 0.11920292202211755)
    expectClose(Transform.logistic.apply(-800), 0, absolute: 1e-300)
    expectClose(Transform.tanh.apply(0.5), 0.46211715726000976)
    expectClose(Transform.tanhSquared.apply(0.5), 0.46211715726000976 * 0.46211715726000976)
    expectClose(Transform.sineSquared.apply(0.7), 0.41501642854987953)
    expectClose(Transform.probit.apply(-1.96), 0.0249978951482204, relative: 1e-13)
    expectClose(Transform.square.apply(1.5), 2.25)
    expectClose(Transform.hakstianWhalen.apply(0.5), 0.875)
    expectClose(Transform.bonett.apply(1.5), 0.7768698398515702)
    #expect(Transform.none.apply(-3) == -3)
  }

  @Test func valuesOutsideTheDomainGoToItsEnd() {
    #expect(Transform.sineSquared.apply(-0.1) == 0)
    #expect(Transform.sineSquared.apply(2) == 1)
    #expect(Transform.square.apply(-1) == 0)
    #expect(Transform.tanhSquared.apply(-1) == 0)
    #expect(Transform.freemanTukey.apply(-1, harmonicSize: 20) == 0)
    #expect(Transform.freemanTukey.apply(1.57, harmonicSize: 20) == 1)
    #expect(Transform.freemanTukeyRate.apply(0, harmonicSize: 20) == 0)
    for transform in Transform.allCases { #expect(transform.apply(.nan, harmonicSize: 9).isNaN, "\(transform)") }
    #expect(Transform.freemanTukey.apply(0.5).isNaN)
  }

  /// The inverse undoes the transformation of every count of a sample of the same size.
  @Test(arguments: [5.0, 20, 137]) func freemanTukeyReturns(_ n: Double) throws {
    var columns = StudyColumns(count: Int(n) + 1)
    columns[.xi] = (0...Int(n)).map(Double.init)
    columns[.ni] = columns[.xi]?.map { _ in n }
    columns[.ti] = columns[.ni]
    let proportions = try #require(Measure.named("PFT")).estimate(columns)
    let rates = try #require(Measure.named("IRFT")).estimate(columns)
    for count in 0...Int(n) {
      let want = Double(count) / n
      expectClose(
        Transform.freemanTukey.apply(proportions.yi[count], harmonicSize: n), want, relative: 1e-11, absolute: 1e-13)
      expectClose(
        Transform.freemanTukeyRate.apply(rates.yi[count], harmonicSize: n), want, relative: 1e-12, absolute: 1e-14)
    }
    #expect(proportions.sizes == columns[.ni])
  }

  /// Every measure's display undoes its scale at a few points and increases.
  @Test func displaysIncrease() {
    for measure in Measure.all {
      let values = [-0.4, 0.1, 0.3, 0.6, 0.9].map { measure.display.apply($0, harmonicSize: 40) }
      #expect(values == values.sorted(), "\(measure.code)")
      #expect(measure.display.needsSize == (measure.scale == .freemanTukey), "\(measure.code)")
      if measure.scale == .log { #expect(measure.display == .exp, "\(measure.code)") }
    }
  }
}
