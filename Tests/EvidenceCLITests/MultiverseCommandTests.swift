import TableIO
import Testing

/// How `evidence multiverse` reads its options.
@Suite struct MultiverseCommandTests {
  /// Names of columns may have blanks within them, and blanks around the commas do not count.
  @Test func columnsWithBlanksInTheirNames() throws {
    let table = "study,yi,vi,arm type,site\na,0.1,0.04,x,u\nb,0.2,0.05,x,v\nc,0.3,0.06,y,u\nd,0.5,0.02,y,v\n"
    let line = ["multiverse", "-", "--no-leave-one-out", "--methods", "DL, EE", "--format", "csv", "--quiet"]
    func rows(_ columns: String) throws -> Int {
      let result = try Program.run(line + ["--exclude-by", columns], in: ReferenceCase.folder, input: table)
      #expect(result.status == 0, "\(columns): \(result.error)")
      return try CSVReader.read([UInt8](result.output.utf8)).rowCount
    }
    let (first, both) = (try rows("arm type"), try rows("arm type , site"))
    #expect(first > 0 && both > first)
  }
}
