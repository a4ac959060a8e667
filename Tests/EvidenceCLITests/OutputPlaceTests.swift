import Foundation
import TestSupport
import Testing

/// What `-o` does with what is there already.
@Suite struct OutputPlaceTests {
  private static func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private static let commands = [
    ["pool", "bcg", "--format", "text"], ["pool", "bcg", "--format", "json"],
    ["batch", "-", "--by", "id", "--measure", "GEN", "--quiet"],
  ]

  private static func run(_ index: Int, _ more: [String] = []) throws -> Program.Result {
    let table = "id,yi,vi\na,0.1,0.2\na,0.5,0.3\nb,1,0.1\n"
    return try Program.run(commands[index] + more, in: ReferenceCase.folder, input: table)
  }

  /// The lines of a text but the one that repeats the command, which names the output.
  private static func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains("\"command\"") }
  }

  @Test(arguments: commands.indices) func aNamedPipeIsWrittenTo(_ index: Int) throws {
    try Self.inFolder { folder in
      let pipe = folder.appending(path: "pipe").path
      #expect(mkfifo(pipe, 0o600) == 0)
      let plain = try Self.run(index)
      // Opened for both ends, so that nobody waits; a pipe holds 64 kB.
      let descriptor = open(pipe, O_RDWR)
      defer { close(descriptor) }
      let result = try Self.run(index, ["-o", pipe])
      #expect(result.status == 0, "\(result.error)")
      var room = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(descriptor, &room, room.count)
      #expect(Self.lines(String(decoding: room.prefix(max(count, 0)), as: UTF8.self)) == Self.lines(plain.output))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pipe"])
    }
  }

  @Test(arguments: commands.indices) func aLinkStaysAndItsFileIsReplaced(_ index: Int) throws {
    try Self.inFolder { folder in
      let (file, link) = (folder.appending(path: "file"), folder.appending(path: "link"))
      try Data("old".utf8).write(to: file)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
      let plain = try Self.run(index)
      let result = try Self.run(index, ["-o", link.path])
      #expect(result.status == 0, "\(result.error)")
      #expect(Self.lines(String(decoding: try Data(contentsOf: file), as: UTF8.self)) == Self.lines(plain.output))
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["file", "link"])
    }
  }

  #if os(Linux)
  @Test(arguments: commands.indices) func aFullDeviceIsAnErrorAndStaysADevice(_ index: Int) throws {
    let result = try Self.run(index, ["-o", "/dev/full"])
    #expect(result.status == 74, "\(result.error)")
    var information = stat()
    #expect(stat("/dev/full", &information) == 0 && information.st_mode & S_IFMT == S_IFCHR)
  }
  #endif

  @Test func nothingIsResumedThatIsNoFile() throws {
    let result = try Self.run(2, ["-o", "/dev/null", "--resume"])
    #expect(result.status == 64, "\(result.error)")
  }
}
