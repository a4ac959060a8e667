import Engine
import TableIO

/// The words of a command line, from a request in JSON.
struct RequestWords {
  /// The words after `evidence`.
  let arguments: [String]

  /// Reads `{"command": …, "arguments": […], "options": {…}}`.
  /// - Throws: 64 for anything else.
  init(json: [UInt8]) throws(EvidenceError) {
    let value = try RequestWords.object(json, ["command", "arguments", "options"])
    guard let command = value["command"]?.string, !command.isEmpty, !command.hasPrefix("-") else {
      throw EvidenceError(.usage, "the request names no command", hint: "for example {\"command\": \"pool\", …}")
    }
    let positional = try RequestWords.texts(value["arguments"] ?? .null, "arguments")
    let options = try RequestWords.options(value["options"] ?? .null)
    // A name that looks like an option stands last, behind the mark that says it is none; "-" is an input's name.
    let hasDash = positional.contains { $0.hasPrefix("-") && $0 != "-" }
    arguments =
      command.split(separator: " ").map(String.init)
      + (hasDash ? options + ["--"] + positional : positional + options)
  }

  /// Reads `{"options": …, "columns": […]}`: the words of the options, and names.
  /// - Throws: 64 for anything else.
  static func batch(json: [UInt8]) throws(EvidenceError) -> (options: [String], columns: [String]) {
    let value = try object(json, ["options", "columns"])
    let columns = try texts(value["columns"] ?? .null, "columns")
    guard !columns.isEmpty else { throw EvidenceError(.usage, "the request names no columns") }
    return (try options(value["options"] ?? .null), columns)
  }

  /// An object with none but these members.
  private static func object(_ json: [UInt8], _ known: [String]) throws(EvidenceError) -> JSONValue {
    let value: JSONValue
    do throws(JSONError) { value = try JSONReader.read(json) } catch {
      throw EvidenceError(.usage, "the request is not JSON: \(error.message)", line: error.line)
    }
    guard let members = value.object else { throw EvidenceError(.usage, "the request is not an object") }
    if let other = members.first(where: { !known.contains($0.key) }) {
      throw EvidenceError(
        .usage, "the request has a member \"\(other.key)\"", hint: "its members are \(known.joined(separator: ", "))")
    }
    return value
  }

  private static func texts(_ value: JSONValue, _ member: String) throws(EvidenceError) -> [String] {
    if value.isNull { return [] }
    guard let elements = value.array else { throw EvidenceError(.usage, "\"\(member)\" is not an array of texts") }
    var words = [String]()
    for element in elements { words.append(try word(element, "an element of \"\(member)\"")) }
    return words
  }

  private static func options(_ value: JSONValue) throws(EvidenceError) -> [String] {
    if value.isNull { return [] }
    guard let members = value.object else { throw EvidenceError(.usage, "\"options\" is not an object") }
    var words = [String]()
    for member in members { words += try option(member.key, member.value) }
    return words
  }

  private static func option(_ name: String, _ value: JSONValue) throws(EvidenceError) -> [String] {
    guard !name.isEmpty, !name.hasPrefix("-"), !name.contains("="), !name.contains(" ") else {
      throw EvidenceError(.usage, "\"\(name)\" cannot be an option", hint: "options have no dashes here: \"measure\"")
    }
    let option = (name.count == 1 ? "-" : "--") + name
    switch value {
    case .null, .bool(false): return []
    case .bool(true): return [option]
    default:
      let text = try text(value, option)
      return text.hasPrefix("-") || text.isEmpty ? ["\(option)=\(text)"] : [option, text]
    }
  }

  private static func text(_ value: JSONValue, _ option: String) throws(EvidenceError) -> String {
    var parts = [String]()
    switch value {
    case .array(let elements):
      for element in elements { parts.append(try word(element, "an element of \(option)")) }
    case .object(let members):
      for member in members { parts.append("\(member.key)=\(try word(member.value, "\(member.key) of \(option)"))") }
    default: return try word(value, option)
    }
    return parts.joined(separator: ",")
  }

  private static func word(_ value: JSONValue, _ what: String) throws(EvidenceError) -> String {
    switch value {
    case .string(let text) where !text.contains("\0"): return text
    case .integer, .number: return JSONText.compact(value)
    default: throw EvidenceError(.usage, "\(what) is neither a text nor a number")
    }
  }
}
