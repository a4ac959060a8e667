import NumericCore

extension Design {
  /// A column counts as a combination of earlier ones when what is left of it after projecting them out is below this
  /// share of its length. Rounding leaves about 1e-15; a year with its square and cube leaves 1e-7.
  static let rankTolerance = 1e-10

  /// Names of the columns that are combinations of earlier columns, in order; empty for a design of full rank.
  ///
  /// Gram–Schmidt in the order of the columns, each projected out twice (Giraud, Langou and Rozložník 2005: twice is
  /// enough), so that the later of two dependent columns is named. Time k p², memory k p.
  public var redundantColumns: [String] {
    let rows = matrix.rows
    var basis: [Double] = []
    basis.reserveCapacity(matrix.storage.count)
    var redundant: [String] = []
    for column in 0..<matrix.columns {
      var rest = Array(matrix.storage[(column * rows)..<((column + 1) * rows)])
      let length = Self.normalize(&rest)
      for _ in 0..<2 {
        for start in stride(from: 0, to: basis.count, by: rows) {
          var product = 0.0
          for i in 0..<rows { product += basis[start + i] * rest[i] }
          for i in 0..<rows { rest[i] -= product * basis[start + i] }
        }
      }
      let left = Self.normalize(&rest)
      if length > 0, left > Self.rankTolerance {
        basis += rest
      } else {
        redundant.append(names[column])
      }
    }
    return redundant
  }

  /// Stops when columns are combinations of others.
  ///
  /// - Throws: `FitError.rankDeficient` naming them.
  public func requireFullRank() throws(FitError) {
    let redundant = redundantColumns
    if !redundant.isEmpty {
      throw .rankDeficient(rank: matrix.columns - redundant.count, columns: redundant)
    }
  }

  /// Scales a vector to length 1 and returns its length; a zero vector stays.
  private static func normalize(_ vector: inout [Double]) -> Double {
    var largest = 0.0
    for value in vector { largest = max(largest, abs(value)) }
    guard largest > 0 else { return 0 }
    var square = 0.0
    for value in vector { square += (value / largest) * (value / largest) }
    let length = largest * square.squareRoot()
    for i in vector.indices { vector[i] /= length }
    return length
  }
}
