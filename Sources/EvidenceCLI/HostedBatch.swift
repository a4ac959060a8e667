import ArgumentParser
public import Engine

/// The options of `evidence batch` that say how to analyse, for columns that are in memory already.
public struct HostedBatch: Sendable {
  /// Measure, method and the rest.
  public let request: PoolRequest
  /// Number of threads; all cores when `nil`.
  public let jobs: Int?

  /// Parses options as they stand on a command line.
  /// - Throws: 64 for words that are no options of a batch, and for those that say where it reads and writes.
  public init(options: [String]) throws(EvidenceError) {
    let words = ["batch", "-", "--by", "group"] + options
    do {
      guard let command = try EvidenceCommand.parseAsRoot(words) as? BatchCommand else {
        throw EvidenceError(.usage, "these are no options of batch", hint: "see evidence batch --help")
      }
      if let option = command.firstOfFiles {
        throw EvidenceError(.usage, "\(option) has no place where columns are in memory")
      }
      (request, jobs) = (try command.analysis(), command.jobs)
    } catch { throw Ending.refusal(error, words) }
  }
}

extension BatchCommand {
  /// The first option given that is about files.
  fileprivate var firstOfFiles: String? {
    let given: [(String, Bool)] = [
      ("--output", output.output != nil), ("--format", output.format != nil), ("--unsorted", unsorted),
      ("--resume", resume), ("--shard", shard != nil), ("--merge", merge), ("--strict", strict),
      ("--where", data.condition != nil),
      ("--input-format", data.inputFormat != nil),
    ]
    return given.first(where: \.1)?.0
  }
}
