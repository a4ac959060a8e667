public import CEvidence
import Engine
import EvidenceCLI
import TableIO

/// Gives back what an answer holds.
@c @implementation
public func evidence_answer_free(_ answer: UnsafeMutablePointer<evidence_answer>?) {
  guard let answer else { return }
  answer.pointee.owner?.deallocate()
  answer.pointee = evidence_answer()
}

/// What a call has to say, before it is in C's hands.
struct Reply {
  var code: Int32 = 0
  var output: [UInt8] = []
  var messages: [UInt8] = []

  /// Nothing to say.
  init() {}

  /// What a command said.
  init(_ answer: HostedCommand.Answer) {
    (code, output, messages) = (answer.code, answer.output, Array(answer.messages.utf8))
  }

  /// A result as one line of JSON.
  init(json: JSONValue) { output = Array(JSONText.compact(json).utf8) }

  /// A failure: its code, and a line of JSON.
  init(_ error: EvidenceError) {
    code = error.code.rawValue
    messages = Array((JSONText.compact(error.json) + "\n").utf8)
  }

  /// Runs the body of an exported function and puts what it says into the caller's answer, which may be null.
  static func fill(
    _ answer: UnsafeMutablePointer<evidence_answer>?, _ body: () throws(EvidenceError) -> Reply
  ) -> Int32 {
    let reply: Reply
    do throws(EvidenceError) { reply = try body() } catch { reply = Reply(error) }
    answer?.initialize(to: reply.exported())
    return reply.code
  }

  /// One block of memory for both texts, which `owner` names.
  private func exported() -> evidence_answer {
    var answer = evidence_answer()
    answer.code = code
    let size = output.count + messages.count
    guard size > 0 else { return answer }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    block.copyBytes(from: output)
    UnsafeMutableRawBufferPointer(rebasing: block[output.count...]).copyBytes(from: messages)
    guard let start = block.baseAddress else { return answer }
    answer.owner = start
    let bytes = start.assumingMemoryBound(to: UInt8.self)
    if !output.isEmpty { answer.output = evidence_bytes(data: bytes, length: output.count) }
    if !messages.isEmpty { answer.messages = evidence_bytes(data: bytes + output.count, length: messages.count) }
    return answer
  }
}
