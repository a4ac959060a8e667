public import EffectSizes
import TableIO

/// The result of `evidence convert`: a row per converted row, the others with their reasons.
public struct ConversionReport: Sendable {
  let conversion: any Conversion
  let table: ConversionTable
  let rows: [ConvertedRow]
  /// The rows left out.
  public let excluded: [ExcludedRow]
  /// What the report warns of.
  public let warnings: [String]
  let provenance: Provenance

  /// Ways of converting.
  public enum Mode: Sendable {
    /// `--into`: estimates of a measure from whatever a row has.
    case measure(MeasureRequest, correlation: Double?)
    /// `--mean-sd` with the method's word.
    case meanAndDeviation(method: String)
    /// `--two-by-two`.
    case twoByTwo
    /// `--wald`; the scale is `.log` when ratios are printed.
    case wald(Scale)
    /// `--group-sd`.
    case groupDeviation
    /// `--combine` with the columns that name a group.
    case combine([String])
    /// `--delta` with the function, and lists of variance and covariance columns.
    case delta(String, variances: String?, covariances: String?)
  }

  /// Reads the table and converts it.
  ///
  /// - Throws: 65 for bad data with its place, 64 for options that make no sense, 69 when no row can be converted.
  public init(_ request: ConversionRequest, _ mode: Mode, command: String) throws(EvidenceError) {
    let conversion = try ConversionReport.conversion(mode, request)
    var table = try ConversionTable(request, words: conversion.words, forms: conversion.forms)
    let outcome = try conversion.convert(&table)
    guard !outcome.rows.isEmpty else { throw table.nothingConverted(outcome.excluded) }
    self.conversion = conversion
    self.table = table
    rows = outcome.rows.sorted { $0.position < $1.position }
    excluded = outcome.excluded.sorted { $0.row < $1.row }
    warnings = table.warnings + outcome.warnings
    provenance = Provenance(command: command, source: table.source, rowsUsed: outcome.rows.count)
  }

  private static func conversion(_ mode: Mode, _ request: ConversionRequest) throws(EvidenceError) -> any Conversion {
    switch mode {
    case .measure(let measure, let correlation):
      try MeasureConversion(measure, correlation: correlation, level: request.level)
    case .meanAndDeviation(let method): try FiveNumberConversion(method)
    case .twoByTwo: TableConversion()
    case .wald(let scale): WaldConversion(scale: scale, level: request.level)
    case .groupDeviation: GroupDeviationConversion(level: request.level)
    case .combine(let columns): CombinedGroupsConversion(columns: columns)
    case .delta(let function, let variances, let covariances):
      try DeltaConversion(function, variances: variances, covariances: covariances, level: request.level)
    }
  }
}

extension ConversionTable {
  /// 65: the conversion needs columns that were not found.
  func needs(_ option: String, _ words: [ReportedWord]) -> EvidenceError {
    let lacking = words.filter { binding[$0] == nil }.map(\.name)
    return EvidenceError(
      .badData,
      "\(option) needs the columns \(words.map(\.name).joined(separator: ", ")); no column was recognised as "
        + lacking.joined(separator: ", "),
      file: source.document.name,
      hint: "the file has \(source.table.columnNames.joined(separator: ", ")); name columns with --map "
        + lacking.map { "\($0)=COLUMN" }.joined(separator: ","))
  }

  /// 69: no row could be converted.
  func nothingConverted(_ excluded: [ExcludedRow]) -> EvidenceError {
    let first = excluded.first.map { "; row \($0.row) (\($0.study)): \($0.reason)" } ?? ""
    return EvidenceError(
      .notEstimable, "no row can be converted\(first)", file: source.document.name,
      hint: "`evidence convert --help` says which columns each conversion reads; name yours with --map")
  }
}

extension Provenance {
  /// The provenance of a table that is converted row by row.
  init(command: String, source: StudyTable, rowsUsed: Int) {
    self.command = command
    inputName = source.document.name
    inputSHA256 = source.document.sha256
    rowsRead = source.table.rowCount
    self.rowsUsed = rowsUsed
  }
}
