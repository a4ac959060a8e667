import Datasets
import EffectSizes
import TableIO

/// Whether the event of each study is wanted: as asked, else by a column `direction` or `event` whose words are good and
/// bad, else as the built-in data set says, else unwanted.
struct EventKinds: Sendable {
  /// The answer for rows that say nothing of their own.
  let usual: EventKind
  private let rows: [EventKind?]

  init(_ studies: StudySet, _ asked: EventKind?) {
    let dataset = studies.source.document.dataset?.event == .good ? EventKind.good : .bad
    rows = asked == nil ? EventKinds.column(studies) : []
    let said = rows.compactMap { $0 }
    // One direction for all is the answer for pooled effects too.
    let common = said.first.flatMap { first in said.allSatisfy { $0 == first } ? first : nil }
    usual = asked ?? common ?? dataset
  }

  /// Whether a study's event is wanted.
  subscript(row: Int) -> EventKind { row < rows.count ? rows[row] ?? usual : usual }

  /// The first column of the usual names that holds nothing but the two words.
  private static func column(_ studies: StudySet) -> [EventKind?] {
    for name in ["direction", "event"] {
      guard let column = studies.source.table.columnIndex(named: name) else { continue }
      let words = studies.texts(inColumn: column)
      let kinds = words.map { EventKind(rawValue: $0.lowercased()) }
      if zip(words, kinds).allSatisfy({ $0.isEmpty || $1 != nil }), kinds.contains(where: { $0 != nil }) {
        return kinds
      }
    }
    return []
  }
}
