import Engine

/// Words of options.
enum Words {
  /// The value of a word.
  /// - Throws: 64 that lists the words there are.
  static func find<Value>(
    _ word: String, _ option: String, _ make: (String) -> Value?, _ known: [String]
  ) throws(EvidenceError) -> Value {
    if let value = make(word) { return value }
    throw EvidenceError(.usage, "\(option) \(word) is not known", hint: "choose from \(known.joined(separator: ", "))")
  }

  /// The parts of a list with commas, without the blanks around them; none of no text.
  static func list(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { part in
      var part = part
      while part.first == " " { part.removeFirst() }
      while part.last == " " { part.removeLast() }
      return String(part)
    }.filter { !$0.isEmpty }
  }

  /// The two parts of a text with a comma.
  /// - Throws: 64 when there are not two.
  static func pair(_ text: String, _ option: String) throws(EvidenceError) -> (String, String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { throw EvidenceError(.usage, "\(option) expects two texts with a comma, got \(text)") }
    return (parts[0], parts[1])
  }
}
