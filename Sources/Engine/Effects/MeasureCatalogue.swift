public import EffectSizes
public import TableIO

/// The registry of measures as documentation: what `evidence effects --list` and `--describe` print.
public struct MeasureCatalogue: Sendable {
  private let measures: [Measure]
  private let isSingle: Bool

  /// All measures, or one.
  /// - Throws: 64 for an unknown code.
  public init(_ code: String?) throws(EvidenceError) {
    isSingle = code != nil
    guard let code else {
      measures = Measure.all
      return
    }
    guard let measure = Measure.named(code) else {
      throw EvidenceError(
        .usage, "\(code) is not a known measure", hint: "`evidence effects --list` names them all")
    }
    measures = [measure]
  }

  /// For people: three lines a measure (code, name and scale; inputs; source), or a page about one measure.
  public var text: String {
    if isSingle { return measures.map(page).joined(separator: "\n") }
    let entries = measures.map { measure in
      let code = ([measure.code] + measure.aliases).joined(separator: ", ")
      let inputs = measure.forms.map { $0.roles.map(\.rawValue).joined(separator: " ") }.joined(separator: "; or ")
      return """
        \(code): \(measure.name) [\(measure.scale.rawValue)]
            from \(inputs)
            \(measure.source)

        """
    }
    return entries.joined() + "\n\(measures.count) measures; evidence effects --describe CODE says more.\n"
  }

  /// As a Markdown table.
  public var markdown: String {
    let escape = { (text: String) in
      text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
    let rows = measures.map { measure in
      let inputs = measure.forms.map { $0.roles.map(\.rawValue).joined(separator: " ") }.joined(separator: "; ")
      return "| \(measure.code) | \(escape(measure.name)) | \(measure.scale.rawValue) | \(inputs) | "
        + "\(escape(measure.formula)) | \(escape(measure.source)) |\n"
    }
    return "| Code | Name | Scale | Inputs | Formula | Source |\n| --- | --- | --- | --- | --- | --- |\n"
      + rows.joined()
  }

  /// As JSON.
  public var json: JSONValue {
    .fields([("schema", .string("evidence.measures/1")), ("measures", .array(measures.map(fields)))])
  }

  private func fields(_ measure: Measure) -> JSONValue {
    .fields([
      ("code", .string(measure.code)), ("aliases", .texts(measure.aliases)), ("name", .string(measure.name)),
      ("scale", .string(measure.scale.rawValue)), ("transform", .string(measure.display.name)),
      (
        "inputs",
        .array(
          measure.forms.map { form in
            .fields([
              ("required", .texts(form.roles.map(\.rawValue))), ("optional", .texts(form.optional.map(\.rawValue))),
            ])
          })
      ),
      ("variance_types", .texts(measure.varianceTypes.map(\.rawValue))), ("formula", .string(measure.formula)),
      ("assumptions", .string(measure.assumptions)), ("source", .string(measure.source)),
    ])
  }

  private func page(_ measure: Measure) -> String {
    let inputs = measure.forms.map { form in
      "  " + form.roles.map(\.rawValue).joined(separator: ", ")
        + (form.optional.isEmpty ? "" : "  (also " + form.optional.map(\.rawValue).joined(separator: ", ") + ")")
    }
    var lines = ["\(measure.code): \(measure.name)", ""]
    if !measure.aliases.isEmpty { lines.append("Also called: \(measure.aliases.joined(separator: ", "))") }
    lines += ["Scale: \(measure.scale.rawValue); shown: \(measure.display.name)", "Inputs:"] + inputs
    lines += ["Formula: \(measure.formula)"]
    if !measure.varianceTypes.isEmpty {
      let types = measure.varianceTypes.map { "\($0.rawValue) (\($0.meaning))" }
      lines.append("Variance types (--vtype, the default first): \(types.joined(separator: ", "))")
    }
    lines += ["Assumptions: \(measure.assumptions)", "Source: \(measure.source)", ""]
    return lines.joined(separator: "\n")
  }
}
