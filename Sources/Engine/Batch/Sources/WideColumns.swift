import EffectSizes
import TableIO

/// The columns of a wide table, a row an analysis: `yi_1, vi_1, yi_2, vi_2, …`, a set of columns for each study.
///
/// A column is called by its role (or a usual name of it, or one that the map gives), `_` or `.`, and the study.
struct WideColumns: Sendable {
  let roles: [Role]
  /// What the columns of a study have behind the role.
  let studies: [String]
  /// Place of the column of each study and role, study by study.
  let places: [Int]

  /// Finds the columns.
  /// - Throws: 65 when the measure's roles are not there, or a study lacks one of them.
  init(
    _ measure: Measure, _ names: [String], except by: [Int], map: [Role: String], file: String
  ) throws(EvidenceError) {
    let others = names.indices.filter { !by.contains($0) }.map { (place: $0, name: names[$0]) }
    var prefixes = map.values.sorted()
    for other in others {
      guard let cut = other.name.firstIndex(where: { $0 == "_" || $0 == "." }) else { continue }
      let prefix = String(other.name[..<cut])
      if !prefix.isEmpty, !prefixes.contains(where: { $0.lowercased() == prefix.lowercased() }) {
        prefixes.append(prefix)
      }
    }
    let header = try WideColumns.table(prefixes, file)
    let forms = measure.forms
    let binding: ColumnBinding
    do {
      binding = try ColumnBinding.find(
        forms: forms.map(\.roles), others: forms.flatMap { $0.roles + $0.optional }, map: map, in: header,
        measure: measure.code, file: file)
    } catch {
      let example = (forms.first?.roles ?? []).map { "\($0.rawValue)_1" }.joined(separator: ", ")
      throw EvidenceError(
        .badData, "no columns \(example), … for the studies of measure \(measure.code)", file: file,
        hint: "a wide table has a row an analysis; its columns are " + names.prefix(20).joined(separator: ", ")
          + "; name others with --map ROLE=PREFIX")
    }
    roles = Role.allCases.filter { binding.columns[$0] != nil }
    var found: [[(study: String, place: Int)]] = []
    for role in roles {
      let prefix = header.columnNames[binding.columns[role] ?? 0].lowercased()
      found.append(
        others.compactMap { other in
          let name = other.name
          guard name.lowercased().hasPrefix(prefix), name.count > prefix.count + 1 else { return nil }
          let rest = name.dropFirst(prefix.count)
          return "_.".contains(rest[rest.startIndex]) ? (String(rest.dropFirst()), other.place) : nil
        })
    }
    studies = found.first.map { $0.map(\.study) } ?? []
    places = try WideColumns.places(roles, studies, found, file)
  }

  /// The columns in the order of the first role's studies.
  private static func places(
    _ roles: [Role], _ studies: [String], _ found: [[(study: String, place: Int)]], _ file: String
  ) throws(EvidenceError) -> [Int] {
    let byStudy = found.map { Dictionary($0.map { ($0.study, $0.place) }, uniquingKeysWith: { first, _ in first }) }
    for (role, columns) in zip(roles, found) {
      for column in columns {
        guard let lacking = roles.indices.first(where: { byStudy[$0][column.study] == nil }) else { continue }
        throw EvidenceError(
          .badData,
          "study \(column.study) has a column for \(role.rawValue) and none for \(roles[lacking].rawValue)", file: file,
          hint: "every study needs columns for \(roles.map(\.rawValue).joined(separator: ", ")); cells may be empty")
      }
    }
    return studies.flatMap { study in byStudy.map { $0[study] ?? 0 } }
  }

  private static func table(_ names: [String], _ file: String) throws(EvidenceError) -> Table {
    var writer = CSVWriter()
    writer.row(names.isEmpty ? ["column"] : names)
    do { return try CSVReader.read(writer.bytes, .comma) } catch {
      throw EvidenceError(.badData, error.message, file: file, column: error.column, hint: error.hint)
    }
  }
}
