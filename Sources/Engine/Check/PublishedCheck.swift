public import TableIO

/// The search for the analysis behind a published result.
public struct PublishedCheck: Sendable {
  /// The published result.
  public let published: PublishedResult
  /// Number of specifications tried.
  public let tried: Int
  /// What the reader should know.
  public let warnings: [String]
  /// The specifications that print the published digits, the most usual first.
  let matches: [CheckCandidate]
  /// Where nothing matches: the nearest, each with its distance in half units of the worst digit.
  let nearest: [(candidate: CheckCandidate, distance: Double)]
  /// The usual analyses, and whether each prints the digits.
  let usual: [(candidate: CheckCandidate, matches: Bool)]
  private let provenance: Provenance
  private let roundingNote: String?

  /// Whether some analysis prints the digits.
  public var isFound: Bool { !matches.isEmpty }

  /// Runs the search.
  /// - Throws: 64 for a text without an estimate, 65 and 66 for data that cannot be read.
  public init(_ request: CheckRequest) throws(EvidenceError) {
    let published = try PublishedResult(request.published)
    let table = try StudyTable(request.data)
    let runs = CheckRuns(request, published)
    let measures = try CheckGrid.measures(table, request, published)
    let (plain, tried) = try runs.candidates(table, measures)
    var exact = plain.compactMap { PublishedCheck.matching($0, published) }
    var note: String?
    if let seed = request.roundingSeed {
      let rounding = try CheckRounding(request, runs, table, measures, seed)
      note = rounding.note
      let found = Set(exact.map(\.words))
      exact += rounding.matches(plain, published).filter { !found.contains($0.words) }
    }
    matches = PublishedCheck.ranked(exact)
    usual = PublishedCheck.usual(plain).map { ($0, PublishedCheck.matching($0, published) != nil) }
    nearest = exact.isEmpty ? PublishedCheck.nearest(plain, published) : []
    self.published = published
    self.tried = tried
    roundingNote = note
    var warnings = table.warnings
    if let k = published.studies, let most = plain.map(\.k).max(), k != most {
      warnings.append("the text says \(k) studies; the data have \(most) with an effect size")
    }
    self.warnings = warnings
    var provenance = Provenance(command: request.command)
    (provenance.inputName, provenance.inputSHA256) = (table.document.name, table.document.sha256)
    (provenance.rowsRead, provenance.rowsUsed) = (table.table.rowCount, table.rows.count)
    provenance.seed = request.roundingSeed
    self.provenance = provenance
  }

  // MARK: Matching

  /// The candidate as a match: as it is, with its groups changed about, or with digits cut off; `nil` when it is none.
  private static func matching(_ candidate: CheckCandidate, _ published: PublishedResult) -> CheckCandidate? {
    let isRatio = ["RR", "OR", "PETO", "IRR", "HR", "ROM"].contains(candidate.measure)
    for one in [candidate, candidate.swapped(isRatio: isRatio)] {
      if prints(one, published, Rounding.nearest) { return one }
      if prints(one, published, [.truncation]) {
        var cut = one
        cut.conventions.append("digits cut off")
        cut.cost += CheckPrior.truncated
        return cut
      }
    }
    return nil
  }

  private static func prints(_ candidate: CheckCandidate, _ published: PublishedResult, _ rules: [Rounding]) -> Bool {
    published.figures.allSatisfy { figure, number in
      guard let value = candidate.values[figure] else { return false }
      return rules.contains { number.prints(value, $0, slack: 1e-9) }
    }
  }

  private static func ranked(_ candidates: [CheckCandidate]) -> [CheckCandidate] {
    candidates.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }.map(\.element)
  }

  /// How far a candidate is from the published digits: the worst figure, in half units of its last digit.
  private static func distance(_ candidate: CheckCandidate, _ published: PublishedResult) -> Double {
    published.figures.reduce(0) { worst, figure in
      guard let value = candidate.values[figure.figure] else { return .infinity }
      let reals = figure.number.reals(under: Rounding.nearest)
      return max(worst, reals.distance(to: value) / (0.5 * figure.number.unit))
    }
  }

  /// The five nearest with different numbers.
  private static func nearest(
    _ candidates: [CheckCandidate], _ published: PublishedResult
  ) -> [(candidate: CheckCandidate, distance: Double)] {
    var found = [(candidate: CheckCandidate, distance: Double)]()
    let all = ranked(candidates).map { ($0, distance($0, published)) }.filter { $0.1.isFinite }
    for (candidate, distance) in all.enumerated().sorted(by: { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) })
      .map(\.element)
    {
      if found.contains(where: { looksLike($0.candidate, candidate, published) }) { continue }
      found.append((candidate, distance))
      if found.count == 5 { break }
    }
    return found
  }

  /// Whether two candidates hardly differ at the digits that are published.
  private static func looksLike(_ a: CheckCandidate, _ b: CheckCandidate, _ published: PublishedResult) -> Bool {
    published.figures.allSatisfy { figure, number in
      guard let first = a.values[figure], let second = b.values[figure] else { return false }
      return abs(first - second) < 0.5 * number.unit
    }
  }

  /// The analyses that a reader would try first, with the effect sizes' defaults.
  private static func usual(_ candidates: [CheckCandidate]) -> [CheckCandidate] {
    let plain = candidates.filter { candidate in
      (candidate.to == nil || candidate.to == "only0" && candidate.add == 0.5
        || ["MH", "PETO"].contains(candidate.method))
        && candidate.correct != false && candidate.hasUsualVariance
        && ["DL", "REML", "EE", "MH", "PETO"].contains(candidate.method)
        && ["normal", "hartung-knapp"].contains(candidate.inference)
        && !(candidate.method == "EE" && candidate.inference != "normal") && candidate.cost < 4.5
    }
    return Array(ranked(plain).prefix(14))
  }
}

