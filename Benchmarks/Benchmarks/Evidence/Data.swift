import Evidence

/// Made-up studies with a fixed seed: yi around 0.2 with τ² = 0.04, vi between 0.01 and 0.2.
struct MadeUpStudies {
  var yi: [Double] = []
  var vi: [Double] = []

  init(k: Int, seed: UInt64 = 7) {
    var state = seed
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
    }
    for _ in 0..<k {
      let v = 0.01 + 0.19 * uniform()
      let normal = (0..<12).reduce(-6.0) { sum, _ in sum + uniform() }
      yi.append(0.2 + normal * (v + 0.04).squareRoot())
      vi.append(v)
    }
  }
}

/// Log risk ratios of the 13 BCG trials (Colditz et al. 1994).
let bcgEffects: (yi: [Double], vi: [Double]) = {
  let events1: [Double] = [4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27]
  let others1: [Double] = [119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886]
  let events2: [Double] = [11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29]
  let others2: [Double] = [128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825]
  var columns = StudyColumns(count: 13)
  columns[.ai] = events1
  columns[.bi] = others1
  columns[.ci] = events2
  columns[.di] = others2
  guard let measure = Measure.named("RR"), let effects = try? measure.estimate(columns) else { return ([], []) }
  return (effects.yi, effects.vi)
}()
