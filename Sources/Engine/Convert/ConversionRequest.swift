public import EffectSizes

/// What `evidence convert` is asked: a table, the columns named by the user, and the conversion.
public struct ConversionRequest: Sendable {
  /// The table; its own `map` is not used, because words of conversion are wider than roles.
  public var data: DataRequest
  /// Columns named by the user.
  public var map: [ReportedWord: String] = [:]
  /// Level of the printed intervals and of those returned.
  public var level = 0.95

  /// A request for a table.
  public init(_ data: DataRequest) { self.data = data }

  /// Reads `word=column,word=column`.
  /// - Throws: 64 for an unknown or repeated word.
  public static func parseMap(_ text: String) throws(EvidenceError) -> [ReportedWord: String] {
    var map: [ReportedWord: String] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: true) {
      let sides = part.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, !sides[1].isEmpty else {
        throw EvidenceError(
          .usage, "--map expects word=column, got \"\(part)\"", hint: "for example --map estimate=HR,ci_lower=lcl")
      }
      let name = sides[0].filter { $0 != " " }
      guard let word = ReportedWord.named(name) else {
        throw EvidenceError(
          .usage, "--map: \"\(name)\" is not a word of convert",
          hint: "words are " + ReportedWord.all.map(\.name).joined(separator: " "))
      }
      guard map[word] == nil else { throw EvidenceError(.usage, "--map names \(word) twice") }
      map[word] = String(sides[1])
    }
    return map
  }
}
