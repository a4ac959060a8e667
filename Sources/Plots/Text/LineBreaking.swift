/// Breaking of texts into lines.
enum LineBreaking {
  /// The lines of a text that is no wider than a limit; breaks at spaces, and inside words that are too long.
  ///
  /// Line feeds in the text are kept. The measure gives the width of a text.
  static func lines(_ text: String, limit: Double, measure: (String) -> Double) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines += wrapped(String(paragraph), limit: limit, measure: measure)
    }
    return lines
  }

  private static func wrapped(_ text: String, limit: Double, measure: (String) -> Double) -> [String] {
    if measure(text) <= limit { return [text] }
    var lines: [String] = []
    var current = ""
    for word in text.split(separator: " ") {
      let candidate = current.isEmpty ? String(word) : current + " " + word
      if measure(candidate) <= limit {
        current = candidate
        continue
      }
      if !current.isEmpty { lines.append(current) }
      current = ""
      for piece in pieces(String(word), limit: limit, measure: measure) {
        if !current.isEmpty { lines.append(current) }
        current = piece
      }
    }
    if !current.isEmpty { lines.append(current) }
    return lines
  }

  /// A word, cut where it is wider than the limit; a single character is never cut.
  private static func pieces(_ word: String, limit: Double, measure: (String) -> Double) -> [String] {
    if measure(word) <= limit { return [word] }
    var pieces: [String] = []
    var current = ""
    for character in word {
      if !current.isEmpty, measure(current + String(character)) > limit {
        pieces.append(current)
        current = ""
      }
      current.append(character)
    }
    if !current.isEmpty { pieces.append(current) }
    return pieces
  }

  /// The smallest width at which a text takes no more than a number of lines.
  static func width(of text: String, inLines count: Int, measure: (String) -> Double) -> Double {
    var upper = measure(text)
    var lower = 0.0
    for _ in 0..<24 where upper - lower > 0.5 {
      let middle = (lower + upper) / 2
      if lines(text, limit: middle, measure: measure).count <= count { upper = middle } else { lower = middle }
    }
    return upper
  }
}
