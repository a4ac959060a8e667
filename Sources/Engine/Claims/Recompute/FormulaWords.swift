/// What a claim's formula column asks for in words.
struct FormulaWords: Sendable {
  /// The text, in small letters.
  let text: String
  /// The tags it asks for.
  let tags: Set<String>
  /// Group sizes it names: "n 157/156".
  let sizes: (n1: Int, n2: Int)?
  /// A note that the data were worked out from the very number.
  let isBackSolved: Bool

  init(_ formula: String) {
    let lower = formula.lowercased()
    text = lower
    tags = Set(FormulaWords.phrases.filter { lower.contains($0.0) }.map(\.1))
      .subtracting(FormulaWords.overridden(lower))
    isBackSolved = lower.contains("back-solved") || lower.contains("back solved")
    sizes = FormulaWords.sizes(lower)
  }

  /// Whether the formula names one of the known ways.
  var isEmpty: Bool { tags.isEmpty }

  private static let phrases: [(String, String)] = [
    ("welch", "welch"), ("pooled t", "pooled"), ("t (pooled", "pooled"), ("t with the pooled", "pooled"),
    ("(pooled)", "pooled"), ("student", "student"), ("pooled variance", "pooled"), ("yates", "yates"),
    ("with correction", "yates"), ("with continuity", "yates"), ("continuity-corrected", "yates"),
    ("without correction", "uncorrected"), ("without continuity", "uncorrected"), ("uncorrected", "uncorrected"),
    ("pearson", "uncorrected"), ("likelihood", "likelihood"), ("n-1 chi", "campbell"), ("n - 1 chi", "campbell"),
    ("campbell", "campbell"), ("fisher", "fisher"), ("cohen", "cohen"), ("hedges", "hedges"), ("j*", "hedges"),
    ("j *", "hedges"), ("exact factor", "exact"), ("gamma", "exact"), ("1-3/(4", "approximate"),
    ("1 - 3/(4", "approximate"), ("glass", "glass"), ("root mean", "average"), ("woolf", "woolf"), ("katz", "katz"),
    ("newcombe", "newcombe"), ("score", "score"), ("wald", "wald"), ("miettinen", "miettinen"), ("mantel", "mh"),
    ("(mh", "mh"), ("peto", "peto"), ("(dl", "dl"), ("dersimonian", "dl"), ("dl ", "dl"), ("reml", "reml"),
    ("paule", "pm"), ("fixed", "fixed"), ("random", "random"), ("equal effects", "fixed"), ("common effect", "fixed"),
    ("hartung", "hartung"), ("knapp", "hartung"), ("hksj", "hartung"), ("events and totals", "totals"),
    ("to totals", "totals"), ("every cell", "cells"), ("all cells", "cells"), ("first group", "sd1"),
    ("second group", "sd2"), ("experimental sd", "sd1"), ("control sd", "sd2"), ("separate variances", "separate"),
    ("raw", "raw"),
  ]

  /// "with continuity" also stands in "without continuity"; "pooled sd" says nothing of a t test.
  private static func overridden(_ text: String) -> Set<String> {
    text.contains("without continuity") && !text.contains("yates") ? ["yates"] : []
  }

  /// "n 21/19", "n = 21/19", "n 21 and 19".
  private static func sizes(_ text: String) -> (n1: Int, n2: Int)? {
    var words = text.split { " ,;=()".contains($0) }.map(String.init)
    words.append("")
    for (i, word) in words.enumerated() where word == "n" && i + 1 < words.count {
      let parts = words[i + 1].split(separator: "/").compactMap { Int($0) }
      if parts.count == 2, parts[0] > 0, parts[1] > 0 { return (parts[0], parts[1]) }
      if i + 3 < words.count, let a = Int(words[i + 1]), words[i + 2] == "and", let b = Int(words[i + 3]), a > 0, b > 0
      {
        return (a, b)
      }
    }
    return nil
  }

  /// The ways that fit the words best: those that bear most of the tags asked for; all when none bears any.
  func select<Way>(_ ways: [Way], tags tagsOf: (Way) -> [String]) -> [Way] {
    let scores = ways.map { way in tagsOf(way).count { tags.contains($0) } }
    guard let best = scores.max(), best > 0 else { return ways }
    return zip(ways, scores).filter { $1 == best }.map(\.0)
  }
}
