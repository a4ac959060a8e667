import EffectSizes
import Synthesis
import TableIO

extension Multiverse {
  /// The multiverse as JSON (`evidence.multiverse/1`), an analysis a line. What does not exist is null.
  public var json: [UInt8] {
    var text = JSONLines()
    text.member("schema", .string("evidence.multiverse/1"))
    text.member("measure", .string(studies.measureCode))
    text.member("k", .integer(studies.count))
    text.member("specifications", .integer(rows.count))
    text.member("summary", summary)
    text.list("choices", choices.count) { choices[$0].json }
    text.member("reference", reference.map { self.row($0) } ?? .null)
    text.list("rows", rows.count) { row($0) }
    text.list("failed", failures.count) { i in
      .fields([("reason", .string(failures[i].reason)), ("count", .integer(failures[i].count))])
    }
    text.list("folded", evaluator.folded.count) { i in
      let (choice, variant) = evaluator.folded[i]
      return .fields([
        ("effect", .fields(choice.jsonFields)), ("same_as", .fields(evaluator.variants[variant].choice.jsonFields)),
      ])
    }
    text.member("excluded", .array(studies.excluded.map(\.json)))
    text.member("warnings", .texts(warnings))
    text.member("provenance", provenance.json)
    return text.finished
  }

  private var summary: JSONValue {
    let counts = counts
    let n = Double(rows.count)
    let estimates = hasOneScale ? rows.map(\.result.estimate) : []
    let hasNull = studies.measure.hasNullEffect
    func percent(_ count: Int) -> JSONValue { hasNull ? .number(100 * Double(count) / n) : .null }
    return .fields([
      ("level", .number(request.pool.measure.level)),
      ("positive", percent(counts.positive)), ("negative", percent(rows.count - counts.positive)),
      ("significant_positive", percent(counts.significantlyPositive)),
      ("significant_negative", percent(counts.significantlyNegative)),
      ("not_significant", percent(rows.count - counts.significantlyPositive - counts.significantlyNegative)),
      ("minimum", .orNull(estimates.first)),
      ("median", .orNull(estimates.isEmpty ? nil : Multiverse.median(estimates))), ("maximum", .orNull(estimates.last)),
    ])
  }

  /// The middle of sorted values.
  static func median(_ sorted: [Double]) -> Double {
    let n = sorted.count
    return n % 2 == 1 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2])
  }

  private func row(_ i: Int) -> JSONValue {
    let row = rows[i]
    let r = row.result
    let back = displays[row.variant]
    return .fields(
      [("rank", .integer(i + 1))] + row.specification.effect.jsonFields + [
        ("method", .string(methodCode(row))), ("inference", .string(row.specification.model.inference.word)),
        ("excluded", .string(row.excluded)), ("k", .integer(r.k)), ("estimate", .orNull(r.estimate)),
        ("se", .orNull(r.standardError)), ("ci_lower", .orNull(r.lower)), ("ci_upper", .orNull(r.upper)),
        ("p", .orNull(r.pValue)), ("tau2", .orNull(r.tauSquared)), ("i2", .orNull(r.iSquared.map { 100 * $0 })),
        (
          "display",
          .fields([
            ("estimate", .orNull(back.function(r.estimate))), ("ci_lower", .orNull(back.function(r.lower))),
            ("ci_upper", .orNull(back.function(r.upper))),
          ])
        ),
      ])
  }

  /// Code of a row's method.
  func methodCode(_ row: Row) -> String {
    var request = request.pool
    row.specification.model.apply(to: &request)
    return request.methodCode
  }

  /// The rows as CSV, in the same order.
  public var csv: [UInt8] {
    var writer = CSVWriter()
    writer.row([
      "rank", "measure", "add", "to", "drop00", "vtype", "correct", "method", "inference", "excluded", "k", "estimate",
      "se", "ci_lower", "ci_upper", "p", "tau2", "i2", "display_estimate", "display_ci_lower", "display_ci_upper",
    ])
    for (i, row) in rows.enumerated() {
      let (effect, r, back) = (row.specification.effect, row.result, displays[row.variant])
      writer.cell(i + 1)
      writer.cell(effect.measure)
      writer.cell(effect.add)
      writer.cell(effect.to?.rawValue ?? "")
      writer.cell(effect.dropDoubleZero.map { "\($0)" } ?? "")
      writer.cell(effect.varianceType ?? "")
      writer.cell(effect.correct.map { "\($0)" } ?? "")
      writer.cell(methodCode(row))
      writer.cell(row.specification.model.inference.word)
      writer.cell(row.excluded)
      writer.cell(r.k)
      for value in [
        r.estimate, r.standardError, r.lower, r.upper, r.pValue, r.tauSquared, r.iSquared.map({ 100 * $0 }),
        back.function(r.estimate), back.function(r.lower), back.function(r.upper),
      ] { writer.cell(value) }
      writer.endRow()
    }
    return writer.bytes
  }
}

extension EffectChoice {
  /// The choice as it is written in results: null is the default.
  var jsonFields: [(String, JSONValue)] {
    [
      ("measure", .string(measure)), ("add", .orNull(add)), ("to", .orNull(to?.rawValue)),
      ("drop00", dropDoubleZero.map { .bool($0) } ?? .null), ("vtype", .orNull(varianceType)),
      ("correct", correct.map { .bool($0) } ?? .null),
    ]
  }
}

extension MultiverseChoice {
  var json: JSONValue {
    func percent(_ share: Double?) -> JSONValue { .orNull(share.map { 100 * $0 }) }
    return .fields([
      ("name", .string(kind.word)), ("variance_share", percent(varianceShare)), ("shift", .orNull(shift)),
      ("conclusion_flips", percent(conclusionFlips)), ("sign_flips", percent(signFlips)),
      (
        "levels",
        .array(
          levels.map {
            .fields([
              ("name", .string($0.name)), ("specifications", .integer($0.count)),
              ("significant", .integer($0.significant)), ("mean", .orNull($0.mean)),
            ])
          })
      ),
    ])
  }
}
