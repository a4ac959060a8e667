import EffectSizes
import TableIO

/// Which column of a table plays which role.
struct ColumnBinding: Sendable, Equatable {
  /// Column index by role.
  var columns: [Role: Int]
  /// How each role was found, for `--explain`.
  var found: [Role: Found]

  /// The ways of finding a column, from the surest to the least sure.
  enum Found: String, Sendable {
    case mapped = "--map"
    case exact = "name of the role"
    case pattern = "set of names"
    case synonym = "usual name"
  }

  /// Finds the columns of the first form that is complete, and beside them every other role that is named outright.
  ///
  /// - Parameters:
  ///   - forms: alternative lists of required roles, the preferred first.
  ///   - others: further roles to take when a column bears their name or the map names them.
  ///   - map: columns named by the user.
  /// - Throws: 65 when no form is complete or a name fits two columns equally well.
  static func find(
    forms: [[Role]], others: [Role], map: [Role: String], in table: Table, measure: String, file: String
  ) throws(EvidenceError) -> ColumnBinding {
    var named = ColumnBinding(columns: [:], found: [:])
    for role in Role.allCases {
      guard let name = map[role] else { continue }
      guard let index = table.columnIndex(named: name) else {
        throw EvidenceError(
          .badData, "--map \(role.rawValue)=\(name): the file has no column \"\(name)\"", file: file, column: name,
          hint: "its columns are " + table.columnNames.joined(separator: ", "))
      }
      named.columns[role] = index
      named.found[role] = .mapped
    }
    let taken = Array(named.columns.values)
    for role in Role.allCases where named.columns[role] == nil {
      if let index = table.columnIndex(named: role.rawValue), !taken.contains(index) {
        named.columns[role] = index
        named.found[role] = .exact
      }
    }
    if let form = forms.first(where: { $0.allSatisfy { named.columns[$0] != nil } }) {
      return named.restricted(to: form + others + forms.joined())
    }
    var problem: EvidenceError?
    for form in forms {
      do {
        if let binding = try named.completed(form, in: table, file: file) {
          return binding.restricted(to: form + others)
        }
      } catch { problem = problem ?? error }
    }
    if let problem { throw problem }
    throw missing(forms, named, table, measure, file)
  }

  private func restricted(to roles: [Role]) -> ColumnBinding {
    ColumnBinding(
      columns: columns.filter { roles.contains($0.key) }, found: found.filter { roles.contains($0.key) })
  }

  /// This binding with the roles of a form that it lacks found by sets of names and by usual names.
  private func completed(_ form: [Role], in table: Table, file: String) throws(EvidenceError) -> ColumnBinding? {
    let names = table.columnNames.map(ColumnNames.normalized)
    for pattern in ColumnNames.patterns where Set(pattern.keys) == Set(form) {
      let indices = pattern.compactMapValues { name in names.firstIndex(of: name) }
      if indices.count == form.count {
        var binding = self
        for (role, index) in indices where binding.found[role] != .mapped {
          binding.columns[role] = index
          binding.found[role] = .pattern
        }
        return binding
      }
    }
    var binding = self
    for role in form where binding.columns[role] == nil {
      let synonyms = ColumnNames.synonyms(of: role, in: form)
      let candidates = names.indices.filter { synonyms.contains(names[$0]) && !binding.columns.values.contains($0) }
      guard let index = candidates.first else { return nil }
      guard candidates.count == 1 else {
        let list = candidates.map { "\"\(table.columnNames[$0])\"" }.joined(separator: " and ")
        throw EvidenceError(
          .badData, "columns \(list) could both be \(role.rawValue)", file: file,
          hint: "say which with --map \(role.rawValue)=COLUMN")
      }
      binding.columns[role] = index
      binding.found[role] = .synonym
    }
    return binding
  }

  private static func missing(
    _ forms: [[Role]], _ named: ColumnBinding, _ table: Table, _ measure: String, _ file: String
  ) -> EvidenceError {
    let needs = forms.map { $0.map(\.rawValue).joined(separator: ", ") }.joined(separator: "; or ")
    let nearest = forms.min { a, b in
      a.filter { named.columns[$0] == nil }.count < b.filter { named.columns[$0] == nil }.count
    }
    let lacking = (nearest ?? []).filter { named.columns[$0] == nil }.map(\.rawValue)
    return EvidenceError(
      .badData,
      "measure \(measure) needs columns \(needs); no column was recognised as \(lacking.joined(separator: ", "))",
      file: file,
      hint: "the file has \(table.columnNames.joined(separator: ", ")); name columns with --map "
        + lacking.map { "\($0)=COLUMN" }.joined(separator: ","))
  }
}
