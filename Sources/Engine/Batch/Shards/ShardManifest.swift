public import TableIO

/// What `evidence batch --shard i/n` writes beside its output: which work, which part of it, and what came out.
public struct ShardManifest: Sendable, Equatable {
  /// Name of this form.
  static let schema = "evidence.batch-shard/1"

  /// Options, inputs and shard.
  public let identity: BatchIdentity
  /// The shard of `identity`.
  public let shard: BatchRequest.Shard
  /// Places in the input where the first rows of the groups begin: bytes of a table's text, rows of an array.
  public let range: Range<Int>
  /// Groups, their rows, and how they ended.
  public let summary: BatchSummary
  /// Bytes of the output.
  public let outputBytes: Int
  /// SHA-256 of the output, in hexadecimal.
  public let outputHash: String
  /// Chosen options in words, for people.
  private let options: JSONValue

  /// The manifest of a run that is done; `nil` without a shard.
  init?(_ run: BatchIdentity, range: Range<Int>?, summary: BatchSummary, options: JSONValue, output: OutputDigest) {
    guard let shard = run.shard, let range else { return nil }
    (identity, self.shard, self.range, self.summary) = (run, shard, range, summary)
    (outputBytes, outputHash, self.options) = (output.count, output.hexadecimal, options)
  }

  /// As it is written.
  public var json: JSONValue {
    .object(
      [.init("schema", .string(Self.schema)), .init("version", .string(Engine.version))] + identity.json + [
        .init("options", options),
        .init("range", .object([.init("from", .integer(range.lowerBound)), .init("to", .integer(range.upperBound))])),
        .init("groups", .integer(summary.groups)), .init("rows", .integer(summary.rows)),
        .init("statuses", .object(summary.sortedStatuses.map { .init($0.key, .integer($0.value)) })),
        .init(
          "output", .object([.init("bytes", .integer(outputBytes)), .init("sha256", .string(outputHash))])),
      ])
  }

  /// Reads the manifest beside an output.
  /// - Throws: 66 when there is none, 65 when it is not one.
  public init(of output: String) throws(EvidenceError) {
    let path = ShardManifest.path(output)
    let document: InputDocument
    do { document = try InputDocument.read(path) } catch {
      throw EvidenceError(
        .noInput, "there is no manifest \(path)", file: output,
        hint: "pieces to merge are made by evidence batch --shard i/n -o FILE; keep FILE.manifest.json beside FILE")
    }
    guard let json = try? JSONReader.read(document.bytes), json["schema"]?.string == Self.schema,
      let identity = BatchIdentity(json), let shard = identity.shard,
      let from = json["range"]?["from"]?.int, let to = json["range"]?["to"]?.int, from <= to,
      let bytes = json["output"]?["bytes"]?.int, let hash = json["output"]?["sha256"]?.string,
      let statuses = json["statuses"]?.object, let rows = json["rows"]?.int, let groups = json["groups"]?.int
    else {
      throw EvidenceError(
        .badData, "it is not a manifest of this version (\(Self.schema))", file: path,
        hint: "run the shard again")
    }
    (self.identity, self.shard, range, outputBytes, outputHash) = (identity, shard, from..<to, bytes, hash)
    options = json["options"] ?? .null
    summary = BatchSummary(
      rows: rows, groups: groups,
      statuses: Dictionary(statuses.map { ($0.key, $0.value.int ?? 0) }, uniquingKeysWith: +))
  }

  /// Where the manifest of an output is.
  public static func path(_ output: String) -> String { output + ".manifest.json" }
}

/// Length and SHA-256 of bytes as they are written.
public struct OutputDigest: Sendable {
  private var hash = SHA256()
  /// Bytes so far.
  public private(set) var count = 0

  /// Of nothing.
  public init() {}

  /// Adds bytes.
  public mutating func update(_ bytes: ArraySlice<UInt8>) {
    hash.update(bytes)
    count += bytes.count
  }

  /// SHA-256 of the bytes so far.
  public var hexadecimal: String { hash.hexadecimal }
}
