import Benchmark
import Evidence

/// What is measured: time per call, median and spread.
let timed = Benchmark.Configuration(
  metrics: [.wallClock, .cpuUser], timeUnits: .nanoseconds, scalingFactor: .kilo, maxDuration: .seconds(2))

/// The same for calls that take milliseconds.
let timedOnce = Benchmark.Configuration(metrics: [.wallClock, .peakMemoryResident], maxDuration: .seconds(3))

let benchmarks: @Sendable () -> Void = {
  linearAlgebraBenchmarks()
  distributionBenchmarks()
  effectSizeBenchmarks()
  poolingBenchmarks()
}
