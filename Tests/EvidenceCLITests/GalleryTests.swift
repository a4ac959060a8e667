import Foundation
import Testing

/// The pictures of the documentation are those that its commands draw.
@Suite struct GalleryTests {
  static let catalogue = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/Evidence/Evidence.docc")

  @Test func theCommandsOfThePageDrawItsPictures() throws {
    let page = try String(contentsOf: Self.catalogue.appending(path: "Figures.md"), encoding: .utf8)
    let commands = page.split(separator: "\n").filter { $0.hasPrefix("evidence ") }
    #expect(commands.count > 25)
    let folder = FileManager.default.temporaryDirectory.appending(path: "gallery-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let resources = Self.catalogue.appending(path: "Resources")
    let kept = try FileManager.default.contentsOfDirectory(atPath: resources.path).sorted()
    for name in kept where name.hasSuffix(".csv") {
      try FileManager.default.copyItem(at: resources.appending(path: name), to: folder.appending(path: name))
    }
    for command in commands {
      let result = try Program.run(Self.words(String(command)), in: folder)
      #expect(result.status == 0, "\(command): \(result.error)")
    }
    let drawn = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".svg") }
    #expect(drawn.sorted() == kept.filter { $0.hasSuffix(".svg") })
    for name in drawn {
      let same =
        try Data(contentsOf: folder.appending(path: name)) == Data(contentsOf: resources.appending(path: name))
      #expect(same, "\(name) changed: run `make gallery` and look at it")
      #expect(page.contains("](\(name.prefix { $0 != "." && $0 != "~" }))"), "\(name) is not on the page")
    }
  }

  /// The words of a command line, single quotes taken off.
  private static func words(_ line: String) -> [String] {
    var words = [""]
    var isQuoted = false
    for character in line {
      if character == "'" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return Array(words.dropFirst())
  }
}
