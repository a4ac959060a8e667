import Plots
import TableIO

/// Judgements of the risk of bias, from columns of the table or from a table of their own.
extension ForestAnalysis {
  /// A domain with the judgements of the studies, in their order.
  private typealias Domain = (name: String, judgements: [String])

  mutating func addRiskOfBias(_ request: ForestRequest, _ warnings: inout [String]) throws(EvidenceError) {
    var domains: [Domain] = []
    if let path = request.riskOfBiasTable {
      domains = try Self.domains(ofTable: path, studies: input.studies.map(\.label), &warnings)
    } else {
      domains = try request.riskOfBias.map { name throws(EvidenceError) in try domain(ofColumn: name) }
    }
    guard !domains.isEmpty else { return }
    // Long names stand in a key under the figure, as in Cochrane reviews.
    let isShort = domains.allSatisfy { $0.name.count <= 3 }
    let letters = domains.indices.map { Self.letter($0) }
    for (index, domain) in domains.enumerated() {
      input.extraColumns.append(
        ForestExtraColumn(
          name: domain.name, heading: isShort ? domain.name : letters[index], kind: .riskOfBias,
          group: "Risk of bias"))
      for study in input.studies.indices { input.studies[study].extra.append(domain.judgements[study]) }
    }
    if !isShort {
      let key = zip(letters, domains).map { "\($0)\u{A0}\($1.name)" }
      input.remarks.append("Risk of bias: " + key.joined(separator: "; ") + ".")
    }
    let words = Set(domains.flatMap(\.judgements).compactMap(RiskOfBias.init(word:)))
    let signs = RiskOfBias.allCases.filter(words.contains).map { "\($0.sign)\u{A0}\($0.name)" }
    input.remarks.append((isShort ? "Risk of bias: " : "Judgements: ") + signs.joined(separator: ", ") + ".")
  }

  private static func letter(_ index: Int) -> String {
    Unicode.Scalar(0x41 + UInt32(index % 26)).map { String($0) } ?? "?"
  }

  private func domain(ofColumn name: String) throws(EvidenceError) -> Domain {
    let studies = analysis.studies
    let column = try studies.column(name, option: "--rob")
    let source = studies.source
    let texts = rows.map {
      source.table.isMissing(row: $0, column: column) ? "" : source.table.text(row: $0, column: column)
    }
    for (text, row) in zip(texts, rows) where !text.isEmpty && RiskOfBias(word: text) == nil {
      throw Self.unknownJudgement(text, source, row: row, column: column)
    }
    return (source.table.columnNames[column], texts)
  }

  private static func unknownJudgement(_ text: String, _ source: StudyTable, row: Int, column: Int) -> EvidenceError {
    EvidenceError(
      .badData, "\"\(text)\" is no judgement of the risk of bias", file: source.document.name,
      line: source.table.line(ofRow: row), column: source.table.columnNames[column],
      hint: "judgements are low, some concerns, moderate, high, serious, critical, unclear, or + - x !")
  }

  /// The domains of a table of judgements: its columns in which every word is one.
  private static func domains(
    ofTable path: String, studies: [String], _ warnings: inout [String]
  ) throws(EvidenceError) -> [Domain] {
    let source = try StudyTable(DataRequest(input: path))
    var rowOf: [String: Int] = [:]
    for row in source.rows.reversed() { rowOf[source.labels[row].lowercased()] = row }
    let rows = studies.map { rowOf[$0.lowercased()] }
    guard rows.contains(where: { $0 != nil }) else {
      throw EvidenceError(
        .badData, "no study of the figure has a row here", file: path,
        hint: "its studies are called " + source.rows.prefix(4).map { source.labels[$0] }.joined(separator: ", ")
          + ", those of the figure "
          + studies.prefix(4).joined(separator: ", "))
    }
    let missing = zip(studies, rows).filter { $1 == nil }.map(\.0)
    if !missing.isEmpty {
      let more = missing.count > 5 ? " and \(missing.count - 5) more" : ""
      warnings.append("\(path) has no judgements of \(missing.prefix(5).joined(separator: ", "))\(more)")
    }
    let table = source.table
    let domains = table.columnNames.indices.compactMap { column -> Domain? in
      let all = source.rows.filter { !table.isMissing(row: $0, column: column) }.map {
        table.text(row: $0, column: column)
      }
      guard !all.isEmpty, all.allSatisfy({ RiskOfBias(word: $0) != nil }) else { return nil }
      let texts = rows.map { row in
        row.map { table.isMissing(row: $0, column: column) ? "" : table.text(row: $0, column: column) } ?? ""
      }
      return (table.columnNames[column], texts)
    }
    guard !domains.isEmpty else {
      throw EvidenceError(
        .badData, "no column holds judgements of the risk of bias", file: path,
        hint: "write low, some concerns, high or unclear in a column for each domain")
    }
    return domains
  }
}
