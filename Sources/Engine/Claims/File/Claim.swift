/// One number that a text prints, and where its data are.
public struct Claim: Sendable, Equatable {
  /// Its name in the file.
  public var id: String
  /// The trial it is about.
  public var trial = ""
  /// How well the text was read: found, summary, recalled.
  public var standing = ""
  /// The text that prints it.
  public var source = ""
  /// The place in the text.
  public var sourceDetail = ""
  /// What the number is, as the file says.
  public var quantityKind: String
  /// The number as printed.
  public var stated: String
  /// The groups it is about: "MBT", "MBT vs TAU".
  public var arms = ""
  /// Names of the data rows.
  public var dataRows: [String] = []
  /// Where the data come from: independent, recalled, back-solved counts, text match only.
  public var dataBasis = ""
  /// How the number is said to have been computed.
  public var formula = ""
  /// Number of whole-numbered items that each person's value is the mean of: 1 for whole-numbered scores. `nil`: the
  /// values need not be whole.
  public var items: Int?
  /// What the file's author notes.
  public var note = ""
  /// Line in the file.
  public var line = 0

  /// A claim.
  public init(id: String, quantityKind: String, stated: String) {
    self.id = id
    self.quantityKind = quantityKind
    self.stated = stated
  }

  /// Whether its data were worked out from printed numbers.
  var isBackSolved: Bool { dataBasis.lowercased().contains("back-solved") || dataBasis.lowercased() == "derived" }
}

/// What kind of number a claim states.
enum QuantityKind: Equatable {
  case percent, count, mean
  case riskRatio, oddsRatio, riskDifference, numberNeeded, logRiskRatio, logOddsRatio
  case standardized, meanDifference, t, f, chiSquared, z, pValue
  /// A ratio without data of two groups: incidence rate, hazard.
  case otherRatio
  /// A pooled estimate, by the code of its measure.
  case pooled(String)
  /// Words, dates, designs.
  case text

  /// The kind from the file's word, else from what the statement calls its number.
  init(_ word: String, label: String?) {
    let lower = word.lowercased().filter { !"'’-_ ".contains($0) }
    if lower.hasPrefix("pooled"), let measure = QuantityKind.measure(String(lower.dropFirst(6)), label) {
      self = .pooled(measure)
    } else if let known = QuantityKind.words[lower] {
      self = known
    } else if let label, let known = QuantityKind.words[label.lowercased().filter { $0 != " " }] {
      self = known
    } else {
      self = .text
    }
  }

  private static func measure(_ word: String, _ label: String?) -> String? {
    switch words[word] ?? label.flatMap({ words[$0.lowercased()] }) {
    case .riskRatio: "RR"
    case .oddsRatio: "OR"
    case .riskDifference: "RD"
    case .standardized: "SMD"
    case .meanDifference: "MD"
    default: nil
    }
  }

  private static let words: [String: QuantityKind] = [
    "percent": .percent, "percentage": .percent, "risk": .percent, "proportion": .percent, "rate": .percent,
    "count": .count, "n": .count, "sample": .percent, "mean": .mean, "meanandsd": .mean, "meansd": .mean,
    "rr": .riskRatio, "riskratio": .riskRatio, "relativerisk": .riskRatio, "or": .oddsRatio, "oddsratio": .oddsRatio,
    "rd": .riskDifference, "arr": .riskDifference, "riskdifference": .riskDifference, "nnt": .numberNeeded,
    "nntb": .numberNeeded, "nnth": .numberNeeded, "numberneededtotreat": .numberNeeded, "logrr": .logRiskRatio,
    "logriskratio": .logRiskRatio, "lnrr": .logRiskRatio, "logor": .logOddsRatio, "lnor": .logOddsRatio,
    "logoddsratio": .logOddsRatio, "smd": .standardized, "d": .standardized, "g": .standardized,
    "delta": .standardized, "cohend": .standardized, "cohensd": .standardized, "hedgesg": .standardized,
    "glassdelta": .standardized, "effectsize": .standardized, "standardisedmeandifference": .standardized,
    "standardizedmeandifference": .standardized, "md": .meanDifference, "meandifference": .meanDifference, "t": .t,
    "ttest": .t, "f": .f, "anova": .f, "chisquare": .chiSquared, "chisquared": .chiSquared, "chi2": .chiSquared,
    "χ2": .chiSquared, "χ²": .chiSquared, "z": .z, "pvalue": .pValue, "p": .pValue, "irr": .otherRatio,
    "hr": .otherRatio, "rateratio": .otherRatio, "hazardratio": .otherRatio,
  ]

  /// Whether exchanging the groups only turns the sign.
  var isSigned: Bool {
    switch self {
    case .standardized, .meanDifference, .t, .z, .riskDifference, .logRiskRatio, .logOddsRatio: true
    default: false
    }
  }

  /// Whether an interval of it is symmetric on the log scale.
  var isRatio: Bool {
    switch self {
    case .riskRatio, .oddsRatio, .otherRatio, .pooled("RR"), .pooled("OR"): true
    default: false
    }
  }

  /// The rules its numbers may have been printed by: NNTs are often rounded up.
  var rules: [Rounding] { self == .numberNeeded ? Rounding.nearest + [.up] : Rounding.nearest }
}
