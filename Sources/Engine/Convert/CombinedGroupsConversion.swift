import EffectSizes
import TableIO

/// `--combine`: the rows of a table of groups, or of arms, that agree in some columns as one group each.
///
/// Means and deviations as if the subjects had never been told apart (Cochrane Handbook, 6.5.2.10); counts and times add.
struct CombinedGroupsConversion: Conversion {
  /// The columns whose values name a combined group.
  let columns: [String]

  let word = "combine"
  var title: String { "Groups combined within \(columns.joined(separator: ", "))" }
  var facts: [(String, String)] { [("by", columns.joined(separator: ","))] }
  var words: [ReportedWord] { [.mi, .sdi, .ni, .xi, .ti].map { ReportedWord($0) } }
  var csvColumns: [String]? { columns }

  func convert(_ table: inout ConversionTable) throws(EvidenceError) -> ConversionOutcome {
    let parts = try parts(table)
    var outcome = ConversionOutcome()
    for members in try groups(table) {
      do throws(ConversionProblem) {
        for row in members { try ReportedCheck.require(words, of: table.columns, row) }
        for row in members {
          let lacking = table.columns.lacking(parts, row)
          guard lacking.isEmpty else { throw .missing(lacking) }
        }
        outcome.rows.append(
          ConvertedRow(
            position: members[0],
            words: [
              ("group", name(of: members[0], table)),
              ("rows", members.map { "\(table.number($0))" }.joined(separator: ";")),
            ],
            numbers: try combined(table.columns, members, parts), assumptions: []))
      } catch {
        // The row at fault is the first that lacks or has what the problem names.
        let row = members.first { !table.columns.lacking(parts, $0).isEmpty } ?? members[0]
        outcome.excluded.append(table.excluded(row, try table.reason(error, row)))
      }
    }
    return outcome
  }

  /// What is combined: means with deviations and sizes, events of a size, events in a time.
  private func parts(_ table: ConversionTable) throws(EvidenceError) -> [ReportedWord] {
    let forms: [[Role]] = [[.mi, .sdi, .ni], [.xi, .ni], [.xi, .ti]]
    let words = forms.map { $0.map { ReportedWord($0) } }
    guard let form = words.first(where: { table.bound($0).count == $0.count }) else {
      throw EvidenceError(
        .badData, "--combine needs mi, sdi and ni, or xi and ni, or xi and ti; the file has no such columns",
        file: table.source.document.name,
        hint: "the file has \(table.source.table.columnNames.joined(separator: ", ")); name columns with --map")
    }
    return form
  }

  /// The values that a row has in the columns, joined.
  private func name(of row: Int, _ table: ConversionTable) -> String {
    let source = table.source.table
    return columns.compactMap(source.columnIndex(named:)).map { source.text(row: table.source.rows[row], column: $0) }
      .joined(separator: ", ")
  }

  /// Positions of the rows of each group, groups in order of their first rows.
  private func groups(_ table: ConversionTable) throws(EvidenceError) -> [[Int]] {
    var indices: [Int] = []
    for name in columns {
      guard let index = table.source.table.columnIndex(named: name) else {
        throw EvidenceError(
          .badData, "--combine \(name): the file has no column \"\(name)\"", file: table.source.document.name,
          column: name, hint: "its columns are " + table.source.table.columnNames.joined(separator: ", "))
      }
      indices.append(index)
    }
    var place: [[String]: Int] = [:]
    var groups: [[Int]] = []
    for row in 0..<table.count {
      let key = indices.map { table.source.table.text(row: table.source.rows[row], column: $0) }
      if let index = place[key] {
        groups[index].append(row)
      } else {
        place[key] = groups.count
        groups.append([row])
      }
    }
    return groups
  }

  private func combined(
    _ columns: ReportedColumns, _ members: [Int], _ parts: [ReportedWord]
  ) throws(ConversionProblem) -> [(key: String, value: Double)] {
    guard parts[0] == ReportedWord(.mi) else {
      return parts.map { word in (word.name, members.reduce(0) { $0 + columns.value(word, $1) }) }
    }
    let groups = members.map { row in
      GroupSummary(
        mean: columns.value(parts[0], row), deviation: columns.value(parts[1], row),
        size: columns.value(parts[2], row))
    }
    guard let whole = members.count == 1 ? groups[0] : GroupSummary.combined(groups) else {
      throw .notEstimable("fewer than two subjects in all")
    }
    return [("mi", whole.mean), ("sdi", whole.deviation), ("ni", whole.size)]
  }
}
