import Synthesis
public import TableIO

/// What work a run does: options and inputs. Two runs of the same work write the same bytes.
public struct BatchIdentity: Sendable, Equatable {
  /// SHA-256 of the version and of all options that change the output; shard and input are apart.
  public var request: String
  /// The files read.
  public var inputs: [InputIdentity]
  /// Which part of the groups, `nil` for all.
  public var shard: BatchRequest.Shard?

  /// An identity from its parts.
  init(_ request: BatchRequest, inputs: [InputIdentity]) {
    self.request = request.fingerprint
    self.inputs = inputs
    shard = request.shard
  }

  /// In what another run differs, in words; `nil` when it does the same work, on another shard perhaps.
  public func difference(from other: BatchIdentity) -> String? {
    if request != other.request { return "other options or another version" }
    let isSame =
      inputs.count == other.inputs.count && zip(inputs, other.inputs).allSatisfy { $0.matches($1) }
    return isSame ? nil : "another input"
  }

  /// For a manifest or the record of a run.
  public var json: [JSONValue.Member] {
    [
      .init("request_sha256", .string(request)), .init("inputs", .array(inputs.map(\.json))),
      .init("shard", shard.map(\.json) ?? .null),
    ]
  }

  /// From a manifest or the record of a run; `nil` when something is missing.
  public init?(_ json: JSONValue) {
    guard let request = json["request_sha256"]?.string, let inputs = json["inputs"]?.array else { return nil }
    self.request = request
    self.inputs = inputs.compactMap(InputIdentity.init)
    shard = json["shard"].flatMap(BatchRequest.Shard.init)
    guard self.inputs.count == inputs.count else { return nil }
  }
}

extension BatchRequest {
  /// A text that is the same for two runs only if they do the same work on the same input.
  var fingerprint: String {
    var same = self
    same.jobs = 1
    same.shard = nil
    same.pool.command = ""
    same.pool.data.input = ""
    same.pool.data.map = [:]
    same.spread = spread.map { Spread(role: $0.role, file: "") }
    let map = pool.data.map.map { "\($0.key)=\($0.value)" }.sorted()
    return SHA256.hexadecimal(Array("\(Engine.version)\n\(same)\n\(map)".utf8))
  }
}

extension BatchRequest.Shard {
  var json: JSONValue { .object([.init("index", .integer(index)), .init("count", .integer(count))]) }

  init?(_ json: JSONValue) {
    guard let index = json["index"]?.int, let count = json["count"]?.int, 1 <= index, index <= count else { return nil }
    (self.index, self.count) = (index, count)
  }
}

extension BatchRequest {
  /// The main options, for people who read a manifest.
  var optionsInWords: JSONValue {
    .object([
      .init("by", .array(by.map { .string($0) })), .init("method_column", .orNull(methodColumn)),
      .init("unsorted", .bool(unsorted)),
      .init("wide", .bool(wide)),
      .init("format", .string(ndjson ? "ndjson" : "csv")), .init("measure", .string(pool.measure.code ?? "GEN")),
      .init("method", .string(pool.methodCode)), .init("inference", .string(pool.inference.word)),
      .init("level", .number(pool.measure.level)), .init("prediction", .string(pool.prediction.word)),
    ])
  }
}
