import EffectSizes
import Synthesis
public import TableIO

extension NumberNeededReport {
  /// The report as JSON (`evidence.nnt/1`). What does not exist is null or absent.
  public var json: JSONValue {
    var fields: [(String, JSONValue)] = [
      ("schema", .string("evidence.nnt/1")), ("source", .string(sourceWord)), ("event", .string(event.rawValue)),
      ("level", .number(level)), ("unit", .string(areRates ? "person-time" : "people")),
    ]
    if let effect { fields.append(("effect", effect.json)) }
    if let analysis { fields.append(("model", analysis.briefJSON)) }
    if let horizon = request.horizon { fields.append(("horizon", .string(horizon))) }
    fields.append(("rows", .array(rows.map { $0.json(areRates: areRates) })))
    if !prediction.isEmpty { fields.append(("prediction", .array(prediction.map { $0.json(areRates: false) }))) }
    if !subgroups.isEmpty { fields.append(("subgroups", .array(subgroups.map(\.json)))) }
    fields += [
      ("rounding", .string(request.rounding.rule)), ("excluded", .array((studies?.excluded ?? []).map(\.json))),
      ("warnings", .texts(warnings)), ("provenance", provenance.json),
    ]
    return .fields(fields)
  }

  /// The studies behind the report, when there are any.
  public var studies: StudySet? { tables?.studies ?? analysis?.studies }

  /// Whether the rows are rates, so that numbers needed are person-time.
  public var areRates: Bool { tables?.areRates ?? false }

  private var sourceWord: String {
    switch request.source {
    case .tables: "tables"
    case .effect: "effect"
    case .pool: "pool"
    }
  }
}

extension PoolAnalysis {
  /// What a report that uses the analysis says of it.
  var briefJSON: JSONValue {
    .fields([
      ("k", .integer(fit.k)), ("measure", .string(studies.measure.code)), ("effects", .string(fit.effects)),
      ("method", .string(fit.method)), ("inference", .string(fit.inference)),
    ])
  }
}

extension RelativeEffect {
  /// measure, estimate, ci_lower, ci_upper.
  var json: JSONValue {
    .fields([
      ("measure", .string(measure.shortCode)), ("estimate", .orNull(estimate)), ("ci_lower", .orNull(limits.lower)),
      ("ci_upper", .orNull(limits.upper)), ("method", .string(measure.method)),
    ])
  }
}

extension RelativeMeasure {
  /// The code without the way it is converted.
  var shortCode: String { String(code.prefix { $0 != ":" }) }
}

extension NumberNeededReport.Group {
  var json: JSONValue {
    .fields([
      ("name", .string(name)), ("k", .integer(studyCount)), ("effect", effect.json),
      ("rows", .array(rows.map { $0.json(areRates: false) })),
      ("prediction", .array(prediction.map { $0.json(areRates: false) })),
    ])
  }
}

extension NumberNeededRow {
  func json(areRates: Bool) -> JSONValue {
    var fields: [(String, JSONValue)] = []
    if let row {
      fields += [("row", .integer(row)), ("study", .string(label))]
    } else {
      fields += [("baseline", .string(label))]
    }
    fields.append(("event", .string(event.rawValue)))
    if let counts { fields += counts.fields(areRates: areRates) }
    fields += [
      ("baseline_risk", .orNull(baselineRisk)), ("risk_experimental", .orNull(experimentalRisk)),
      ("risk_difference", .orNull(difference.value)), ("rd_ci_lower", .orNull(difference.limits.lower)),
      ("rd_ci_upper", .orNull(difference.limits.upper)),
    ]
    fields += number.fields
    fields += [
      ("per_1000", .orNull(1000 * difference.value)), ("per_1000_ci_lower", .orNull(1000 * difference.limits.lower)),
      ("per_1000_ci_upper", .orNull(1000 * difference.limits.upper)), ("method", .string(method)),
    ]
    if let baselineLimits {
      fields += [
        ("baseline_ci_lower", .orNull(baselineLimits.lower)), ("baseline_ci_upper", .orNull(baselineLimits.upper)),
      ]
    }
    fields += NumberNeededRow.errorFields(monteCarloErrors)
    if !others.isEmpty { fields.append(("other_intervals", .array(others.map(\.json)))) }
    return .fields(fields)
  }

