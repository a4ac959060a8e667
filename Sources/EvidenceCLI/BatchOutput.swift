import Engine
import TableIO

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a batch writes: stdout or another stream, or `FILE.part`, which becomes FILE when the run is complete.
///
/// A run that was killed leaves `FILE.part` with whole records and perhaps a piece of one; `--resume` cuts the piece off and
/// goes on behind the last whole record. `FILE.part.run` says which work it is, so that only the same run is resumed; it is
/// there only while `FILE.part` belongs to it.
final class BatchOutput {
  private let place: OutputPlace
  private var descriptor: Int32 = 1
  private var digest: OutputDigest?

  /// The file, if it is one.
  private var path: String? { if case .file(let path) = place { path } else { nil } }
  private var part: String { (path ?? "") + ".part" }
  private var record: String { part + ".run" }

  /// Output to what a word stands for.
  init(_ path: String?) { place = OutputPlace(path) }

  /// Begins, or goes on where an interrupted run stopped.
  /// - Returns: what that run has written.
  /// - Throws: 64 when it did other work, 73 when the file cannot be made.
  func begin(_ run: BatchRun, isNDJSON: Bool, resuming: Bool) throws(EvidenceError) -> WrittenGroups {
    guard path != nil else {
      if resuming { throw EvidenceError(.usage, "--resume needs --output FILE, and this is none") }
      try beginWhole()
      return WrittenGroups()
    }
    if run.identity.shard != nil { digest = OutputDigest() }
    if resuming, let known = try? InputDocument.read(record).bytes {
      try check(known, run.identity)
      return try keepWholeRecords(isNDJSON: isNDJSON, hasHead: run.hasHead)
    }
    // In this order a record never stands beside a part file of another run.
    try beginWhole()
    let bytes = JSONWriter(.compact).bytes(.object(run.identity.json)) + [UInt8(ascii: "\n")]
    try Output.write(bytes, to: record)
    return WrittenGroups()
  }

  private func check(_ known: [UInt8], _ identity: BatchIdentity) throws(EvidenceError) {
    let other = (try? JSONReader.read(known)).flatMap(BatchIdentity.init)
    var difference = other.map(identity.difference(from:)) ?? "its record cannot be read"
    if difference == nil, identity.shard != other?.shard { difference = "another shard" }
    guard let difference else { return }
    throw EvidenceError(
      .usage, "\(part) is the beginning of another run: \(difference)", file: part,
      hint: "run without --resume to begin anew")
  }

  /// Begins a file that is written in one go: nothing to resume.
  func beginWhole() throws(EvidenceError) {
    switch place {
    case .standardOutput: return
    case .stream(let path): descriptor = try OutputPlace.openStream(path)
    case .file:
      unlink(record)
      try open(truncating: true)
    }
  }

  private func open(truncating: Bool) throws(EvidenceError) {
    descriptor = systemOpen(part, O_WRONLY | O_CREAT | (truncating ? O_TRUNC : 0))
    guard descriptor >= 0 else {
      throw EvidenceError(
        .cannotCreate, "cannot create \(part): \(String(cString: strerror(errno)))", file: part,
        hint: "check that the folder exists and can be written")
    }
  }

  /// Opens the part file behind its last whole record.
  private func keepWholeRecords(isNDJSON: Bool, hasHead: Bool) throws(EvidenceError) -> WrittenGroups {
    var digest = digest
    var written = try WrittenGroups(part, isNDJSON: isNDJSON, hasHead: hasHead) { digest?.update($0) }
    if written.groups == 0 {
      // The header will be written again.
      written = WrittenGroups()
    } else {
      self.digest = digest
    }
    try open(truncating: false)
    guard ftruncate(descriptor, off_t(written.length)) == 0,
      lseek(descriptor, off_t(written.length), SEEK_SET) >= 0
    else {
      throw EvidenceError(.cannotWrite, "cannot go on with \(part): \(String(cString: strerror(errno)))", file: part)
    }
    return written
  }

  /// Writes records.
  func write(_ bytes: [UInt8]) throws(EvidenceError) {
    let path: String
    switch place {
    case .standardOutput: return try Output.writeToStandardOutput(bytes)
    case .stream(let name), .file(let name): path = name
    }
    digest?.update(bytes[...])
    guard !bytes.isEmpty, !Output.writeAll(bytes, to: descriptor) else { return }
    throw EvidenceError(.cannotWrite, "cannot write \(path): \(String(cString: strerror(errno)))", file: path)
  }

  /// Gives the file its name; the manifest of a shard is there before.
  func finish(manifest: (OutputDigest) -> ShardManifest? = { _ in nil }) throws(EvidenceError) {
    if case .stream = place { close(descriptor) }
    guard let path else { return }
    if let digest, let manifest = manifest(digest) {
      try Output.write(JSONWriter(.pretty).bytes(manifest.json) + [UInt8(ascii: "\n")], to: ShardManifest.path(path))
    }
    guard close(descriptor) == 0, rename(part, path) == 0 else {
      throw EvidenceError(.cannotWrite, "cannot write \(path): \(String(cString: strerror(errno)))", file: path)
    }
    unlink(record)
  }

  /// Leaves nothing behind of a run that cannot be resumed.
  func abandon() {
    guard path != nil else { return }
    unlink(record)
    unlink(part)
  }
}

/// `open(2)` under a name of its own, because a method here is called so.
private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o644) }
