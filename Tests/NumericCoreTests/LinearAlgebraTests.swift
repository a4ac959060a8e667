import Foundation
import NumericCore
import TestSupport
import Testing

/// A small deterministic generator for test matrices.
struct TestNumbers {
  var state: UInt64 = 88_172_645_463_325_252

  mutating func next() -> Double {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Double(state >> 11) / 9_007_199_254_740_992 - 0.5
  }

  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, storage: (0..<rows * columns).map { _ in next() })
  }

  /// `G Gᵀ + I/10` with random G.
  mutating func positiveDefinite(_ n: Int) -> Matrix {
    let g = matrix(n, n)
    return g.timesTransposed(g) + 0.1 * Matrix.identity(n)
  }
}

func expectClose(_ got: Matrix, _ want: Matrix, absolute: Double, _ what: String) {
  #expect(got.rows == want.rows && got.columns == want.columns)
  for (x, y) in zip(got.storage, want.storage) { expectClose(x, y, relative: 0, absolute: absolute, what) }
}

@Suite struct CholeskyTests {
  @Test(arguments: [0, 1, 2, 5, 20, 21, 60]) func solvesAndInverts(_ n: Int) throws {
    var numbers = TestNumbers()
    let a = numbers.positiveDefinite(n)
    let x = (0..<n).map { _ in numbers.next() }
    let cholesky = try Cholesky(a)
    for (got, want) in zip(cholesky.solve(a * x), x) { expectClose(got, want, absolute: 1e-11, "solve") }
    expectClose(a * cholesky.inverse(), .identity(n), absolute: 1e-11, "inverse")
    expectClose(cholesky.solve(a), .identity(n), absolute: 1e-11, "solve matrix")
    let eigen = try SymmetricEigen(a)
    expectClose(
      cholesky.logDeterminant, eigen.values.map { log($0) }.reduce(0, +), relative: 1e-11, absolute: 1e-12,
      "log determinant")
    let whitened = cholesky.forwardSolve(a).transposed
    expectClose(cholesky.forwardSolve(whitened), .identity(n), absolute: 1e-11, "L⁻¹ A L⁻ᵀ")
    if n > 0 {
      let condition = eigen.values[n - 1] / eigen.values[0]
      #expect(cholesky.reciprocalCondition > 0.5 / (condition * Double(n)) && cholesky.reciprocalCondition <= 1)
    }
  }

  @Test(arguments: [3, 30]) func saysWhereAMatrixIsNotPositiveDefinite(_ n: Int) {
    var a = Matrix.identity(n)
    a[2, 2] = -1
    #expect(throws: LinearAlgebraError.notPositiveDefinite(column: 2)) { try Cholesky(a) }
    a[2, 2] = .nan
    #expect(throws: LinearAlgebraError.notPositiveDefinite(column: 2)) { try Cholesky(a) }
  }
}

@Suite struct PivotedQRTests {
  /// NIST Statistical Reference Datasets, Longley: certified coefficients, 15 digits.
  @Test func longley() throws {
    let table = try FixtureTable("longley.csv")
    let rows = table.rows.map { $0.compactMap(Double.init) }
    let x = Matrix(rows: rows.map { [1] + $0.dropFirst() })
    let certified = [
      -3482258.63459582, 15.0618722713733, -0.358191792925910e-1, -2.02022980381683, -1.03322686717359,
      -0.511041056535807e-1, 1829.15146461355,
    ]
    let qr = try PivotedQR(x)
    #expect(qr.rank == 7)
    let y = rows.map { $0[0] }
    for (got, want) in zip(try qr.leastSquares(y), certified) { expectClose(got, want, relative: 1e-10, "Longley") }
    // Certified residual standard deviation and standard error of the intercept.
    let effects = qr.applyingTransposedQ(y)
    let residual = effects[7...].map { $0 * $0 }.reduce(0, +)
    expectClose((residual / 9).squareRoot(), 304.854073561965, relative: 1e-11, "residual sd")
    let covariance = try qr.crossProductInverse()
    expectClose((covariance[0, 0] * residual / 9).squareRoot(), 890420.383607373, relative: 1e-9, "se intercept")
    expectClose(try qr.leverages().reduce(0, +), 7, relative: 1e-12, "trace of the projection")
  }

  @Test func agreesWithCholeskyOfTheCrossProduct() throws {
    var numbers = TestNumbers()
    let a = numbers.matrix(40, 5)
    let qr = try PivotedQR(a)
    let gram = try Cholesky(a.crossProduct(weights: [Double](repeating: 1, count: 40)))
    expectClose(try qr.crossProductInverse(), gram.inverse(), absolute: 1e-12, "(AᵀA)⁻¹")
    expectClose(qr.logDeterminantOfCrossProduct, gram.logDeterminant, relative: 1e-12, "log |AᵀA|")
    let q = try qr.thinQ()
    expectClose(q.transposedTimes(q), .identity(5), absolute: 1e-13, "QᵀQ")
    let b = (0..<40).map { _ in numbers.next() }
    for (x, y) in zip(qr.applyingQ(qr.applyingTransposedQ(b)), b) { expectClose(x, y, absolute: 1e-13, "QQᵀb") }
  }

