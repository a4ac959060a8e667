import Benchmark
import Evidence

/// One fit, from 10 to 100 000 studies, and the small fit that people do most.
func poolingBenchmarks() {
  for (name, method) in [("REML", "REML"), ("DL", "DL"), ("PM", "PM")] {
    Benchmark("pool \(name), BCG (k = 13)", configuration: timed) { benchmark in
      guard let chosen = PoolingMethod(code: method) else { return }
      let model = PoolingModel(method: chosen, inference: .hartungKnapp)
      for _ in benchmark.scaledIterations {
        blackHole(try? model.fit(yi: bcgEffects.yi, vi: bcgEffects.vi))
      }
    }
  }
  for k in [10, 100, 1_000, 100_000] {
    let studies = MadeUpStudies(k: k)
    let model = PoolingModel()
    Benchmark("pool REML, k = \(k)", configuration: timedOnce) { benchmark in
      for _ in benchmark.scaledIterations { blackHole(try? model.fit(yi: studies.yi, vi: studies.vi)) }
    }
  }
}
