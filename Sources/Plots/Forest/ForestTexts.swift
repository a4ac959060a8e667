/// What the headings, rows and lines of a forest plot say. Words in braces are filled in; see ``ForestWords``.
public struct ForestTexts: Sendable {
  /// Heading of the first column.
  public var label = "Study"
  /// Headings of the arms' columns.
  public var events = "Events", total = "Total", mean = "Mean", sd = "SD", time = "Time"
  /// Headings under the arm's name where an arm has one column.
  public var combinedCounts = "events / total", combinedMeans = "mean (SD) / total", combinedRates = "events / time"
  /// Headings of the analysis scale's estimate and standard error.
  public var generic = "{analysed}", standardError = "SE"
  /// Headings of the weights: with one model, and with two.
  public var weight = "Weight", weightCommon = "Weight\n({common})", weightRandom = "Weight\n({random})"
  /// Headings of the effects in figures and of the plot; `\n` starts a line.
  public var effect = "{Measure}\n[{level} CI]", plot = ""
  /// Title of the axis.
  public var axis = "{Measure}"
  /// The models' names in running text.
  public var common = "common", random = "random"
  /// Pooled rows of all studies and of a subgroup, for one model and, with the model's name, for two.
  public var overall = "Total ({level} CI)", overallModel = "Total ({model}, {level} CI)"
  /// Pooled rows of a subgroup, likewise.
  public var subgroup = "Subtotal ({level} CI)", subgroupModel = "Subtotal ({model}, {level} CI)"
  /// The row of a prediction interval.
  public var prediction = "{level} prediction interval"
  /// In place of figures where a study has no estimate.
  public var notEstimable = "Not estimable"
  /// A line of the sums of events under the pooled rows.
  public var totalEvents: String?
  /// Lines under pooled rows.
  public var heterogeneity = ForestPhrase("", []), overallTest = ForestPhrase("", [])
  /// The line at the end of a figure with subgroups.
  public var subgroupTest = ForestPhrase("", [])
}

/// A line made of parts; a part of which a number is absent is left out.
public struct ForestPhrase: Sendable, Equatable {
  /// How the line begins.
  public var lead: String
  /// Its parts.
  public var parts: [String]
  /// What joins the parts.
  public var separator: String

  /// A line from its parts.
  public init(_ lead: String, _ parts: [String], separator: String = ", ") {
    self.lead = lead
    self.parts = parts
    self.separator = separator
  }

  /// The line with its numbers, `nil` when no part can be filled.
  func text(_ words: (String) -> String?) -> String? {
    let filled = parts.compactMap { Template.filled($0, words) }
    guard !filled.isEmpty, let lead = Template.filled(lead, words) else { return nil }
    return lead + filled.joined(separator: separator)
  }
}

/// Texts with words in braces.
enum Template {
  /// The text with its words filled in, `nil` when one is not known.
  static func filled(_ template: String, _ words: (String) -> String?) -> String? {
    var out = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      guard let word = words(String(rest[rest.index(after: open)..<close])) else { return nil }
      out += rest[..<open] + word
      rest = rest[rest.index(after: close)...]
    }
    return out + rest
  }
}
