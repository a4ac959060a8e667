import Synchronization

/// A run of a command inside another program: its words are given, and what it prints is kept.
///
/// Bound to the work of one call (`$current.withValue`); where there is none, the process's own arguments and streams count.
final class HostedRun: Sendable {
  @TaskLocal static var current: HostedRun?

  /// The words after `evidence`, and the same as one line.
  let invocation: Invocation
  private let printed = Mutex<(output: [UInt8], messages: String)>(([], ""))

  init(_ invocation: Invocation) { self.invocation = invocation }

  /// Takes bytes for stdout.
  func write(_ bytes: [UInt8]) {
    printed.withLock { $0.output.isEmpty ? $0.output = bytes : $0.output.append(contentsOf: bytes) }
  }

  /// Takes text for stderr.
  func report(_ text: String) { printed.withLock { $0.messages += text } }

  /// What was printed.
  var result: (output: [UInt8], messages: String) { printed.withLock { $0 } }
}
