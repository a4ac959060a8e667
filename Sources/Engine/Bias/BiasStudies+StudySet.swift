import EffectSizes
import Synthesis
import TableIO

extension StudySet {
  /// The studies as the methods for publication bias need them.
  ///
  /// Sizes are those of the file, never corrected: the total of the 2×2 table; n₁ + n₂; nᵢ; for given estimates the column
  /// nᵢ, else n₁ + n₂.
  func biasStudies(_ data: DataRequest, model: PoolingModel) throws(EvidenceError) -> BiasStudies {
    var result = BiasStudies(yi: yi, vi: vi, model: model)
    if let table = twoByTwo {
      // A turned effect is that of the exchanged groups.
      result.table =
        options.flip ? TwoByTwoColumns(a: table.c, b: table.d, c: table.a, d: table.b) : table
      result.groupSizes = .init(first: sum(table.a, table.b), second: sum(table.c, table.d))
    } else if let first = try sizeColumn(.n1i, data), let second = try sizeColumn(.n2i, data) {
      result.groupSizes = .init(first: first, second: second)
    }
    result.sizes = try totalSizes(data, result.groupSizes)
    return result
  }

  private func totalSizes(
    _ data: DataRequest, _ groups: BiasStudies.GroupSizes?
  ) throws(EvidenceError) -> [Double]? {
    if measure.family == .given {
      if let sizes = try sizeColumn(.ni, data) { return sizes }
      return groups.map { sum($0.first, $0.second) }
    }
    if let groups { return sum(groups.first, groups.second) }
    if let sizes = columns[.ni] { return sizes }
    guard let events = columns[.xi], let others = columns[.mi] else { return nil }
    return sum(events, others)
  }

  /// A column of sizes: bound with the measure, named by the map, or by its role.
  private func sizeColumn(_ role: Role, _ data: DataRequest) throws(EvidenceError) -> [Double]? {
    if let column = columns[role] { return column }
    guard measure.family == .given else { return nil }
    if let name = data.map[role] { return try numbers(inColumn: column(name, option: "--map")) }
    let usual = [role.rawValue] + ColumnNames.synonyms(of: role, in: [.yi, .vi, role])
    let names = source.table.columnNames.map(ColumnNames.normalized)
    guard let index = usual.lazy.compactMap({ names.firstIndex(of: $0) }).first else { return nil }
    return try numbers(inColumn: index)
  }

  private func sum(_ x: [Double], _ y: [Double]) -> [Double] { zip(x, y).map { $0 + $1 } }
}