  @Test func namesTheDependentColumns() throws {
    var numbers = TestNumbers()
    let a = numbers.matrix(12, 3)
    let sum = (0..<12).map { a[$0, 0] + 1e6 * a[$0, 2] }
    let qr = try PivotedQR(Matrix(columns: [a.column(0), a.column(1), a.column(2), sum, a.column(1)]))
    #expect(qr.dependentColumns == [3, 4])
    #expect(throws: LinearAlgebraError.rankDeficient(rank: 3, columns: 5, dependent: [3, 4])) {
      try qr.leastSquares(sum)
    }
    #expect(try PivotedQR(Matrix(rows: 4, columns: 2)).dependentColumns == [0, 1])
    #expect(try PivotedQR(numbers.matrix(2, 4)).dependentColumns == [2, 3])
    #expect(try PivotedQR(Matrix(rows: 0, columns: 0)).rank == 0)
  }

  @Test func theRankDoesNotDependOnUnits() throws {
    var numbers = TestNumbers()
    let a = numbers.matrix(9, 3)
    let scaled = a * Matrix(diagonal: [1e-150, 1, 1e150])
    let qr = try PivotedQR(scaled)
    #expect(qr.rank == 3)
    let x = try qr.leastSquares(a * [1, 2, 3])
    for (got, want) in zip(x, [1e150, 2, 3e-150]) { expectClose(got, want, relative: 1e-12, "scaled columns") }
  }

  @Test func refusesNaN() {
    #expect(throws: LinearAlgebraError.notFinite(operation: "QR")) {
      try PivotedQR(Matrix(rows: 3, columns: 1, storage: [1, .nan, 2]))
    }
  }
}

@Suite struct DecompositionTests {
  @Test(arguments: [1, 3, 12, 40]) func eigenvectorsRebuildTheMatrix(_ n: Int) throws {
    var numbers = TestNumbers()
    let a = numbers.positiveDefinite(n) - Matrix.identity(n)
    let eigen = try SymmetricEigen(a)
    expectClose(eigen.applying { $0 }, a, absolute: 1e-12, "V Λ Vᵀ")
    #expect(eigen.values == eigen.values.sorted())
  }

  @Test(arguments: [(5, 3), (3, 5), (30, 30)]) func singularVectorsRebuildTheMatrix(_ m: Int, _ n: Int) throws {
    var numbers = TestNumbers()
    let a = numbers.matrix(m, n)
    let svd = try SVD(a)
    expectClose(svd.u * Matrix(diagonal: svd.values) * svd.vTransposed, a, absolute: 1e-13, "U Σ Vᵀ")
    expectClose(a * svd.pseudoInverse() * a, a, absolute: 1e-11, "A A⁺ A")
    #expect(svd.rank() == min(m, n))
  }

  @Test func solvesIndefiniteAndTriangularSystems() throws {
    let a = Matrix(rows: [[0, 1, 2], [1, 0, 3], [2, 3, -1]])
    let x = [1.0, -2, 3]
    for (got, want) in zip(try LinearSystems.solve(symmetric: a, a * x), x) { expectClose(got, want, "indefinite") }
    #expect(throws: LinearAlgebraError.self) {
      try LinearSystems.solve(symmetric: Matrix(rows: 2, columns: 2), [1, 1])
    }
    let lower = Matrix(rows: [[2, 0], [1, 4]])
    let b = Matrix(columns: [[2.0, 9]])
    expectClose(try LinearSystems.solve(.lower, of: lower, b), Matrix(columns: [[1, 2]]), absolute: 1e-15, "lower")
    expectClose(
      lower.transposedTimes(try LinearSystems.solve(.lowerTransposed, of: lower, b)), b, absolute: 1e-14, "Lᵀ")
    #expect(throws: LinearAlgebraError.singular(column: 1)) {
      try LinearSystems.solve(.lower, of: Matrix(rows: [[1, 0], [1, 0]]), b)
    }
  }

  @Test func productsAgree() {
    var numbers = TestNumbers()
    let (a, b) = (numbers.matrix(4, 3), numbers.matrix(4, 2))
    expectClose(a.transposedTimes(b), a.transposed * b, absolute: 1e-15, "AᵀB")
    expectClose(a.timesTransposed(a), a * a.transposed, absolute: 1e-15, "AAᵀ")
    let w = [1.0, 2, 3, 4]
    expectClose(a.crossProduct(weights: w), a.transposedTimes(a.scalingRows(by: w)), absolute: 1e-14, "XᵀWX")
    #expect(Matrix(rows: [[1, 2], [3, 4]]) * [1, 1] == [3, 7])
    #expect(Matrix(rows: [[1, 2], [3, 4]]).quadraticForm([1, 2]) == 27)
    #expect(Matrix(rows: [[1, 2], [3, 4]]).selecting(rows: [1]).row(0) == [3, 4])
  }
}
