public import TableIO

/// A line of an audit: one printed or stored number, what recomputing it gave, and what that is worth.
public struct AuditEntry: Sendable {
  /// Name of the claim.
  public var claim: String
  /// The trial or analysis it is about.
  public var trial = ""
  /// The text or file that states it, and the place in it.
  public var source = ""
  /// What the number is.
  public var quantityKind: String
  /// The number as stated.
  public var stated: String
  /// The rows it was recomputed from.
  public var dataRow = ""
  /// Where the data come from.
  public var dataBasis = ""
  /// The value recomputed, at full precision, in the stated unit; `nil` when there is none.
  public var recomputed: Double?
  /// The same for people, with interval and further values.
  public var recomputedText: String?
  /// All values that the inputs as printed allow.
  public var rangeLower, rangeUpper: Double?
  /// How the range was found.
  public var rangeKind: String?
  /// The formula, in words.
  public var formula: String?
  /// The verdict.
  public var verdict: Verdict
  /// Whether the data were worked out from the very number.
  public var isCircular = false
  /// The reasons, and what would have to be true.
  public var note = ""
  /// What the file's author notes.
  public var fileNote = ""

  /// A line without details.
  public init(claim: String, quantityKind: String, stated: String, verdict: Verdict) {
    self.claim = claim
    self.quantityKind = quantityKind
    self.stated = stated
    self.verdict = verdict
  }

  /// The line of a judged claim.
  public init(_ judged: JudgedClaim) {
    let claim = judged.claim
    self.init(claim: claim.id, quantityKind: claim.quantityKind, stated: claim.stated, verdict: judged.verdict)
    trial = claim.trial
    source = [claim.source, claim.sourceDetail].filter { !$0.isEmpty }.joined(separator: ", ")
    dataRow = claim.dataRows.joined(separator: ";")
    dataBasis = claim.dataBasis
    recomputed = judged.recomputed
    recomputedText = judged.recomputedText
    rangeLower = judged.rangeLower
    rangeUpper = judged.rangeUpper
    rangeKind = judged.rangeKind
    formula = judged.formula
    isCircular = judged.isCircular
    note = judged.note
    fileNote = claim.note
  }

  /// The range as text, empty when there is none or it is one value.
  var rangeText: String {
    guard let rangeLower, let rangeUpper, rangeLower < rangeUpper else { return "" }
    return "\(ClaimText.significant(rangeLower)) to \(ClaimText.significant(rangeUpper))"
  }

  var json: JSONValue {
    .fields([
      ("claim", .string(claim)), ("trial", .string(trial)), ("source", .string(source)),
      ("quantity_kind", .string(quantityKind)), ("stated", .string(stated)), ("recomputed", .orNull(recomputed)),
      ("recomputed_text", .orNull(recomputedText)), ("range_lower", .orNull(rangeLower)),
      ("range_upper", .orNull(rangeUpper)), ("range_kind", .orNull(rangeKind)), ("formula", .orNull(formula)),
      ("data_row", .string(dataRow)), ("data_basis", .string(dataBasis)), ("circular", .bool(isCircular)),
      ("verdict", .string(verdict.rawValue)), ("note", .string(note)), ("file_note", .string(fileNote)),
    ])
  }
}
