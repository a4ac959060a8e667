import Datasets
import EffectSizes
import TableIO

/// Finds the column of each word: as mapped, by its own name, by a usual name.
struct ConversionColumnFinder {
  private let source: StudyTable
  private let words: [ReportedWord]
  private let forms: [[Role]]
  private(set) var binding: [ReportedWord: Int] = [:]
  private(set) var warnings: [String] = []

  init(_ source: StudyTable, words: [ReportedWord], forms: [[Role]]) {
    self.source = source
    self.words = words
    self.forms = forms
  }

  /// Binds the words.
  /// - Throws: 65 for a mapped column that is not there.
  mutating func bind(_ map: [ReportedWord: String]) throws(EvidenceError) {
    for (name, column) in source.document.dataset?.map ?? [:] {
      guard let word = ReportedWord.named(name), map[word] == nil else { continue }
      binding[word] = source.table.columnIndex(named: column)
    }
    for word in ReportedWord.all {
      guard let name = map[word] else { continue }
      guard let index = source.table.columnIndex(named: name) else {
        throw EvidenceError(
          .badData, "--map \(word)=\(name): the file has no column \"\(name)\"", file: source.document.name,
          column: name, hint: "its columns are " + source.table.columnNames.joined(separator: ", "))
      }
      binding[word] = index
    }
    bindByName()
    bindBySynonym()
  }

  private mutating func bindByName() {
    let taken = Set(binding.values)
    for word in words where binding[word] == nil {
      if let index = source.table.columnIndex(named: word.name), !taken.contains(index) { binding[word] = index }
    }
  }

  private mutating func bindBySynonym() {
    let names = source.table.columnNames.map(ColumnNames.normalized)
    for word in words where binding[word] == nil {
      let synonyms = ConversionNames.synonyms(of: word, forms: forms)
      let candidates = names.indices.filter { synonyms.contains(names[$0]) && !binding.values.contains($0) }
      if candidates.count == 1 { binding[word] = candidates[0] }
      if candidates.count > 1 {
        let list = candidates.map { "\"\(source.table.columnNames[$0])\"" }.joined(separator: " and ")
        warnings.append(
          "columns \(list) could both be \(word), and neither was read: name one with --map \(word)=COLUMN")
      }
    }
  }
}
