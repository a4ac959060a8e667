import Benchmark
import Evidence

/// What is measured: time per call, median and spread.
var timed: Benchmark.Configuration {
  Benchmark.Configuration(
    metrics: [.wallClock, .cpuUser], timeUnits: .nanoseconds, scalingFactor: .kilo, maxDuration: .seconds(1))
}

/// The same for calls that take milliseconds.
var timedOnce: Benchmark.Configuration {
  Benchmark.Configuration(metrics: [.wallClock, .peakMemoryResident], maxDuration: .seconds(2))
}

let benchmarks: @Sendable () -> Void = {
  linearAlgebraBenchmarks()
  distributionBenchmarks()
  effectSizeBenchmarks()
  poolingBenchmarks()
  diagnosticBenchmarks()
  multiverseBenchmarks()
}
