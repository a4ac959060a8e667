import Benchmark
import Evidence

/// A million rows of counts and of means to effect sizes.
func effectSizeBenchmarks() {
  let rows = 1_000_000
  var tables = StudyColumns(count: rows)
  tables[.ai] = (0..<rows).map { Double($0 % 37 + 1) }
  tables[.bi] = (0..<rows).map { Double($0 % 53 + 20) }
  tables[.ci] = (0..<rows).map { Double($0 % 41 + 1) }
  tables[.di] = (0..<rows).map { Double($0 % 59 + 20) }
  var means = StudyColumns(count: rows)
  means[.m1i] = (0..<rows).map { Double($0 % 17) }
  means[.sd1i] = (0..<rows).map { Double($0 % 7 + 1) }
  means[.n1i] = (0..<rows).map { Double($0 % 90 + 10) }
  means[.m2i] = (0..<rows).map { Double($0 % 13) }
  means[.sd2i] = (0..<rows).map { Double($0 % 5 + 1) }
  means[.n2i] = (0..<rows).map { Double($0 % 80 + 10) }
  for (code, columns) in [("OR", tables), ("RR", tables), ("RD", tables), ("SMD", means), ("MD", means)] {
    Benchmark("effects \(code), 1 000 000 rows", configuration: timedOnce) { benchmark in
      guard let measure = Measure.named(code) else { return }
      for _ in benchmark.scaledIterations { blackHole(try? measure.estimate(columns)) }
    }
  }
}
