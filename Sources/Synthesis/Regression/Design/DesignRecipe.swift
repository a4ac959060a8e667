public import NumericCore

/// How rows of moderators become rows of a design matrix: the codings learnt from the rows of the fit, and the names of
/// the columns. New rows are coded with the same levels, knots and centres.
///
/// Columns of interactions with a factor that follow from earlier columns are left out, as when no study has some
/// combination of levels. Redundant columns of other terms stay, for the fit to refuse.
public struct DesignRecipe: Sendable {
  /// A column of an interaction that is not in the design.
  public struct Omission: Sendable {
    /// The name that the column would have.
    public let name: String
    /// Its place among all columns that the formula calls for.
    public let column: Int
    /// The column as a combination of the columns that are in the design.
    let combination: [Double]
  }

  /// Names of the columns, such as `intercept`, `year`, `alloc[random]` and `year:alloc[random]`.
  public let names: [String]
  /// The term of each column: 0 for the intercept, else the term's place in `formula.termLabels`, from 1.
  public let assignment: [Int]
  /// The columns left out.
  public let omissions: [Omission]
  private let coding: DesignCoding
  private let kept: [Int]

  /// The formula.
  public var formula: Formula { coding.formula }

  /// A new row lies in the space of the rows of the fit when what is omitted follows to this accuracy.
  private static let tolerance = 1e-8

  /// Learns the codings from rows without missing values, and codes those rows.
  static func learn(
    _ formula: Formula, from rows: DesignColumns
  ) throws(DesignError) -> (recipe: DesignRecipe, matrix: Matrix) {
    let coding = try DesignCoding(formula: formula, rows: rows)
    let matrix = try coding.matrix(for: rows)
    guard coding.isFactorInteraction.contains(true) else {
      return (DesignRecipe(coding: coding, kept: Array(coding.names.indices), omissions: []), matrix)
    }
    let qr = ThinQR(rows: matrix.rows, columns: matrix.columns, x: matrix.storage)
    let redundant = qr.dependent.filter { coding.isFactorInteraction[$0] }
    let kept = coding.names.indices.filter { !redundant.contains($0) }
    let omissions = redundant.map { column in
      let projections = (0..<matrix.columns).map { $0 == column ? 0 : qr.r[$0 + column * matrix.columns] }
      let combination = qr.solve(projections)
      return Omission(name: coding.names[column], column: column, combination: kept.map { combination[$0] })
    }
    return (DesignRecipe(coding: coding, kept: kept, omissions: omissions), matrix.selecting(columns: kept))
  }

  private init(coding: DesignCoding, kept: [Int], omissions: [Omission]) {
    self.coding = coding
    self.kept = kept
    self.omissions = omissions
    names = kept.map { coding.names[$0] }
    assignment = kept.map { coding.assignment[$0] }
  }

  /// Codes rows without missing values.
  ///
  /// - Throws: `DesignError.unknownLevel` for a level that the rows of the fit did not have, `unseenCombination` for a
  ///   combination of levels that they did not have, and others.
  public func matrix(for rows: DesignColumns) throws(DesignError) -> Matrix {
    let all = try coding.matrix(for: rows)
    guard !omissions.isEmpty else { return all }
    let matrix = all.selecting(columns: kept)
    for omission in omissions {
      for i in 0..<rows.count {
        var expected = 0.0
        var size = 1.0
        for j in kept.indices {
          let part = omission.combination[j] * matrix[i, j]
          expected += part
          size = max(size, abs(part))
        }
        guard abs(all[i, omission.column] - expected) <= Self.tolerance * size else {
          throw .unseenCombination(column: omission.name, row: i)
        }
      }
    }
    return matrix
  }
}

extension Matrix {
  /// The matrix of some columns.
  func selecting(columns kept: [Int]) -> Matrix {
    guard kept.count < columns else { return self }
    var storage: [Double] = []
    storage.reserveCapacity(rows * kept.count)
    for column in kept { storage += self.storage[(column * rows)..<((column + 1) * rows)] }
    return Matrix(rows: rows, columns: kept.count, storage: storage)
  }
}
