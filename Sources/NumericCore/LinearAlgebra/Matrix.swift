/// A dense matrix of doubles, column-major as LAPACK wants it.
public struct Matrix: Sendable, Equatable {
  /// Number of rows and of columns.
  public let rows, columns: Int
  /// The elements, column after column: element (i, j) is at `i + j * rows`.
  public var storage: [Double]

  /// A matrix from its elements in column-major order.
  public init(rows: Int, columns: Int, storage: [Double]) {
    precondition(storage.count == rows * columns, "storage holds rows × columns elements")
    self.rows = rows
    self.columns = columns
    self.storage = storage
  }

  /// A matrix of equal elements, zeros unless told otherwise.
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.init(rows: rows, columns: columns, storage: [Double](repeating: value, count: rows * columns))
  }

  /// A matrix from its rows, all of one length.
  public init(rows lines: [[Double]]) {
    let width = lines.first?.count ?? 0
    self.init(rows: lines.count, columns: width)
    for (i, line) in lines.enumerated() {
      precondition(line.count == width, "all rows have one length")
      for j in line.indices { self[i, j] = line[j] }
    }
  }

  /// A matrix from its columns, all of one length.
  public init(columns lines: [[Double]]) {
    let height = lines.first?.count ?? 0
    precondition(lines.allSatisfy { $0.count == height }, "all columns have one length")
    self.init(rows: height, columns: lines.count, storage: lines.flatMap { $0 })
  }

  /// A square matrix with the given diagonal and zeros elsewhere.
  public init(diagonal: [Double]) {
    self.init(rows: diagonal.count, columns: diagonal.count)
    for i in diagonal.indices { self[i, i] = diagonal[i] }
  }

  /// The identity matrix of order `n`.
  public static func identity(_ n: Int) -> Matrix { Matrix(diagonal: [Double](repeating: 1, count: n)) }

  /// Element in row i and column j, both from 0.
  @inlinable
  public subscript(i: Int, j: Int) -> Double {
    get { storage[i + j * rows] }
    set { storage[i + j * rows] = newValue }
  }

  /// The elements of column j.
  public func column(_ j: Int) -> [Double] { Array(storage[j * rows..<(j + 1) * rows]) }

  /// The elements of row i.
  public func row(_ i: Int) -> [Double] { (0..<columns).map { self[i, $0] } }

  /// The diagonal, as long as the shorter side.
  public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

  /// The matrix of the given columns, in the given order.
  public func selecting(columns chosen: [Int]) -> Matrix {
    Matrix(rows: rows, columns: chosen.count, storage: chosen.flatMap { column($0) })
  }

  /// The matrix of the given rows, in the given order.
  public func selecting(rows chosen: [Int]) -> Matrix {
    var result = Matrix(rows: chosen.count, columns: columns)
    for j in 0..<columns {
      for (i, source) in chosen.enumerated() { result[i, j] = self[source, j] }
    }
    return result
  }

  /// Whether no element is NaN or infinite.
  public var isFinite: Bool {
    // x − x is 0 for a finite x and NaN otherwise; one pass without branches.
    var sum = 0.0
    for value in storage { sum += value - value }
    return sum == 0
  }
}
