import EffectSizes
import TableIO

/// `--into`: estimates of one measure from whatever each row reports, by the best route that it fills.
struct MeasureConversion: Conversion {
  private let measure: Measure
  private let settings: RouteSettings
  private let isFlipped: Bool
  private let correlation: Double?
  private let routes: [PlannedRoute]
  /// Routes that an error names.
  private static let listedRoutes = 6

  /// The conversion into a measure.
  /// - Throws: 64 for an unknown measure, a correlation outside -1…1, or options the measure does not have.
  init(_ request: MeasureRequest, correlation: Double?, level: Double) throws(EvidenceError) {
    guard let measure = Measure.named(request.code ?? "") else {
      throw EvidenceError(
        .usage, "--into \(request.code ?? "") is not a known measure", hint: "`evidence effects --list` names them all")
    }
    if let correlation, !(abs(correlation) <= 1) {
      throw EvidenceError(.usage, "--correlation must lie between -1 and 1, got \(correlation.shortText)")
    }
    if let vtype = request.varianceType, !measure.varianceTypes.contains(where: { $0.rawValue == vtype.uppercased() }) {
      throw EvidenceError(
        .usage, "\(measure.code) has no variance type \"\(vtype)\"",
        hint: "it has " + measure.varianceTypes.map(\.rawValue).joined(separator: ", "))
    }
    var options = try EffectOptions(request)
    isFlipped = options.flip
    options.flip = false
    self.measure = measure
    self.correlation = correlation
    settings = RouteSettings(
      options: options, level: level, critical: try NormalInterval.criticalValue(level: level))
    routes = ConversionRoute.leading(to: measure)
  }

  let word = "into"
  var title: String {
    "\(measure.displayName) (\(measure.code)) from what each row reports"
      + (measure.display == .none
        ? "" : "; estimates back-transformed, yi and vi on the \(measure.scale.rawValue) scale")
  }
  var facts: [(String, String)] { [("measure", measure.code), ("scale", measure.scale.rawValue)] }
  var forms: [[Role]] { measure.forms.map(\.roles) }
  var words: [ReportedWord] {
    var words: [ReportedWord] = []
    for word in routes.flatMap(\.words) where !words.contains(word) { words.append(word) }
    return words
  }

  func convert(_ table: inout ConversionTable) throws(EvidenceError) -> ConversionOutcome {
    let filled = fillCorrelation(&table)
    guard routes.contains(where: { route in route.route.words.allSatisfy { table.columns[$0] != nil } }) else {
      throw noRoute(table)
    }
    try check(table)
    var outcome = ConversionOutcome()
    var pending = Array(0..<table.count)
    var reasons: [Int: String] = [:]
    for route in routes {
      var done: Set<Int> = []
      let candidates = table.columns.rows(pending, filling: route.route.words)
      for (row, result) in zip(candidates, try estimates(route, table, candidates)) {
        switch result {
        case .estimate(let yi, let vi, let size):
          let estimate = ConvertedEstimate(
            yi: isFlipped ? -yi : yi, vi: vi, size: size.isNaN ? nil : size,
            assumptions: route.assumptions + (filled.contains(row) ? [correlationAssumption] : []))
          done.insert(row)
          outcome.rows.append(
            ConvertedRow(
              position: row, route: route.name, estimate: estimate, critical: settings.critical,
              transform: measure.display))
        case .problem(let problem):
          let reason = try table.reason(problem, row)
          if reasons[row] == nil { reasons[row] = "\(route.name): \(reason)" }
        }
      }
      pending.removeAll { done.contains($0) }
    }
    outcome.excluded = pending.map { table.excluded($0, reasons[$0] ?? lack(table, $0)) }
    outcome.warnings = warnings(table)
    return outcome
  }

  private func estimates(
    _ route: PlannedRoute, _ table: ConversionTable, _ rows: [Int]
  ) throws(EvidenceError) -> [RouteResult] {
    guard !rows.isEmpty else { return [] }
    do { return try route.estimates(table.columns, rows: rows, settings) } catch {
      throw EvidenceError(.usage, error.description, hint: "evidence effects --describe \(measure.code)")
    }
  }

  /// Fills the missing correlations of change scores with the one given; the positions of the rows that got it.
  private func fillCorrelation(_ table: inout ConversionTable) -> Set<Int> {
    let word = ReportedWord(.ri)
    guard let correlation, measure.family == .change, words.contains(word) else { return [] }
    var values = table.columns[word] ?? [Double](repeating: .nan, count: table.count)
    let missing = values.indices.filter { values[$0].isNaN }
    for row in missing { values[row] = correlation }
    table.columns[word] = values
    return Set(missing)
  }

  private var correlationAssumption: String {
    "a correlation of \((correlation ?? .nan).shortText) between the two measurements"
  }

  /// Stops at values that cannot be, whether or not a route would read them.
  private func check(_ table: ConversionTable) throws(EvidenceError) {
    let words = table.bound(words)
    guard let row = ReportedCheck.firstImpossible(words, of: table.columns) else { return }
    do throws(ConversionProblem) { try ReportedCheck.require(words, of: table.columns, row) } catch {
      _ = try table.reason(error, row)
    }
  }

  /// What a row without a route has, and what the nearest route would need.
  private func lack(_ table: ConversionTable, _ row: Int) -> String {
    let gaps = routes.map { route in (route: route, words: table.columns.lacking(route.route.words, row)) }
    let partial = gaps.filter { $0.words.count < $0.route.route.words.count }
    guard let nearest = partial.min(by: { $0.words.count < $1.words.count }) else {
      return "no value leads to \(measure.code)"
    }
    return "no complete route to \(measure.code); nearest is \(nearest.route.name), missing "
      + nearest.words.map(\.name).joined(separator: ", ")
  }

  private func noRoute(_ table: ConversionTable) -> EvidenceError {
    let listed = routes.prefix(MeasureConversion.listedRoutes).map {
      $0.route.words.map(\.name).joined(separator: ", ")
    }
    let more = routes.count - listed.count
    let needs =
      listed.joined(separator: "; or ") + (more > 0 ? "; or by \(more) more routes (evidence convert --help)" : "")
    return EvidenceError(
      .badData, "\(measure.code) can be had from \(needs); the file has no such set of columns",
      file: table.source.document.name,
      hint: "the file has \(table.source.table.columnNames.joined(separator: ", ")); name columns with --map")
  }

  private func warnings(_ table: ConversionTable) -> [String] {
    let ratios: [ReportedWord] = [.oddsRatio, .riskRatio, .hazardRatio, .rateRatio]
    let rows = Array(0..<table.count)
    let lopsided = table.bound(ratios).flatMap { table.symmetryWarnings(of: $0, scale: .log, rows: rows) }
    let notes = PlausibilityNote.all.flatMap { $0.findings(table.columns) }.map { row, finding in
      "row \(table.number(row)) (\(table.label(row))): \(finding)"
    }
    return lopsided + notes
  }
}
