import ReviewFiles
public import TableIO

/// The analyses of a review's file, for choosing one.
public struct ReviewListing: Sendable {
  private let review: ReviewFile
  private let document: InputDocument

  /// Reads a review's file.
  /// - Throws: 65 for a file that is none or cannot be read, 66 for one that is not there.
  public init(_ name: String) throws(EvidenceError) {
    document = try InputDocument.read(name)
    guard ReviewReproduction.takes(document) else {
      throw EvidenceError(
        .badData, "this is not a review's file", file: name, hint: "give an .rm5 file or a data package of RevMan")
    }
    review = try ReviewFile.read(document)
  }

  /// A line an analysis.
  public var text: String {
    var table = TextTable(["Analysis", "Name", "Rows", "Subgroups", "Run as"], [.left, .left, .right, .right, .left])
    for analysis in review.analyses {
      table.row([
        analysis.number, analysis.name, "\(analysis.rows.count)", "\(analysis.subgroups.count)",
        AnalysisReproduction.words(of: analysis),
      ])
    }
    let title = review.title.isEmpty ? review.software : "\(review.title) (\(review.software))"
    let rest = [
      "", "evidence pool \(document.name) --analysis NUMBER pools one; evidence reproduce \(document.name) runs all.",
    ]
    return ([title, ""] + table.lines + rest + review.leftOut).joined(separator: "\n") + "\n"
  }

  /// The analyses with their settings.
  public var json: JSONValue {
    .fields([
      ("schema", .string("evidence.datasets/1")), ("review", .string(review.title)),
      ("software", .string(review.software)),
      (
        "analyses",
        .array(
          review.analyses.map { analysis in
            .fields([
              ("number", .string(analysis.number)), ("name", .string(analysis.name)),
              ("comparison", .string(analysis.comparison)), ("measure", .orNull(analysis.measureCode)),
              ("rows", .integer(analysis.rows.count)), ("subgroups", .texts(analysis.subgroups.map(\.name))),
              ("experimental", .string(analysis.groups.experimental)), ("control", .string(analysis.groups.control)),
              ("formula", .string(AnalysisReproduction.words(of: analysis))),
            ])
          })
      ),
      ("left_out", .texts(review.leftOut)),
    ])
  }

  /// The table of one analysis as CSV.
  /// - Throws: 64 when the number names none, 65 for data without effect sizes.
  public func csv(_ number: String?) throws(EvidenceError) -> [UInt8] {
    let analysis = try review.chosen(number, file: document.name)
    let table = try ReviewTable(analysis, file: document.name).table
    var writer = CSVWriter()
    writer.row(table.columnNames)
    for row in 0..<table.rowCount {
      for column in table.columnNames.indices { writer.cell(table.text(row: row, column: column)) }
      writer.endRow()
    }
    return writer.bytes
  }
}
