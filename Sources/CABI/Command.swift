public import CEvidence
import Engine
import EvidenceCLI

/// A parsed command in C's hands.
final class CommandBox: Sendable {
  let command: HostedCommand
  init(_ command: HostedCommand) { self.command = command }

  static func at(_ pointer: OpaquePointer?) throws(EvidenceError) -> CommandBox {
    guard let pointer else { throw EvidenceError(.usage, "the command is null") }
    return Unmanaged<CommandBox>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
  }
}

/// Parses a request into a command that the caller owns.
@c @implementation
public func evidence_command_create(
  _ request: evidence_bytes, _ command: UnsafeMutablePointer<OpaquePointer?>?,
  _ answer: UnsafeMutablePointer<evidence_answer>?
) -> Int32 {
  command?.pointee = nil
  return Reply.fill(answer) { () throws(EvidenceError) in
    guard let command else { throw EvidenceError(.usage, "the place for the command is null") }
    let words = try RequestWords(json: try request.copied("the request"))
    let box = CommandBox(try HostedCommand(words.arguments))
    command.pointee = OpaquePointer(Unmanaged.passRetained(box).toOpaque())
    return Reply()
  }
}

/// Runs a command on tables in memory, files or built-in data sets.
@c @implementation
public func evidence_command_run(
  _ command: OpaquePointer?, _ inputs: UnsafePointer<evidence_input>?, _ input_count: Int,
  _ answer: UnsafeMutablePointer<evidence_answer>?
) -> Int32 {
  Reply.fill(answer) { () throws(EvidenceError) in
    let box = try CommandBox.at(command)
    return Reply(box.command.run(inputs: try documents(inputs, input_count)))
  }
}

/// Gives a command back.
@c @implementation
public func evidence_command_free(_ command: OpaquePointer?) {
  guard let command else { return }
  Unmanaged<CommandBox>.fromOpaque(UnsafeRawPointer(command)).release()
}

private func documents(
  _ inputs: UnsafePointer<evidence_input>?, _ count: Int
) throws(EvidenceError) -> [String: [UInt8]] {
  guard count != 0 else { return [:] }
  guard count > 0, count <= 1 << 20 else { throw EvidenceError(.usage, "the number of inputs cannot be \(count)") }
  guard let inputs else { throw EvidenceError(.usage, "the inputs are null, but their number is \(count)") }
  var documents: [String: [UInt8]] = [:]
  for index in 0..<count {
    let name = try inputs[index].name.text("the name of input \(index + 1)")
    guard documents.updateValue(try inputs[index].content.copied("the content of \(name)"), forKey: name) == nil else {
      throw EvidenceError(.usage, "two inputs are named \(name)")
    }
  }
  return documents
}
