import Datasets
import TableIO

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Claims with the data they name: a claims file, and `binary.csv`, `continuous.csv` and `trials.csv` beside it.
public struct ClaimsFile: Sendable {
  /// The claims in the file's order.
  public let claims: [Claim]
  /// The file itself.
  public let document: InputDocument
  let rows: ClaimRows

  /// Reads a claims file, a folder that holds one, or a family of built-in data such as `mbt`.
  /// - Throws: 66 when there is nothing to read, 65 with line and column for a file that is no claims file.
  public static func read(_ name: String) throws(EvidenceError) -> ClaimsFile {
    if let folder = folder(name) {
      return try ClaimsFile(
        claims: InputDocument.read(folder + "/claims.csv"),
        beside: { file throws(EvidenceError) in try ClaimsFile.optional(folder + "/" + file) })
    }
    if let family = Dataset.named(name + "/claims"), access(name, F_OK) != 0 { return try builtIn(family, name) }
    if name.lowercased().hasSuffix("/claims"), let family = Dataset.named(name), access(name, F_OK) != 0 {
      return try builtIn(family, String(name.dropLast("/claims".count)))
    }
    let document = try InputDocument.read(name)
    let place = name.lastIndex(of: "/").map { String(name[...$0]) } ?? ""
    return try ClaimsFile(
      claims: document, beside: { file throws(EvidenceError) in try ClaimsFile.optional(place + file) })
  }

  private static func builtIn(_ claims: Dataset, _ family: String) throws(EvidenceError) -> ClaimsFile {
    try ClaimsFile(
      claims: InputDocument(name: claims.name, bytes: claims.bytes, dataset: claims),
      beside: { file in
        Dataset.named(family + "/" + file.dropLast(4)).map {
          InputDocument(name: $0.name, bytes: $0.bytes, dataset: $0)
        }
      })
  }

  /// Claims from documents; `beside` gives the tables by file name, `nil` for one that is not there.
  /// - Throws: 65 for a claim or a row that cannot be, with its place; what `beside` throws.
  public init(
    claims document: InputDocument, beside: (String) throws(EvidenceError) -> InputDocument?
  ) throws(EvidenceError) {
    var rows = ClaimRows()
    if let counts = try beside("binary.csv") { try ClaimRowsReader(counts).readCounts(into: &rows) }
    if let means = try beside("continuous.csv") { try ClaimRowsReader(means).readMeans(into: &rows) }
    if let trials = try beside("trials.csv") { try ClaimRowsReader(trials).readTrials(into: &rows) }
    self.document = document
    self.rows = rows
    claims = try ClaimsReader(document, rows).claims()
  }

  private static func folder(_ name: String) -> String? {
    var information = stat()
    guard stat(name, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else { return nil }
    return name.hasSuffix("/") ? String(name.dropLast()) : name
  }

  private static func optional(_ path: String) throws(EvidenceError) -> InputDocument? {
    access(path, F_OK) == 0 ? try InputDocument.read(path) : nil
  }
}

/// Reads the rows of a claims file.
private struct ClaimsReader {
  private let document: InputDocument
  private let rows: ClaimRows
  private let table: Table
  private let names: [String]

  init(_ document: InputDocument, _ rows: ClaimRows) throws(EvidenceError) {
    self.document = document
    self.rows = rows
    table = try TableLoader.load(document, format: nil)
    names = table.columnNames.map { $0.lowercased() }
  }

  func claims() throws(EvidenceError) -> [Claim] {
    let id = try required(["claim", "id"])
    let kind = try required(["quantity_kind", "quantity"])
    let stated = try required(["stated_value", "stated"])
    guard table.rowCount > 0 else {
      throw EvidenceError(
        .badData, "the file has no claims", file: document.name, line: 2, hint: "write a row for each printed number")
    }
    var seen: [String: Int] = [:]
    var claims: [Claim] = []
    for row in 0..<table.rowCount {
      var claim = Claim(
        id: table.text(row: row, column: id), quantityKind: cell(row, kind),
        stated: table.text(row: row, column: stated))
      claim.line = table.line(ofRow: row)
      guard !claim.id.isEmpty else { throw bad(row, id, "the claim has no name", "a name of its own") }
      if let line = seen.updateValue(claim.line, forKey: claim.id) {
        throw bad(row, id, "claim \"\(claim.id)\" stands twice, first in line \(line)", "a name of its own")
      }
      claim.trial = text(row, "trial")
      claim.standing = text(row, "standing")
      claim.source = text(row, "source")
      claim.sourceDetail = text(row, "source_detail")
      claim.arms = text(row, "arms")
      claim.dataBasis = text(row, "data_basis")
      claim.formula = text(row, "formula")
      claim.note = text(row, "note")
      claim.items = try items(row)
      claim.dataRows = try dataRows(row)
      claims.append(claim)
    }
    return claims
  }

  private func required(_ spellings: [String]) throws(EvidenceError) -> Int {
    if let index = spellings.lazy.compactMap({ names.firstIndex(of: $0) }).first { return index }
    throw EvidenceError(
      .badData, "a claims file needs a column \"\(spellings[0])\"", file: document.name, line: 1, column: spellings[0],
      hint: "its columns are " + table.columnNames.joined(separator: ", "))
  }

  private func cell(_ row: Int, _ column: Int) -> String {
    table.isMissing(row: row, column: column) ? "" : table.text(row: row, column: column)
  }

  private func text(_ row: Int, _ name: String) -> String { names.firstIndex(of: name).map { cell(row, $0) } ?? "" }

  private func items(_ row: Int) throws(EvidenceError) -> Int? {
    guard let column = names.firstIndex(of: "items"), !table.isMissing(row: row, column: column) else { return nil }
    guard let items = Int(table.text(row: row, column: column)), items >= 1 else {
      throw bad(
        row, column, "\"\(table.text(row: row, column: column))\" is no number of items", "a whole number from 1 up")
    }
    return items
  }

  private func dataRows(_ row: Int) throws(EvidenceError) -> [String] {
    guard let column = names.firstIndex(of: "data_row"), !table.isMissing(row: row, column: column) else { return [] }
    let ids = table.text(row: row, column: column).split(separator: ";").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    for id in ids where !rows.has(id) {
      if rows.counts.isEmpty, rows.means.isEmpty {
        throw EvidenceError(
          .noInput, "the claims name data rows, and neither binary.csv nor continuous.csv is beside \(document.name)",
          file: document.name, line: table.line(ofRow: row), column: table.columnNames[column],
          hint: "put the tables into the folder of the claims file")
      }
      throw bad(
        row, column, "no data row is called \"\(id)\"", "a name from the column \"row\" of binary.csv or continuous.csv"
      )
    }
    return ids
  }

  private func bad(_ row: Int, _ column: Int, _ message: String, _ expected: String) -> EvidenceError {
    EvidenceError(
      .badData, message, file: document.name, line: table.line(ofRow: row), column: table.columnNames[column],
      hint: "expected " + expected)
  }
}
