public import EffectSizes
import TableIO

/// Which of the columns at hand a batch needs, found by their names as in the header of a file.
public struct BatchColumns: Sendable {
  /// The measure that the columns are for.
  public let measure: String
  /// Roles of the columns, in the order in which a `ColumnBatch` is to get them.
  public let roles: [Role]
  /// Index of each role's column among the names.
  public let columns: [Int]

  /// Finds the columns.
  ///
  /// - Parameters:
  ///   - request: its measure (GEN when it has none) says which roles are needed, its map which column is what.
  ///   - names: the columns at hand.
  /// - Throws: 64 for an unknown measure, 65 when a role has no column.
  public init(_ request: PoolRequest, names: [String]) throws(EvidenceError) {
    let code = request.measure.code ?? "GEN"
    guard let measure = Measure.named(code) else {
      throw EvidenceError(
        .usage, "--measure \(code) is not a known measure", hint: "`evidence effects --list` names them all")
    }
    var writer = CSVWriter()
    writer.row(names)
    let header: Table
    do { header = try CSVReader.read(writer.bytes, .comma) } catch {
      throw EvidenceError(.usage, "the names of columns: \(error.message)", hint: error.hint)
    }
    let binding = try ColumnBinding.find(
      forms: measure.forms.map(\.roles), others: measure.forms.flatMap { $0.roles + $0.optional },
      map: request.data.map, in: header, measure: measure.code, file: request.data.input)
    let found = Role.allCases.compactMap { role in binding.columns[role].map { (role: role, column: $0) } }
    self.measure = measure.code
    (roles, columns) = (found.map(\.role), found.map(\.column))
  }
}
