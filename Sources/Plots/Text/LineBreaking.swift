/// Breaking of texts into lines.
package enum LineBreaking {
  /// The lines of a text that is no wider than a limit; breaks at spaces, and inside words that are too long.
  ///
  /// Line feeds in the text are kept. The measure gives the width of a text.
  package static func lines(_ text: String, limit: Double, measure: (String) -> Double) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines += wrapped(String(paragraph), limit: limit, measure: measure)
    }
    return lines
  }

  /// The lines of a text, as few as a limit allows and about as long as each other, so that no word is left alone.
  static func balanced(_ text: String, limit: Double, measure: (String) -> Double) -> [String] {
    let greedy = lines(text, limit: limit, measure: measure)
    guard greedy.count > 1 else { return greedy }
    return lines(text, limit: width(of: text, inLines: greedy.count, measure: measure), measure: measure)
  }

  /// The text with no-break spaces around signs of relation and minus signs.
  package static func keepingEquations(_ text: String) -> String {
    var words: [String] = []
    var joins = false
    for word in text.split(separator: " ") {
      let isSign = word == "=" || word == "<" || word == ">" || word == "−"
      if (isSign || joins), let last = words.popLast() {
        words.append(last + "\u{A0}" + word)
      } else {
        words.append(String(word))
      }
      joins = isSign
    }
    return words.joined(separator: " ")
  }

  private static func wrapped(_ text: String, limit: Double, measure: (String) -> Double) -> [String] {
    if measure(text) <= limit { return [text] }
    var lines: [String] = []
    var current = ""
    for word in text.split(separator: " ") {
      var glue = current.isEmpty ? "" : " "
      for piece in pieces(String(word), limit: limit, measure: measure) {
        if current.isEmpty || measure(current + glue + piece) <= limit {
          current += glue + piece
        } else {
          lines.append(current)
          current = piece
        }
        glue = ""
      }
    }
    if !current.isEmpty { lines.append(current) }
    return lines
  }

  /// A word that is too long in parts: after hyphens and slashes, and inside a part that is still too long.
  private static func pieces(_ word: String, limit: Double, measure: (String) -> Double) -> [String] {
    if measure(word) <= limit { return [word] }
    return syllables(word).flatMap { cut($0, limit: limit, measure: measure) }
  }

  /// The parts of a word that end in a hyphen, a dash or a slash.
  static func syllables(_ word: String) -> [String] {
    var parts = [""]
    for character in word {
      parts[parts.count - 1].append(character)
      if "-‐–—/".contains(character) { parts.append("") }
    }
    return parts.filter { !$0.isEmpty }
  }

  /// A part, cut where it is wider than the limit; a single character is never cut.
  private static func cut(_ word: String, limit: Double, measure: (String) -> Double) -> [String] {
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

  /// Width of the widest part of a text that is not broken unless it must be.
  static func longestPart(_ text: String, measure: (String) -> Double) -> Double {
    text.split { $0 == " " || $0 == "\n" }.flatMap { syllables(String($0)) }.map(measure).max() ?? 0
  }

  /// The smallest width at which a text takes no more than a number of lines.
  package static func width(of text: String, inLines count: Int, measure: (String) -> Double) -> Double {
    var upper = measure(text)
    var lower = 0.0
    for _ in 0..<24 where upper - lower > 0.5 {
      let middle = (lower + upper) / 2
      if lines(text, limit: middle, measure: measure).count <= count { upper = middle } else { lower = middle }
    }
    return upper
  }
}
