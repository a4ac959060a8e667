import Benchmark
import Evidence

/// Distribution functions that a pooled analysis calls.
func distributionBenchmarks() {
  Benchmark("normal upper tail", configuration: timed) { benchmark in
    for i in benchmark.scaledIterations { blackHole(Normal.upperTail(Double(i % 40) / 10)) }
  }
  Benchmark("normal quantile", configuration: timed) { benchmark in
    for i in benchmark.scaledIterations { blackHole(try? Normal.quantile((Double(i % 999) + 0.5) / 1000)) }
  }
  guard let t = try? StudentT(degreesOfFreedom: 12), let chi = try? ChiSquared(degreesOfFreedom: 12) else { return }
  Benchmark("t(12) upper tail", configuration: timed) { benchmark in
    for i in benchmark.scaledIterations { blackHole(t.upperTail(Double(i % 40) / 10)) }
  }
  Benchmark("t(12) quantile", configuration: timed) { benchmark in
    for i in benchmark.scaledIterations { blackHole(try? t.quantile((Double(i % 999) + 0.5) / 1000)) }
  }
  Benchmark("χ²(12) upper tail", configuration: timed) { benchmark in
    for i in benchmark.scaledIterations { blackHole(chi.upperTail(Double(i % 60))) }
  }
}
