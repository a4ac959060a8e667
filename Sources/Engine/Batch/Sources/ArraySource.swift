import EffectSizes
import TableIO

/// Groups of two NumPy arrays, estimates and their variances or standard errors: a row an analysis, a column a study.
///
/// `NaN` is a missing value. Groups are called by the number of their row, from 1. Memory is that of a block of rows.
struct ArraySource: GroupSource {
  /// Numbers of a block, at most, unless a row has more.
  private static let blockValues = 1 << 16

  let shape: BatchShape
  let inputs: [InputIdentity]
  let part: Range<Int>?
  private let estimates, spreads: ArrayFile
  /// The row that comes next.
  private var row = 0

  /// Opens the arrays.
  /// - Throws: 64 for a measure that is not computed elsewhere; 65 for arrays that do not fit together.
  init(_ request: BatchRequest, spread: BatchRequest.Spread) throws(EvidenceError) {
    let code = request.pool.measure.code ?? Measure.generic.code
    guard let measure = Measure.named(code), measure.family == .given else {
      throw EvidenceError(
        .usage, "--measure \(code) is not for arrays of estimates",
        hint: "choose from GEN, HR, HD; raw data come as a table, see --wide")
    }
    estimates = try ArrayFile(request.pool.data.input)
    spreads = try ArrayFile(spread.file)
    guard estimates.header.shape == spreads.header.shape else {
      throw EvidenceError(
        .badData,
        "the array has shape \(NPYHeader.text(spreads.header.shape)); expected "
          + "\(NPYHeader.text(estimates.header.shape)), the shape of \(estimates.name)", file: spreads.name)
    }
    shape = BatchShape(groupNames: ["row"], measure: measure, roles: [.yi, spread.role])
    inputs = [estimates.identity, spreads.identity]
    part = request.shard.map { [rows = estimates.rows] in $0.range(rows) }
    row = part?.lowerBound ?? 0
  }

  private var end: Int { part?.upperBound ?? estimates.rows }

  var progress: BatchProgress {
    let size = estimates.header.dataSize + spreads.header.dataSize
    let share = Double(row) / Double(max(estimates.rows, 1))
    return BatchProgress(done: Int(share * Double(size)), total: size)
  }

  mutating func next() throws(EvidenceError) -> GroupPiece? {
    guard row < end else { return nil }
    let columns = estimates.columns
    let range = row..<min(row + max(Self.blockValues / max(columns, 1), 1), end)
    row = range.upperBound
    var rows = BatchRows(roleCount: 2)
    rows.unit = "row"
    rows.values = [try estimates.values(range), try spreads.values(range)]
    rows.lines = RowLines(rowsPerLine: columns)
    rows.lines.note(row: 0, line: range.lowerBound + 1)
    rows.runs.reserveCapacity(range.count)
    var key = [UInt8]()
    for (index, row) in range.enumerated() {
      let own = index * columns..<(index + 1) * columns
      key.removeAll(keepingCapacity: true)
      ShortestNumber.append(row + 1, to: &key)
      key.append(BatchRows.separator)
      rows.open(key: key, rows: own, start: row)
      rows.faults[index] = fault(rows, own, row + 1)
    }
    return .rows(rows)
  }

  /// A value that is no number and not missing either.
  private func fault(_ rows: BatchRows, _ range: Range<Int>, _ row: Int) -> BatchRows.Fault? {
    for (index, role) in shape.roles.enumerated() {
      for place in range where rows.values[index][place].isInfinite {
        return BatchRows.Fault(
          line: row,
          message: "\(role.rawValue) of column \(place - range.lowerBound + 1) is infinite, expected a number or NaN")
      }
    }
    return nil
  }
}
