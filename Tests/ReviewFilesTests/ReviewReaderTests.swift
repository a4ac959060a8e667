import Foundation
import ReviewFiles
import Testing

/// What is read from review files, and what is refused with its place.
@Suite struct ReviewReaderTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  private func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
  }

  private func read(_ name: String) throws -> ReviewFile {
    let bytes = try bytes(name)
    #expect(ReviewReader.recognises(bytes))
    return try ReviewReader.read(bytes)
  }

  @Test func revMan5AnalysesHaveTheirSettingsDataAndResults() throws {
    let review = try read("trees.rm5")
    #expect(review.title == "An invented review of trees & shrubs")
    #expect(review.software == "RevMan 5.4.1")
    #expect(review.analyses.map(\.number) == (1...16).map { "1.\($0)" })
    let first = try #require(review.analysis("1.1"))
    #expect(first.comparison == "Treatment versus control" && first.name == "Relapse")
    #expect(first.data == .dichotomous && first.settings.method == "MH" && !first.settings.isRandom)
    #expect(first.groups == ("Treatment", "Control"))
    #expect(first.subgroups.map(\.name) == ["Short < 6 months", "Long"])
    #expect(first.rows.map(\.subgroup) == [0, 0, 0, 0, 1, 1, 1])
    // Latin-1 letters, entities and the escapes of identifiers.
    #expect(first.rows.map(\.study).suffix(4) == ["Dogwood & Elm 2003", "Fir 2007", "Göring 2011", "Hazel-2 2015"])
    #expect(first.rows[5][.events1] == 22 && first.rows[5][.total2] == 118)
    #expect(first.overall[.estimate] != nil && first.overall[.tauSquared] == nil)
    #expect(try #require(review.analysis("1.5")).settings.swapsEvents)
    #expect(try #require(review.analysis("1.10")).overall.isEstimable == false)
    #expect(try #require(review.analysis("1.11")).settings.hasTotal == false)
    #expect(try #require(review.analysis("1.9")).data == .observedExpected)
    #expect(try #require(review.analysis("1.15")).data == .other("other data"))
  }

  @Test func decimalsAreKeptAsPrinted() throws {
    let means = try #require(try read("trees.rm5").analysis("1.6"))
    let cell = try #require(means.rows[3].cells[.sd1])
    #expect(cell.text == "2.75" && cell.value == 2.75 && abs(cell.halfUnit - 0.005) < 1e-15)
    #expect(abs(try #require(StoredNumber("2.5E-3")).halfUnit - 0.00005) < 1e-18)
    #expect(StoredNumber("NaN") == nil && StoredNumber("-Infinity") == nil && StoredNumber("") == nil)
  }

  @Test func aDataPackageIsReadByTheNamesOfItsColumns() throws {
    let review = try read("trees-package.zip")
    #expect(review.analyses.map(\.number) == ["1.1", "1.2", "1.3"])
    let second = review.analyses[1]
    #expect(second.data == .continuous && second.settings.effectMeasure == "SMD" && second.settings.isRandom)
    #expect(second.settings.estimator == "REML" && second.settings.intervalMethod == "HKSJ")
    #expect(second.settings.hasPrediction && second.comparison == "Treatment, versus control")
    #expect(second.overall[.predictionLower] != nil && second.overall[.statistic] != nil)
    #expect(review.analyses[0].subgroups.map(\.name) == ["Short", "Long"])
    #expect(review.analyses[0].subgroups[1].stored[.weight] != nil)
    #expect(review.analyses[2].settings.effectMeasure == "HR" && review.analyses[2].rows[0][.standardError] == 0.14)
  }

  /// A file, and what its error must say: a piece of the message, the line, the part of an archive.
  static let refused: [(String, String, Int?, String?)] = [
    ("cut.rm5", "the XML is broken", 102, nil),
    ("crossed.rm5", "mismatched tag", 199, nil),
    ("text-for-number.rm5", "\"eleven\" is not a number (study \"Cedar 1999\")", 26, nil),
    ("cut.zip", "no directory at its end", nil, nil),
    ("encrypted.zip", "encrypted", nil, "CD000000-analysis-data/CD000000-data-rows.csv"),
    ("damaged.zip", "", nil, "CD000000-analysis-data/CD000000-data-rows.csv"),
    ("lzma.zip", "compressed by method 14", nil, "CD000000-analysis-data/CD000000-data-rows.csv"),
    ("no-parts.zip", "-overall-estimates-and-settings.csv", nil, nil),
    ("traversal.zip", "leads out of it", nil, "../../etc/x-data-rows.csv"),
    ("accuracy.zip", "diagnostic test accuracy", nil, nil),
    ("zip64.zip", "ZIP64", nil, nil),
  ]

  @Test(arguments: refused) func whatCannotBeReadIsRefusedWithItsPlace(
    name: String, message: String, line: Int?, part: String?
  ) throws {
    let error = try #require(throws: ReviewFileError.self) { try ReviewReader.read(try bytes("bad/" + name)) }
    #expect(error.message.contains(message) || message.isEmpty, "\(error)")
    #expect(error.line == line, "\(error)")
    #expect(error.part == part, "\(error)")
  }

  /// Cutting a file anywhere is an error or a review, never a stop of the program.
  @Test func filesCutAnywhereAreRefused() throws {
    for name in ["trees.rm5", "trees-package.zip"] {
      let whole = try bytes(name)
      for length in stride(from: 0, to: whole.count, by: 97) {
        #expect(throws: ReviewFileError.self) { try ReviewReader.read(Array(whole[..<length])) }
      }
    }
  }

  /// One changed byte of an archive is an error or a review, never a stop of the program.
  @Test func archivesWithAChangedByteNeverStopTheProgram() throws {
    let whole = try bytes("trees-package.zip")
    for place in whole.indices {
      var changed = whole
      changed[place] ^= 0x55
      _ = try? ReviewReader.read(changed)
    }
  }
}
