import Synthesis
import TableIO

/// The order in which studies accumulate.
enum AccumulationOrder {
  /// The studies by increasing value of a column (or of yi, vi, sei where no column has that name), ties in the
  /// order of the file, missing values last; by decreasing value with `-` in front of the name.
  /// - Throws: 65 for a column that is absent.
  static func rows(_ studies: StudySet, by name: String?) throws(EvidenceError) -> [Int] {
    guard let name else { return Array(0..<studies.count) }
    if let keys = try keys(studies, name) { return sorted(keys) }
    if name.hasPrefix("-"), let keys = try keys(studies, String(name.dropFirst())) {
      return sorted(keys.descending)
    }
    _ = try studies.column(name, option: "--order")
    return Array(0..<studies.count)
  }

  /// Numbers where every value is one, else texts.
  private enum Keys {
    case numbers([Double])
    case texts([String?])

    /// Keys whose increasing order is the decreasing one of these, ties still in the order of the file.
    var descending: Keys {
      switch self {
      case .numbers(let values): return .numbers(values.map { -$0 })
      case .texts(let values):
        let ranks = Dictionary(
          uniqueKeysWithValues: Set(values.compactMap { $0 }).sorted().enumerated().map { ($1, -Double($0)) })
        return .numbers(values.map { $0.flatMap { ranks[$0] } ?? .nan })
      }
    }
  }

  private static func keys(_ studies: StudySet, _ name: String) throws(EvidenceError) -> Keys? {
    guard let column = studies.source.table.columnIndex(named: name) else {
      switch name.lowercased() {
      case "yi": return .numbers(studies.yi)
      case "vi": return .numbers(studies.vi)
      case "sei": return .numbers(studies.vi.map { $0.squareRoot() })
      default: return nil
      }
    }
    switch studies.moderator(column) {
    case .numbers(let values): return .numbers(values)
    case .text(let values): return .texts(values)
    }
  }

  private static func sorted(_ keys: Keys) -> [Int] {
    switch keys {
    case .numbers(let values):
      return values.indices.sorted { a, b in
        if values[a].isNaN || values[b].isNaN { return values[a].isNaN == values[b].isNaN ? a < b : values[b].isNaN }
        return (values[a], a) < (values[b], b)
      }
    case .texts(let values):
      return values.indices.sorted { a, b in
        guard let x = values[a], let y = values[b] else {
          return (values[a] == nil) == (values[b] == nil) ? a < b : values[b] == nil
        }
        return (x, a) < (y, b)
      }
    }
  }
}
