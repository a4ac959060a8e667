import Engine

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What a word behind `--output` stands for.
enum OutputPlace {
  /// Stdout: no word, or `-`.
  case standardOutput
  /// A file, there already or not, by its own name: a symbolic link stays, and what it leads to is replaced.
  case file(String)
  /// A device, a named pipe: it is there and is written to.
  case stream(String)

  /// The place that a word stands for.
  init(_ word: String?) {
    guard let word, word != "-" else {
      self = .standardOutput
      return
    }
    var information = stat()
    guard stat(word, &information) == 0 else {
      self = .file(word)
      return
    }
    switch information.st_mode & S_IFMT {
    case S_IFREG: self = .file(Self.realPath(word))
    case S_IFDIR: self = .file(word)
    default: self = .stream(word)
    }
  }

  private static func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Opens a stream.
  /// - Throws: 73 when that cannot be done.
  static func openStream(_ path: String) throws(EvidenceError) -> Int32 {
    let descriptor = open(path, O_WRONLY)
    guard descriptor >= 0 else {
      throw EvidenceError(
        .cannotCreate, "cannot open \(path): \(String(cString: strerror(errno)))", file: path,
        hint: "check that it can be written to")
    }
    return descriptor
  }
}
