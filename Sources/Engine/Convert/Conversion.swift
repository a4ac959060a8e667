import EffectSizes

/// One way of `evidence convert`: the words it reads and what it makes of them.
protocol Conversion: Sendable {
  /// The word in JSON, which is that of the command line: `into`, `mean-sd`, `wald`…
  var word: String { get }
  /// What it does, in a sentence without a full stop.
  var title: String { get }
  /// Facts that head the JSON, such as the measure.
  var facts: [(String, String)] { get }
  /// The words it reads.
  var words: [ReportedWord] { get }
  /// In which sense roles are meant.
  var forms: [[Role]] { get }
  /// Columns of the input that stand in the CSV, when a result stands for several rows; `nil` for all columns and rows.
  var csvColumns: [String]? { get }
  /// Converts the rows.
  /// - Throws: 65 for a value that cannot be, 64 for options that make no sense.
  func convert(_ table: inout ConversionTable) throws(EvidenceError) -> ConversionOutcome
}

extension Conversion {
  var forms: [[Role]] { [] }
  var csvColumns: [String]? { nil }
}

/// What a conversion made of the rows.
struct ConversionOutcome: Sendable {
  var rows: [ConvertedRow] = []
  var excluded: [ExcludedRow] = []
  var warnings: [String] = []
}

/// A converted row.
struct ConvertedRow: Sendable {
  /// Position among the rows in use.
  let position: Int
  /// Words about how it was converted: route, method; key and text.
  var words: [(key: String, text: String)]
  /// The numbers, key and value.
  var numbers: [(key: String, value: Double)]
  /// Estimate and limits on the scale people read.
  var display: DisplayedEstimate?
  /// What was taken for granted.
  var assumptions: [String] = []
}

/// An estimate with its interval on the scale people read.
struct DisplayedEstimate: Sendable {
  let estimate, lower, upper: Double
}

extension ConvertedRow {
  /// A row with an estimate and its normal interval.
  init(position: Int, route: String, estimate: ConvertedEstimate, critical: Double, transform: Transform) {
    let sei = estimate.vi.squareRoot()
    let lower = estimate.yi - critical * sei
    let upper = estimate.yi + critical * sei
    let apply = { transform.apply($0, harmonicSize: estimate.size) }
    self.position = position
    words = [("route", route)]
    numbers = [
      ("yi", estimate.yi), ("vi", estimate.vi), ("sei", sei), ("ci_lower", lower), ("ci_upper", upper),
    ]
    display = DisplayedEstimate(estimate: apply(estimate.yi), lower: apply(lower), upper: apply(upper))
    assumptions = estimate.assumptions
  }
}

/// An estimate with its variance, and what was taken for granted to get it.
struct ConvertedEstimate: Sendable {
  let yi, vi: Double
  var size: Double?
  var assumptions: [String]
}
