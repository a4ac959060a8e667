import Benchmark
import Evidence

/// A symmetric positive definite matrix: AᵀA + n·I of made-up A.
private func definite(_ n: Int) -> Matrix {
  var matrix = Matrix(rows: n, columns: n)
  for i in 0..<n {
    for j in 0..<n { matrix[i, j] = 1 / Double(i + j + 1) + (i == j ? Double(n) : 0) }
  }
  return matrix
}

/// A tall matrix with columns that are far from dependent.
private func tall(_ k: Int, _ p: Int) -> Matrix {
  var matrix = Matrix(rows: k, columns: p)
  for j in 0..<p {
    for i in 0..<k { matrix[i, j] = Double((i * (j + 3) + j * j) % 17) - 8 }
  }
  return matrix
}

/// Factorizations by size; small Cholesky factorizations run in Swift, large ones and QR in LAPACK.
func linearAlgebraBenchmarks() {
  for n in [3, 5, 10, 20, 50, 100] {
    let matrix = definite(n)
    Benchmark("Cholesky \(n)×\(n)", configuration: n > 20 ? timedOnce : timed) { benchmark in
      for _ in benchmark.scaledIterations { blackHole(try? Cholesky(matrix)) }
    }
  }
  for (k, p) in [(13, 2), (100, 4), (10_000, 4)] {
    let matrix = tall(k, p)
    Benchmark("pivoted QR \(k)×\(p)", configuration: k > 100 ? timedOnce : timed) { benchmark in
      for _ in benchmark.scaledIterations { blackHole(try? PivotedQR(matrix)) }
    }
  }
}
