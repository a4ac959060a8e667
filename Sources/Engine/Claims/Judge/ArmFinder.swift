/// Which groups of a row a claim's words mean.
struct ArmFinder {
  /// What the experimental group is called in the data's columns.
  let experimental: String
  /// Words for the control group that the table of trials knows.
  let controlWords: [String]

  private static let usual = [
    "control", "tau", "placebo", "usual", "comparator", "comparison", "waitlist", "waiting", "sham", "standard", "scm",
    "supportive", "untreated", "no treatment",
  ]

  /// The groups in the order named (0 experimental, 1 control); `nil` when the words name none that is known.
  func groups(_ arms: String) -> [Int]? {
    let lower = arms.lowercased()
    for separator in [" vs. ", " vs ", " versus ", " against ", " v "] where lower.contains(separator) {
      let parts = lower.components(separatedBy: separator)
      guard parts.count == 2 else { continue }
      return isControl(parts[0]) && !isControl(parts[1]) ? [1, 0] : [0, 1]
    }
    if isControl(lower) { return [1] }
    if isExperimental(lower) { return [0] }
    return nil
  }

  /// Whether the words mean everybody.
  static func isEverybody(_ arms: String) -> Bool {
    ["both", "all", "total", "overall", "everyone"].contains { word in
      arms.lowercased().split(separator: " ").contains(Substring(word))
    }
  }

  private func isExperimental(_ words: String) -> Bool {
    !experimental.isEmpty && words.contains(experimental.lowercased())
      || ["experimental", "intervention", "treatment", "treated", "active"].contains { words.contains($0) }
  }

  private func isControl(_ words: String) -> Bool {
    if !experimental.isEmpty, words.hasPrefix(experimental.lowercased()) { return false }
    return ArmFinder.usual.contains { words.contains($0) }
      || controlWords.contains { !$0.isEmpty && words.contains($0.lowercased()) }
  }
}

extension String {
  /// The pieces between a separator that may be several characters long.
  func components(separatedBy separator: String) -> [String] {
    let (text, mark) = (Array(self), Array(separator))
    var pieces: [String] = []
    var (start, at) = (0, 0)
    while at + mark.count <= text.count {
      if Array(text[at..<at + mark.count]) == mark {
        pieces.append(String(text[start..<at]))
        at += mark.count
        start = at
      } else {
        at += 1
      }
    }
    return pieces + [String(text[start...])]
  }
}
