import Foundation
import Testing

/// Pictures kept beside the tests; a picture that changed fails, and is looked at before it replaces the old one.
enum Snapshots {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/Snapshots")

  /// Compares a text with the file of that name; with `RECORD_SNAPSHOTS` in the environment, writes the file.
  static func expect(_ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let url = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      do { try text.write(to: url, atomically: true, encoding: .utf8) } catch {
        Issue.record("\(name) cannot be written: \(error)", sourceLocation: sourceLocation)
      }
      return
    }
    guard let kept = try? String(contentsOf: url, encoding: .utf8) else {
      Issue.record("no snapshot \(name); run with RECORD_SNAPSHOTS=1 and look at it", sourceLocation: sourceLocation)
      return
    }
    let same = text.utf8.elementsEqual(kept.utf8)
    #expect(same, "\(name) changed", sourceLocation: sourceLocation)
  }
}
