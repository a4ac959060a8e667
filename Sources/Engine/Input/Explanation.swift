import Datasets
import EffectSizes
import TableIO

extension StudySet {
  /// How the input was read, for people: dialect, which column plays which role, which rows are used.
  public var explanation: String {
    var lines = ["input: \(source.document.name), \(source.table.rowCount) rows", "read as: \(source.table.dialect)"]
    if let dataset = source.document.dataset { lines.append("data set: \(dataset.title) (\(dataset.source))") }
    lines.append("measure: \(measure.code), \(measure.name)")
    for role in Role.allCases {
      guard let column = binding.columns[role], let found = binding.found[role] else { continue }
      lines.append("  \(role.rawValue) ← column \"\(source.table.columnNames[column])\" (by \(found.rawValue))")
    }
    lines.append("rows in the analysis: \(count); left out: \(excluded.count)")
    let map = Role.allCases.compactMap { role in
      binding.columns[role].map { "\(role.rawValue)=\(source.table.columnNames[$0])" }
    }
    lines.append("the same columns by name: --map \(map.joined(separator: ","))")
    return lines.map { "evidence: " + $0 + "\n" }.joined()
  }
}
