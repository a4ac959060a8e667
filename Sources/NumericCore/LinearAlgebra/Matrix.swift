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

  /// Element in row i and column j, both from 0.
  @inlinable
  public subscript(i: Int, j: Int) -> Double {
    get { storage[i + j * rows] }
    set { storage[i + j * rows] = newValue }
  }
}
