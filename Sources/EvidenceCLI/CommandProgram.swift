import ArgumentParser
import Engine

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The `evidence` program as a process of its own.
public enum CommandProgram {
  /// Runs the command that the process was started with and leaves.
  public static func main() -> Never {
    signal(SIGPIPE, SIG_IGN)  // a closed pipe is seen where it is written to
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      var command = try EvidenceCommand.parseAsRoot(arguments)
      try command.run()
      exit(0)
    } catch {
      let ending = Ending(error, arguments: arguments, asJSON: Ending.wantsJSON(arguments))
      if !ending.output.isEmpty { _ = Output.writeAll(Array(ending.output.utf8), to: 1) }
      Output.error(ending.messages)
      exit(ending.code)
    }
  }
}