extension PublishedCheck {
  /// Matches with the same numbers are one group.
  private var groups: [[(rank: Int, candidate: CheckCandidate)]] {
    var groups = [[(rank: Int, candidate: CheckCandidate)]]()
    for (rank, match) in matches.enumerated() {
      if let place = groups.firstIndex(where: { $0[0].candidate.agrees(with: match) }) {
        groups[place].append((rank + 1, match))
      } else {
        groups.append([(rank + 1, match)])
      }
    }
    return groups
  }

  private func numbers(_ candidate: CheckCandidate, _ format: TextFormat) -> String {
    let values = candidate.values
    var text = "\(format.number(values[.estimate])) \(format.interval(values[.lower], values[.upper]))"
    for (figure, _) in published.figures where ![.estimate, .lower, .upper].contains(figure) {
      text += ", \(figure.name) \(format.number(values[figure]))"
    }
    return text
  }

  /// For people.
  public func text(digits: Int) -> String {
    let format = TextFormat(digits: digits)
    var lines = [
      "Published: \(published.text)", "\(tried) specifications tried, \(matches.count) print these digits", "",
    ]
    for group in groups.prefix(8) {
      lines.append("\(group[0].rank). \(group[0].candidate.words): \(numbers(group[0].candidate, format))")
      if group.count > 1 {
        lines.append("   the same numbers by \(group.count - 1) others:")
        lines += group.dropFirst().prefix(6).map { "     \($0.rank). \($0.candidate.words)" }
        if group.count > 7 { lines.append("     … and \(group.count - 7) more (--format json or csv has them all)") }
      }
    }
    if groups.count > 8 { lines.append("… and \(groups.count - 8) more sets of numbers (--format json or csv)") }
    if matches.isEmpty {
      lines.append("No analysis tried prints these digits. The nearest:")
      var table = TextTable(["Specification", "Gives", "Off by"], [.left, .left, .right])
      for (candidate, distance) in nearest {
        table.row([candidate.words, numbers(candidate, format), "\(format.number(distance)) half units"])
      }
      lines += table.lines
    }
    lines += ["", "What the usual analyses give:"]
    var table = TextTable(["Specification", "Gives", "Prints the digits"], [.left, .left, .left])
    for (candidate, matches) in usual {
      table.row([candidate.words, numbers(candidate, format), matches ? "yes" : "no"])
    }
    lines += table.lines
    if let roundingNote { lines += ["", roundingNote] }
    if !warnings.isEmpty { lines += ["", "Notes"] + warnings.map { "  - " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// As JSON (`evidence.check/1`).
  public var json: JSONValue {
    let places = groups.enumerated().flatMap { group, members in members.map { ($0.rank, group + 1) } }
    let group = Dictionary(uniqueKeysWithValues: places)
    return .fields([
      ("schema", .string("evidence.check/1")), ("published", .string(published.text)),
      (
        "read",
        .fields(
          [("label", .orNull(published.label)), ("level", .orNull(published.level))]
            + published.figures.map { ($0.figure.rawValue, .string("\($0.number)")) })
      ),
      ("tried", .integer(tried)),
      (
        "matches",
        .array(
          matches.enumerated().map { rank, match in
            .fields(
              [("rank", .integer(rank + 1)), ("group", .orNull(group[rank + 1]))] + match.fields)
          })
      ),
      (
        "nearest",
        .array(nearest.map { .fields($0.candidate.fields + [("off_by_half_units", .orNull($0.distance))]) })
      ),
      ("usual", .array(usual.map { .fields($0.candidate.fields + [("matches", .bool($0.matches))]) })),
      ("rounding", .orNull(roundingNote)), ("warnings", .texts(warnings)), ("provenance", provenance.json),
    ])
  }

  /// The matches as CSV.
  public func csv() -> [UInt8] {
    var writer = CSVWriter()
    writer.row([
      "rank", "measure", "method", "inference", "add", "to", "drop00", "vtype", "conventions", "estimate", "ci_lower",
      "ci_upper",
    ])
    for (rank, match) in matches.enumerated() {
      for text in [
        "\(rank + 1)", match.measure, match.method, match.inference, match.add?.shortText ?? "", match.to ?? "",
        match.dropsDoubleZero ? "true" : "false", match.vtype ?? "", match.conventions.joined(separator: "; "),
      ] { writer.cell(text) }
      for figure in [CheckFigure.estimate, .lower, .upper] { writer.cell(match.values[figure]) }
      writer.endRow()
    }
    return writer.bytes
  }
}

extension CheckCandidate {
  fileprivate var fields: [(String, JSONValue)] {
    [
      ("measure", .string(measure)), ("method", .string(method)), ("inference", .string(inference)),
      ("add", .orNull(add)), ("to", .orNull(to)), ("drop00", .bool(dropsDoubleZero)), ("vtype", .orNull(vtype)),
      ("correct", correct.map { .bool($0) } ?? .null), ("conventions", .texts(conventions)), ("k", .integer(k)),
      ("estimate", .orNull(values[.estimate])), ("ci_lower", .orNull(values[.lower])),
      ("ci_upper", .orNull(values[.upper])), ("p", .orNull(values[.p])), ("tau2", .orNull(values[.tauSquared])),
      ("i2", .orNull(values[.iSquared])), ("q", .orNull(values[.q])), ("cost", .number(cost)),
    ]
  }
}
