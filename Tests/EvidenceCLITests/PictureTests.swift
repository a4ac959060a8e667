import Foundation
import TableIO
import TestSupport
import Testing

/// PNG and PDF through librsvg, and what happens without it.
@Suite struct PictureTests {
  private static let hasLibrsvg = dlopen("librsvg-2.so.2", RTLD_LAZY) != nil

  /// Runs the program in a folder of its own and gives the bytes of a file it wrote.
  private func picture(_ arguments: [String], _ name: String) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name).path
    let result = try Program.run(arguments + ["-o", path, "--quiet"], in: ReferenceCase.folder)
    #expect(result.status == 0, "\(arguments): \(result.error)")
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private func big(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  @Test(
    .enabled(if: hasLibrsvg),
    arguments: [["forest", "bcg"], ["plot", "funnel", "bcg"], ["plot", "cumulative", "bcg"]])
  func pngHasTheSizeAndResolutionAskedFor(call: [String]) throws {
    let png = try picture(call + ["--width", "60mm", "--dpi", "150"], "figure.png")
    #expect(png.prefix(8).elementsEqual([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    #expect(big(png[16..<20]) == Int((60.0 / 25.4 * 150).rounded()))
    #expect(String(decoding: png[37..<41], as: UTF8.self) == "pHYs" && big(png[41..<45]) == 5906)
    #expect(try picture(call + ["--width", "60mm", "--dpi", "150"], "figure.png") == png)
  }

  @Test(.enabled(if: hasLibrsvg), arguments: [["forest", "bcg", "--theme", "dark"], ["plot", "labbe", "bcg"]])
  func pdfIsTheSameEachTime(call: [String]) throws {
    let pdf = try picture(call, "figure.pdf")
    #expect(String(decoding: pdf.prefix(5), as: UTF8.self) == "%PDF-")
    #expect(!String(decoding: pdf, as: UTF8.self).contains("CreationDate"))
    #expect(try picture(call, "figure.pdf") == pdf)
  }

  @Test(.enabled(if: hasLibrsvg)) func dataDrawTheSamePixels() throws {
    let data = try Program.run(["forest", "bcg", "--format", "json", "--quiet"], in: ReferenceCase.folder)
    let copy = FileManager.default.temporaryDirectory.appending(path: "redrawn-\(UUID().uuidString).pdf")
    defer { try? FileManager.default.removeItem(at: copy) }
    let again = try Program.run(
      ["forest", "--data", "-", "-o", copy.path], in: ReferenceCase.folder, input: data.output)
    #expect(again.status == 0, "\(again.error)")
    let redrawn = [UInt8](try Data(contentsOf: copy))
    #expect(redrawn == (try picture(["forest", "bcg"], "figure.pdf")))
  }

  @Test(.enabled(if: hasLibrsvg)) func tooManyPixelsAreRefused() throws {
    let result = try Program.run(
      ["forest", "bcg", "--format", "png", "--dpi", "2400", "--font-size", "40"], in: ReferenceCase.folder)
    #expect(result.status == 64 && result.error.contains("--dpi"), "\(result.error)")
  }

  @Test func withoutLibrsvgTheErrorSaysWhatToInstall() throws {
    let result = try Program.run(
      ["forest", "bcg", "--format", "pdf"], in: ReferenceCase.folder,
      environment: ["EVIDENCE_LIBRSVG": "no-such-library.so"])
    #expect(result.status == 74 && result.output.isEmpty)
    #expect(result.error.contains("librsvg") && result.error.contains("apt-get install librsvg2-2"))
  }
}
