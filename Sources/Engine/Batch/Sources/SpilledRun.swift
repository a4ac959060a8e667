/// Rows of one group as bytes in a spill file.
///
/// A header of seven whole numbers of eight bytes (length of all, place in the input, rows, lengths of key and message, line
/// of the fault, roles), then the key, the message of the fault, the line of each row (four bytes each), and the columns of
/// numbers one after another. Numbers are stored as the machine has them: no other machine reads them.
struct SpilledRun {
  static let headerSize = 56

  /// Bytes of all.
  let length: Int
  /// Place in the input where the first row begins.
  let start: Int
  /// Number of rows.
  let rows: Int
  private let keyLength, messageLength, faultLine, roles: Int
  /// Where the run begins in the bytes it was read from.
  private let place: Int

  /// The run that begins at a place; `nil` when the bytes end before its header does.
  init?(_ bytes: [UInt8], at place: Int) {
    guard place + Self.headerSize <= bytes.count else { return nil }
    (length, start, rows, keyLength, messageLength, faultLine, roles) = bytes.withUnsafeBytes { buffer in
      let word = { (index: Int) in buffer.loadUnaligned(fromByteOffset: place + 8 * index, as: Int.self) }
      return (word(0), word(1), word(2), word(3), word(4), word(5), word(6))
    }
    self.place = place
  }

  private var keyStart: Int { place + Self.headerSize }
  private var linesStart: Int { keyStart + keyLength + messageLength }

  /// The group's key.
  func key(_ bytes: [UInt8]) -> ArraySlice<UInt8> { bytes[keyStart..<keyStart + keyLength] }

  /// What is wrong with a row, if anything is.
  func fault(_ bytes: [UInt8]) -> BatchRows.Fault? {
    guard faultLine > 0 else { return nil }
    let message = bytes[(keyStart + keyLength)..<linesStart]
    return BatchRows.Fault(line: faultLine, message: String(decoding: message, as: UTF8.self))
  }

  private func lines(_ bytes: [UInt8]) -> ArraySlice<UInt8> { bytes[linesStart..<linesStart + 4 * rows] }

  private func column(_ role: Int, _ bytes: [UInt8]) -> ArraySlice<UInt8> {
    let begin = linesStart + 4 * rows + 8 * rows * role
    return bytes[begin..<begin + 8 * rows]
  }

  /// Adds the rows to others, as a run of their own.
  func append(to all: inout BatchRows, _ bytes: [UInt8]) {
    let first = all.count
    lines(bytes).withUnsafeBytes { buffer in
      for row in 0..<rows {
        let line = buffer.loadUnaligned(fromByteOffset: 4 * row, as: Int32.self)
        all.lines.note(row: first + row, line: Int(line))
      }
    }
    for role in 0..<roles {
      column(role, bytes).withUnsafeBytes { buffer in
        for row in 0..<rows { all.values[role].append(buffer.loadUnaligned(fromByteOffset: 8 * row, as: Double.self)) }
      }
    }
    all.faults[all.runs.count] = fault(bytes)
    all.open(key: key(bytes), rows: first..<all.count, start: start)
  }

  /// Appends a run of parsed rows, whose lines count from `lineBase`.
  static func write(_ index: Int, of rows: BatchRows, lineBase: Int, to output: inout [UInt8]) {
    let run = rows.runs[index]
    var fault = rows.faults[index]
    fault?.line += lineBase
    header(run.start, run.rows.count, rows.key(run), fault, roles: rows.values.count, to: &output)
    for row in run.rows {
      let line = Int32(truncatingIfNeeded: rows.lines.line(of: row) + lineBase)
      withUnsafeBytes(of: line) { output.append(contentsOf: $0) }
    }
    for column in rows.values { column[run.rows].withUnsafeBytes { output.append(contentsOf: $0) } }
  }

  /// Appends the runs of a group, which begin at some places, as one.
  static func write(_ places: [Int], of bytes: [UInt8], to output: inout [UInt8]) {
    let runs = places.compactMap { SpilledRun(bytes, at: $0) }
    guard let first = runs.first else { return }
    let fault = runs.lazy.compactMap { $0.fault(bytes) }.first
    header(
      first.start, runs.reduce(0) { $0 + $1.rows }, first.key(bytes), fault, roles: first.roles, to: &output)
    for run in runs { output += run.lines(bytes) }
    for role in 0..<first.roles {
      for run in runs { output += run.column(role, bytes) }
    }
  }

  private static func header(
    _ start: Int, _ rows: Int, _ key: ArraySlice<UInt8>, _ fault: BatchRows.Fault?, roles: Int,
    to output: inout [UInt8]
  ) {
    let message = Array((fault?.message ?? "").utf8)
    let length = headerSize + key.count + message.count + 4 * rows + 8 * rows * roles
    for word in [length, start, rows, key.count, message.count, fault?.line ?? 0, roles] {
      withUnsafeBytes(of: word) { output.append(contentsOf: $0) }
    }
    output += key
    output += message
  }
}
