import EffectSizes
import Synthesis
import TableIO

/// `--delta`: a function of one or more estimates of each row, with its variance by the delta method.
struct DeltaConversion: Conversion {
  private let function: NumericExpression
  private let variances: [String: String]
  private let covariances: [(first: String, second: String, column: String)]
  private let critical: Double

  /// The conversion by a function such as `log(a/b)`.
  ///
  /// `variances` names the variance column of an estimate, `covariances` that of a pair `a:b`.
  /// - Throws: 64 for a text that is no function, and for a list that names what the function does not use.
  init(_ text: String, variances: String?, covariances: String?, level: Double) throws(EvidenceError) {
    do { function = try NumericExpression(text) } catch {
      throw EvidenceError(.usage, "--delta: \(error.description)", hint: "for example --delta 'log(a/b)'")
    }
    let names = function.names
    guard !names.isEmpty else { throw EvidenceError(.usage, "--delta \(text) names no column") }
    self.variances = try DeltaConversion.pairs(variances, "--variance")
    var pairs: [(String, String, String)] = []
    for (pair, column) in try DeltaConversion.pairs(covariances, "--covariance").sorted(by: { $0.key < $1.key }) {
      let sides = pair.split(separator: ":").map(String.init)
      guard sides.count == 2, sides[0] != sides[1] else {
        throw EvidenceError(.usage, "--covariance expects first:second=column, got \(pair)=\(column)")
      }
      pairs.append((sides[0], sides[1], column))
    }
    self.covariances = pairs
    for name in self.variances.keys.sorted() + pairs.flatMap({ [$0.0, $0.1] }) where !names.contains(name) {
      throw EvidenceError(
        .usage, "--delta \(text) does not use \"\(name)\"", hint: "it uses " + names.joined(separator: ", "))
    }
    critical = try NormalInterval.criticalValue(level: level)
  }

  let word = "delta"
  var title: String { "\(function.text), with its variance by the delta method" }
  var facts: [(String, String)] { [("function", function.text)] }
  let words: [ReportedWord] = []

  func convert(_ table: inout ConversionTable) throws(EvidenceError) -> ConversionOutcome {
    let columns = try DeltaColumns(table, function.names, variances: variances, covariances: covariances)
    var outcome = ConversionOutcome()
    for row in 0..<table.count {
      if let problem = try columns.problem(row, table) {
        outcome.excluded.append(table.excluded(row, problem))
        continue
      }
      let names = function.names
      let result = DeltaMethod.transform(
        names.indices.map { columns.estimates[$0][row] }, covariance: columns.covariance(row)
      ) { values in function.value(Dictionary(zip(names, values)) { first, _ in first }) }
      guard let result, result.variance >= 0 else {
        outcome.excluded.append(table.excluded(row, "\(function.text) has no finite value and slope there"))
        continue
      }
      let estimate = ConvertedEstimate(
        yi: result.value, vi: result.variance,
        assumptions: names.count > 1 && columns.isIndependent(row)
          ? ["the estimates are independent: no covariance is given"] : [])
      outcome.rows.append(
        ConvertedRow(position: row, route: "delta method", estimate: estimate, critical: critical, transform: .none))
    }
    return outcome
  }

  private static func pairs(_ text: String?, _ option: String) throws(EvidenceError) -> [String: String] {
    var pairs: [String: String] = [:]
    for part in (text ?? "").split(separator: ",", omittingEmptySubsequences: true) {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2, pairs[sides[0]] == nil else {
        throw EvidenceError(.usage, "\(option) expects name=column once for each name, got \"\(part)\"")
      }
      pairs[sides[0]] = sides[1]
    }
    return pairs
  }
}

/// Estimates, variances and covariances of the rows of a table.
private struct DeltaColumns {
  let names: [String]
  private(set) var estimates: [[Double]] = []
  private var variances: [[Double]] = []
  private var pairs: [(first: Int, second: Int, values: [Double])] = []
  private var varianceNames: [String] = []

  init(
    _ table: ConversionTable, _ names: [String], variances: [String: String],
    covariances: [(first: String, second: String, column: String)]
  ) throws(EvidenceError) {
    self.names = names
    for name in names {
      estimates.append(try DeltaColumns.numbers(table, name, needed: "--delta"))
      let column = try DeltaColumns.variance(table, of: name, named: variances[name])
      varianceNames.append(column.name)
      self.variances.append(column.values)
    }
    for pair in covariances {
      guard let first = names.firstIndex(of: pair.first), let second = names.firstIndex(of: pair.second) else {
        continue
      }
      pairs.append((first, second, try DeltaColumns.numbers(table, pair.column, needed: "--covariance")))
    }
  }

  /// The variances of an estimate: the column named, `vi` or `sei` for `yi`, else `v_NAME`, `var_NAME` or `se_NAME`.
  private static func variance(
    _ table: ConversionTable, of name: String, named column: String?
  ) throws(EvidenceError) -> (name: String, values: [Double]) {
    if let column { return (column, try numbers(table, column, needed: "--variance")) }
    let known = table.source.table
    let roots = (name.lowercased() == "yi" ? ["vi"] : []) + ["v_\(name)", "var_\(name)"]
    for root in roots where known.columnIndex(named: root) != nil {
      return (root, try numbers(table, root, needed: ""))
    }
    let errors = (name.lowercased() == "yi" ? ["sei"] : []) + ["se_\(name)"]
    for error in errors where known.columnIndex(named: error) != nil {
      return (error, try numbers(table, error, needed: "").map { $0 < 0 ? $0 : $0 * $0 })
    }
    throw EvidenceError(
      .badData, "--delta needs the variance of \(name); no column is named \((roots + errors).joined(separator: ", "))",
      file: table.source.document.name, hint: "name it with --variance \(name)=COLUMN")
  }

  private static func numbers(
    _ table: ConversionTable, _ name: String, needed: String
  ) throws(EvidenceError) -> [Double] {
    guard let index = table.source.table.columnIndex(named: name) else {
      throw EvidenceError(
        .badData, "\(needed): the file has no column \"\(name)\"", file: table.source.document.name, column: name,
        hint: "its columns are " + table.source.table.columnNames.joined(separator: ", "))
    }
    return try StudySet.numbers(table.source, index, rows: table.source.rows)
  }

  /// Why a row has no value, `nil` when it has.
  /// - Throws: 65 for a variance below 0.
  func problem(_ row: Int, _ table: ConversionTable) throws(EvidenceError) -> String? {
    for index in names.indices {
      if estimates[index][row].isNaN { return "missing \(names[index])" }
      let variance = variances[index][row]
      if variance.isNaN { return "missing \(varianceNames[index])" }
      if variance < 0 {
        throw EvidenceError(
          .badData, "\(varianceNames[index]) is negative: expected a variance or standard error of at least 0",
          file: table.source.document.name, line: table.source.table.line(ofRow: table.source.rows[row]),
          column: varianceNames[index])
      }
    }
    return nil
  }

  func isIndependent(_ row: Int) -> Bool { pairs.allSatisfy { $0.values[row].isNaN } }

  /// The covariance matrix of a row's estimates; a covariance that is not given is 0.
  func covariance(_ row: Int) -> [[Double]] {
    var matrix = names.indices.map { i in names.indices.map { $0 == i ? variances[i][row] : 0 } }
    for pair in pairs where !pair.values[row].isNaN {
      matrix[pair.first][pair.second] = pair.values[row]
      matrix[pair.second][pair.first] = pair.values[row]
    }
    return matrix
  }
}
