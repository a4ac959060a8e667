import EffectSizes
public import TableIO

extension FindingsReport {
  /// The report as JSON (`evidence.sof/1`): numbers beside the text as printed.
  public var json: JSONValue {
    .fields([
      ("schema", .string("evidence.sof/1")), ("outcome", .orNull(request.outcome)),
      ("follow_up", .orNull(request.effect.horizon)), ("event", .orNull(absolute?.event.rawValue)),
      ("participants", .orNull(participants)), ("studies", .orNull(studyCount)),
      ("certainty", .orNull(request.certainty?.rawValue)), ("level", .number(level)),
      ("relative_effect", relative), ("mean_difference", means?.json ?? .null),
      ("intervention", .string(request.intervention)),
      ("comparator", .string(request.comparator)), ("per", .integer(Int(per))),
      ("rows", .array((absolute?.rows ?? []).map(json))), ("statement", .orNull(statement)),
      ("footnotes", .texts(footnotes)),
      ("warnings", .texts(warnings)), ("provenance", provenance.json),
    ])
  }

  private var relative: JSONValue {
    guard let effect = absolute?.effect else { return .null }
    return .fields([
      ("measure", .string(effect.measure.shortCode)), ("estimate", .orNull(effect.estimate)),
      ("ci_lower", .orNull(effect.limits.lower)), ("ci_upper", .orNull(effect.limits.upper)),
      ("text", .string(FindingsText.relative(effect))),
    ])
  }

  private func json(_ row: NumberNeededRow) -> JSONValue {
    let words = FindingsText(per: per)
    let limits = row.difference.limits
    return .fields(
      [
        (
          "comparator_risk",
          .fields([
            ("risk", .orNull(row.baselineRisk)), ("per_1000", .orNull(row.baselineRisk.map { 1000 * $0 })),
            ("source", .string(row.label)), ("text", .string(words.comparator(row))),
          ])
        ),
        (
          "intervention_risk",
          .fields([
            ("risk", .orNull(row.experimentalRisk)), ("per_1000", .orNull(row.experimentalRisk.map { 1000 * $0 })),
            ("ci_lower", .orNull(row.experimentalLimits?.lower)), ("ci_upper", .orNull(row.experimentalLimits?.upper)),
            ("text", .string(words.intervention(row))),
          ])
        ),
        (
          "difference",
          .fields([
            ("risk_difference", .orNull(row.difference.value)), ("rd_ci_lower", .orNull(limits.lower)),
            ("rd_ci_upper", .orNull(limits.upper)), ("per_1000", .orNull(1000 * row.difference.value)),
            ("per_1000_ci_lower", .orNull(1000 * limits.lower)), ("per_1000_ci_upper", .orNull(1000 * limits.upper)),
            ("text", .string(words.difference(row))),
          ])
        ),
      ] + row.number.fields)
  }
}
