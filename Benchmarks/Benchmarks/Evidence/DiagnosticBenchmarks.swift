import Benchmark
import Evidence

/// Case diagnostics and permutations: all subsets of 13 studies, each of 10 000 left out, 10 000 arrangements.
func diagnosticBenchmarks() {
  let bcg = DiagnosticStudies(yi: bcgEffects.yi, vi: bcgEffects.vi)
  for code in ["EE", "DL", "REML"] {
    Benchmark("GOSH \(code), all 8 191 subsets of BCG", configuration: timedOnce) { benchmark in
      guard let method = PoolingMethod(code: code) else { return }
      for _ in benchmark.scaledIterations {
        guard let gosh = try? GOSH(model: PoolingModel(method: method), studies: bcg, scheme: .all) else { return }
        blackHole(gosh.rows(0..<gosh.count))
      }
    }
  }
  let many = MadeUpStudies(k: 10_000)
  let studies = DiagnosticStudies(yi: many.yi, vi: many.vi)
  let model = PoolingModel()
  Benchmark("leave-one-out REML, k = 10 000", configuration: timedOnce) { benchmark in
    for _ in benchmark.scaledIterations {
      guard let analysis = try? LeaveOneOut(model: model, studies: studies) else { return }
      blackHole(analysis.rows(0..<studies.count))
    }
  }
  Benchmark("influence REML, k = 10 000", configuration: timedOnce) { benchmark in
    for _ in benchmark.scaledIterations {
      guard let fit = try? model.fit(yi: many.yi, vi: many.vi),
        let analysis = try? InfluenceAnalysis(model: model, studies: studies, fit: fit)
      else { return }
      blackHole(analysis.rows(0..<studies.count))
    }
  }
  Benchmark("permutation REML, BCG, 10 000 draws", configuration: timedOnce) { benchmark in
    let data = PermutationStudies(yi: bcgEffects.yi, vi: bcgEffects.vi)
    for _ in benchmark.scaledIterations {
      guard
        let test = try? PermutationTest(model: model, studies: data, scheme: .sampled(count: 10_000, seed: 1))
      else { return }
      blackHole(test.tally(0..<test.arrangementCount))
    }
  }
}

/// A multiverse of the BCG trials: 1 904 analyses on all cores, data read and effect sizes made each time.
func multiverseBenchmarks() {
  Benchmark("multiverse of BCG", configuration: timedOnce) { benchmark in
    for _ in benchmark.scaledIterations {
      blackHole(try? Multiverse(MultiverseRequest(pool: PoolRequest(data: DataRequest(input: "bcg")))))
    }
  }
}
