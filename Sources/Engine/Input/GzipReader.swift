import Decompression

/// Undoes gzip while a file is read.
final class GzipReader {
  private let file: FileBytes
  private var inflater: Inflater
  private var input = [UInt8](repeating: 0, count: 1 << 17)
  private var waiting = 0..<0

  /// A reader at the beginning of a file.
  init(_ file: FileBytes) throws(EvidenceError) {
    self.file = file
    do { inflater = try Inflater(.gzip) } catch { throw EvidenceError(error, file: file.name) }
  }

  /// Whether a file begins as gzip files do.
  static func recognizes(_ first: ArraySlice<UInt8>) -> Bool { first.starts(with: Inflater.gzipMagic) }

  /// Reads until a buffer is full or the input ends; the number of bytes read.
  /// - Throws: 65 when the file was cut or damaged.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EvidenceError) -> Int {
    var done = 0
    while done < buffer.count {
      if waiting.isEmpty {
        waiting = 0..<(try fill(&input) { bytes throws(EvidenceError) in try file.read(into: bytes) })
      }
      let step = try inflate(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
      waiting = (waiting.lowerBound + step.consumed)..<waiting.upperBound
      done += step.produced
      guard step.consumed == 0, step.produced == 0 else { continue }
      // Nothing is left to read.
      if !inflater.isComplete { throw EvidenceError(.truncated, file: file.name) }
      break
    }
    return done
  }

  private func inflate(into buffer: UnsafeMutableRawBufferPointer) throws(EvidenceError) -> Inflater.Step {
    let result = input.withUnsafeBytes { bytes in
      Result { () throws(DecompressionError) in
        try inflater.inflate(UnsafeRawBufferPointer(rebasing: bytes[waiting]), into: buffer)
      }
    }
    do { return try result.get() } catch { throw EvidenceError(error, file: file.name) }
  }
}

extension EvidenceError {
  /// Damage of a gzip file.
  init(_ error: DecompressionError, file: String) {
    self.init(
      .badData, error.description, file: file, hint: "fetch the file again; `gzip -t` tests it")
  }
}
