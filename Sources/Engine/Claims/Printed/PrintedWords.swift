/// The words that a statement's numbers are read by.
enum PrintedWords {
  /// What a word calls the number behind it, in the field's short form.
  static func label(_ word: String) -> String? {
    if word == "or" || word == "Or" { return nil }
    return labels[word.lowercased()]
  }

  private static let labels = [
    "rr": "RR", "or": "OR", "rd": "RD", "arr": "ARR", "hr": "HR", "irr": "IRR", "md": "MD", "wmd": "MD", "smd": "SMD",
    "d": "d", "g": "g", "delta": "delta", "δ": "delta", "nnt": "NNT", "nntb": "NNTB", "nnth": "NNTH", "p": "P",
    "t": "t",
    "f": "F", "z": "z", "r": "r", "chi2": "chi2", "χ²": "chi2", "χ2": "chi2", "x²": "chi2", "x2": "chi2",
    "mean": "mean",
    "sd": "SD", "sds": "SD", "se": "SE", "sem": "SE", "±": "±", "i2": "I2", "i²": "I2", "tau2": "tau2", "tau²": "tau2",
    "τ²": "tau2", "τ2": "tau2", "h2": "H2", "h²": "H2", "q": "Q", "n": "n", "k": "k", "df": "df",
  ]

  /// Labels whose numbers are said of the whole statement.
  static let factLabels: Set<String> = ["I2", "tau2", "H2", "Q", "n", "k", "df"]

  /// What is counted, when a number of it is said beside the quantities.
  static func fact(_ word: String) -> String? {
    switch word.lowercased() {
    case "trials", "trial", "studies", "study", "rcts", "comparisons": "studies"
    case "people", "participants", "patients", "individuals", "persons", "subjects", "adults", "adolescents": "people"
    default: nil
    }
  }

  /// A whole number in words.
  static func number(_ word: String) -> UInt64? {
    numbers.firstIndex(of: word.lowercased()).map(UInt64.init)
  }

  private static let numbers = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
  ]

  /// Words that announce a confidence interval.
  static let interval: Set<String> = ["ci", "cis", "cri", "confidence", "credible"]

  /// Words that say that a number is rounded.
  static let approximators: Set<String> = [
    "approximately", "approx", "about", "around", "roughly", "circa", "ca", "nearly", "almost",
  ]

  /// Comparing words that need a "than".
  static let comparisons: [String: PrintedNumber.Relation] = [
    "less": .less, "fewer": .less, "lower": .less, "smaller": .less, "more": .greater, "greater": .greater,
    "higher": .greater, "larger": .greater,
  ]

  /// Comparing words that stand alone before a number.
  static let bounds: [String: PrintedNumber.Relation] = [
    "below": .less, "under": .less, "over": .greater, "above": .greater, "least": .greaterOrEqual,
    "most": .lessOrEqual,
  ]

  /// Words between a label and its number.
  static let fillers: Set<String> = [
    "value", "values", "of", "was", "is", "equals", "equal", "difference", "statistic",
  ]
}
