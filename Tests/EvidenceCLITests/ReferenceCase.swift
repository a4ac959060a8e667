import Foundation
import TableIO
import Testing

/// A command line and what it must print or how it must fail.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
  let id: String
  let arguments: [String]
  let document: JSONValue

  var testDescription: String { id }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/reference")

  /// Every case of an area.
  static func all(_ area: String) -> [ReferenceCase] {
    guard let data = try? Data(contentsOf: folder.appending(path: area + ".json")),
      let cases = try? JSONReader.read([UInt8](data)).array
    else { return [] }
    return cases.map { value in
      ReferenceCase(
        id: area + "/" + (value["id"]?.string ?? "?"),
        arguments: value["args"]?.array?.compactMap(\.string) ?? [], document: value)
    }
  }

  /// Holds the program against the case; a known difference must still be one.
  func check() throws {
    if KnownDifferences.reasons[id] != nil {
      #expect(try problems() != [], "\(id) agrees by now: take it off the list of known differences")
    } else {
      #expect(try problems() == [])
    }
  }

  /// Runs the program; an empty list means that all is as it must be.
  func problems() throws -> [String] {
    let format = document["format"]?.string ?? "json"
    let result = try Program.run(arguments + ["--format", format], in: ReferenceCase.folder)
    if let exit = document["exit"] { return failureProblems(result, allowed: exit.array ?? [exit]) }
    guard result.status == 0 else { return ["exit \(result.status): \(result.error)"] }
    let output = try ReferenceCase.parse(result.output, format)
    let relative = document["rtol"]?.double ?? 1e-9
    let absolute = document["atol"]?.double ?? 0
    return (document["expect"]?.object ?? []).compactMap { member in
      let got = output.at(member.key)
      return member.value.accepts(got, relative: relative, absolute: absolute)
        ? nil : "\(member.key): want \(member.value), got \(got.map { "\($0)" } ?? "nothing")"
    }
  }

  private func failureProblems(_ result: Program.Result, allowed: [JSONValue]) -> [String] {
    guard allowed.contains(where: { $0.int == Int(result.status) }) else {
      return ["exit \(result.status), wanted one of \(allowed): \(result.error)"]
    }
    let wanted = document["stderr_json"]?.object ?? []
    guard !wanted.isEmpty else {
      return result.output.isEmpty ? [] : ["something on stdout: \(result.output.prefix(80))"]
    }
    let line = result.error.split(separator: "\n").last { $0.hasPrefix("{") } ?? ""
    guard let error = try? JSONReader.read(String(line)) else { return ["no JSON on stderr: \(result.error)"] }
    return wanted.compactMap { member in
      let got = error.at(member.key)
      let fits = (member.value.array ?? [member.value]).contains { $0.int == got?.int && got != nil || $0 == got }
      return fits ? nil : "stderr \(member.key): want \(member.value), got \(String(describing: got))"
    }
  }

  private static func parse(_ text: String, _ format: String) throws -> JSONValue {
    switch format {
    case "json": return try JSONReader.read(text)
    case "ndjson":
      return .array(try text.split(separator: "\n").map { try JSONReader.read(String($0)) })
    default:
      let table = try CSVReader.read([UInt8](text.utf8))
      return .array(
        (0..<table.rowCount).map { row in
          .object(
            table.columnNames.enumerated().map { column, name in
              let text = table.text(row: row, column: column)
              let value: JSONValue =
                text.isEmpty
                ? .null : Int(text).map { .integer($0) } ?? Double(text).map { .number($0) } ?? .string(text)
              return .init(name, value)
            })
        })
    }
  }
}

/// The built program, run as a user runs it.
enum Program {
  struct Result {
    let status: Int32
    let output, error: String
  }

  /// The executable beside the test bundle.
  static let path: URL = {
    var folder = Bundle.module.bundleURL.deletingLastPathComponent()
    for _ in 0..<4 {
      let candidate = folder.appending(path: "evidence")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return folder.appending(path: "evidence")
  }()

  static func run(
    _ arguments: [String], in folder: URL, input: String? = nil, environment: [String: String] = [:]
  ) throws -> Result {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "evidence-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let files = ["in", "out", "err"].map { scratch.appending(path: $0) }
    for file in files { FileManager.default.createFile(atPath: file.path, contents: nil) }
    if let input { try Data(input.utf8).write(to: files[0]) }
    let process = Process()
    process.executableURL = path
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      error: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}
