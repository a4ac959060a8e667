import Engine

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a batch writes: stdout, or `FILE.part`, which becomes FILE when the run is complete.
///
/// A run that was killed leaves `FILE.part` with whole lines and perhaps a piece of one; `--resume` cuts the piece off and
/// goes on behind the last whole line. `FILE.part.run` holds a fingerprint of the request, so that only the same run is
/// resumed.
final class BatchOutput {
  private let path: String?
  private var descriptor: Int32 = 1
  /// Groups whose lines are in the file already.
  private(set) var finishedGroups = 0

  private var part: String { (path ?? "") + ".part" }
  private var record: String { part + ".run" }

  init(_ path: String?, resuming: Bool, fingerprint: String, _ isNDJSON: Bool) throws(EvidenceError) {
    self.path = path == "-" ? nil : path
    guard self.path != nil else { return }
    let wanted = Array((fingerprint + "\n").utf8)
    if resuming, let known = try? InputDocument.read(record).bytes {
      guard known == wanted else {
        throw EvidenceError(
          .usage, "\(part) is the beginning of another run: other options, or another input", file: part,
          hint: "run without --resume to begin anew")
      }
      try keepWholeLines(isNDJSON)
      return
    }
    descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else {
      throw EvidenceError(
        .cannotCreate, "cannot create \(part): \(String(cString: strerror(errno)))", file: part,
        hint: "check that the folder exists and can be written")
    }
    try Output.write(wanted, to: record)
  }

  /// Opens the part file behind its last whole line and counts the groups it has.
  private func keepWholeLines(_ isNDJSON: Bool) throws(EvidenceError) {
    let bytes = (try? InputDocument.read(part).bytes) ?? []
    let newline = UInt8(ascii: "\n")
    let end = bytes.lastIndex(of: newline).map { $0 + 1 } ?? 0
    let lines = LineCounter.records(bytes[..<end])
    finishedGroups = max(0, lines - (isNDJSON ? 0 : 1))
    descriptor = open(part, O_WRONLY | O_CREAT, 0o644)
    let kept = finishedGroups == 0 ? 0 : end
    guard descriptor >= 0, ftruncate(descriptor, off_t(kept)) == 0, lseek(descriptor, off_t(kept), SEEK_SET) >= 0 else {
      throw EvidenceError(.cannotWrite, "cannot go on with \(part): \(String(cString: strerror(errno)))", file: part)
    }
  }

  /// Writes lines.
  func write(_ bytes: [UInt8]) throws(EvidenceError) {
    guard path != nil else { return try Output.writeToStandardOutput(bytes) }
    guard !bytes.isEmpty, !Output.writeAll(bytes, to: descriptor) else { return }
    throw EvidenceError(
      .cannotWrite, "cannot write \(path ?? ""): \(String(cString: strerror(errno)))", file: path)
  }

  /// Gives the file its name.
  func finish() throws(EvidenceError) {
    guard let path else { return }
    guard close(descriptor) == 0, rename(part, path) == 0 else {
      throw EvidenceError(.cannotWrite, "cannot write \(path): \(String(cString: strerror(errno)))", file: path)
    }
    unlink(record)
  }
}

/// Counts the records of CSV text; a newline inside quotes ends none.
enum LineCounter {
  static func records(_ bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { count += 1 }
    }
    return count
  }
}

/// Progress of a batch on a terminal: share done, rate and the time that is left.
struct ProgressLine {
  let isShown: Bool
  private let start = ContinuousClock.now

  init(isShown: Bool) { self.isShown = isShown }

  func report(_ progress: BatchProgress) {
    guard isShown else { return }
    let elapsed = start.duration(to: .now)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let (done, bytes) = (progress.done, progress.bytes)
    let rate = Double(bytes) / 1e6 / max(seconds, 1e-3)
    var text = "\r\(bytes / 1_000_000) MB, \(Int(rate)) MB/s"
    if let total = progress.total, done > 0 {
      text += ", \(100 * done / max(total, 1)) %, \(Int(seconds * Double(total - done) / Double(done))) s left"
    }
    Output.error(text + "   ")
  }

  func end() { if isShown { Output.error("\r") } }
}