  static func errorFields(_ errors: (lower: Double, upper: Double)?) -> [(String, JSONValue)] {
    guard let errors else { return [] }
    return [("rd_ci_lower_mc_error", .orNull(errors.lower)), ("rd_ci_upper_mc_error", .orNull(errors.upper))]
  }
}

extension NumberNeededRow.Counts {
  func fields(areRates: Bool) -> [(String, JSONValue)] {
    let total = areRates ? "time" : "n"
    return [
      ("events_experimental", .orNull(events1)), (total + "_experimental", .orNull(total1)),
      ("events_control", .orNull(events2)), (total + "_control", .orNull(total2)),
    ]
  }
}

extension NumberNeededRow.NamedLimits {
  var json: JSONValue {
    .fields(
      [
        ("method", .string(code)), ("rd_ci_lower", .orNull(limits.lower)), ("rd_ci_upper", .orNull(limits.upper)),
        ("ci", number.intervalJSON),
      ] + NumberNeededRow.errorFields(monteCarloErrors))
  }
}

extension NumberNeeded {
  /// nnt, kind, ci.
  var fields: [(String, JSONValue)] {
    [("nnt", .orNull(value)), ("kind", .orNull(kind?.rawValue)), ("ci", intervalJSON)]
  }

  /// The ends, positive; null for ∞.
  var intervalJSON: JSONValue {
    .fields([
      ("lower", .orNull(lower.value)), ("upper", .orNull(upper.value)), ("through_infinity", .bool(throughInfinity)),
      ("lower_kind", .orNull(lower.kind?.rawValue)), ("upper_kind", .orNull(upper.kind?.rawValue)),
    ])
  }
}

extension NumberNeededReport {
  /// The rows as CSV, predictions and subgroups below the mean effect.
  public func csv() -> [UInt8] {
    var writer = CSVWriter()
    writer.row([
      "subgroup", "scope", "row", areRates || tables != nil ? "study" : "baseline", "baseline_risk",
      "risk_experimental",
      "risk_difference", "rd_ci_lower", "rd_ci_upper", "nnt", "kind", "nnt_ci_lower", "nnt_ci_upper",
      "through_infinity",
      "per_1000", "per_1000_ci_lower", "per_1000_ci_upper", "method",
    ])
    for row in rows { row.write(to: &writer, subgroup: "", scope: tables == nil ? "mean" : "table") }
    for row in prediction { row.write(to: &writer, subgroup: "", scope: "prediction") }
    for group in subgroups {
      for row in group.rows { row.write(to: &writer, subgroup: group.name, scope: "mean") }
      for row in group.prediction { row.write(to: &writer, subgroup: group.name, scope: "prediction") }
    }
    return writer.bytes
  }
}

extension NumberNeededRow {
  fileprivate func write(to writer: inout CSVWriter, subgroup: String, scope: String) {
    writer.cell(subgroup)
    writer.cell(scope)
    writer.cell(row)
    writer.cell(label)
    let limits = difference.limits
    for value in [baselineRisk, experimentalRisk, difference.value, limits.lower, limits.upper, number.value] {
      writer.cell(value)
    }
    writer.cell(number.kind?.rawValue ?? "")
    writer.cell(number.lower.value)
    writer.cell(number.upper.value)
    writer.cell(number.throughInfinity ? "true" : "false")
    for value in [difference.value, limits.lower, limits.upper] { writer.cell(1000 * value) }
    writer.cell(method)
    writer.endRow()
  }
}
