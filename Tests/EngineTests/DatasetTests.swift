import Datasets
import Engine
import Foundation
import Testing

@Suite struct DatasetTests {
  @Test(arguments: Dataset.all.map(\.name)) func isNamedOnceAndHasContent(name: String) throws {
    #expect(Dataset.all.count { $0.name == name } == 1)
    let dataset = try #require(Dataset.named(name))
    #expect(!dataset.bytes.isEmpty && !dataset.title.isEmpty && !dataset.source.isEmpty)
  }

  /// Every file of the folder has its entry in the registry.
  @Test func everyFileIsRegistered() throws {
    let folder = URL(filePath: #filePath).appending(path: "../../../Datasets").standardized
    let registered = Set(Dataset.all.map { Data($0.bytes) })
    for part in ["mbt", "classics"] {
      let files = try FileManager.default.contentsOfDirectory(
        at: folder.appending(path: part), includingPropertiesForKeys: nil)
      #expect(!files.isEmpty)
      for file in files { #expect(registered.contains(try Data(contentsOf: file)), "\(file.lastPathComponent)") }
    }
  }

  /// Tables with a usual measure give effect sizes by their own column map.
  @Test(arguments: Dataset.all.filter { $0.measure != nil }.map(\.name)) func givesEffectSizes(name: String) throws {
    let studies = try StudySet(DataRequest(input: name), MeasureRequest())
    #expect(studies.count > 0)
  }

  /// Rows of the same people are refused in one pool, and recalled rows stay out of it.
  @Test func trialFamiliesAreNotPooledTogether() throws {
    #expect(throws: EvidenceError.self) { try PoolAnalysis(PoolRequest(data: DataRequest(input: "mbt/eight-year"))) }
    let studies = try StudySet(DataRequest(input: "mbt/bpd-severity"), MeasureRequest())
    #expect(studies.labels.count == 2)
  }
}
