import TableIO
import Testing

@Suite struct RoundTripTests {
  private static let delimiters = [",", ";", "\t", "|"].map { Array($0.utf8)[0] }

  /// Random tables: a first column of plain letters (so that no row is blank), then awkward texts.
  private func randomTable(_ random: inout TestRandom) -> [[String]] {
    let columns = 2 + random.below(4)
    let header = (0..<columns).map { "c\($0) \"x\"" }
    let rows = (0..<1 + random.below(6)).map { row in
      ["row\(row)"] + (1..<columns).map { _ in random.text() }
    }
    return [header] + rows
  }

  @Test func writtenTablesReadBack() throws {
    var random = TestRandom(seed: 21)
    for _ in 0..<400 {
      let table = randomTable(&random)
      for delimiter in Self.delimiters {
        var writer = CSVWriter(delimiter: delimiter, lineEnding: random.below(2) == 0 ? "\n" : "\r\n")
        for row in table { writer.row(row) }
        var options = CSVOptions(delimiter: delimiter, decimalMark: UInt8(ascii: "."))
        options.comments = .none
        #expect(try contents(CSVReader.read(writer.bytes, options)) == table, "\(writer.text.debugDescription)")
      }
    }
  }

  @Test func everyDialectOfATableReadsEqual() throws {
    var random = TestRandom(seed: 22)
    for _ in 0..<40 {
      let labels = (0..<5).map { row in "Trial \(row)" + (random.below(2) == 0 ? ", 19\(10 + row)" : "; é \"x\"") }
      let values = (0..<5).map { _ in (Double(random.below(4000)) - 2000) / 1000 + 0.0005 }
      for delimiter in Self.delimiters {
        for mark in delimiter == UInt8(ascii: ",") ? [UInt8(ascii: ".")] : [UInt8(ascii: "."), UInt8(ascii: ",")] {
          for ending in ["\n", "\r\n", "\r"] {
            var writer = CSVWriter(delimiter: delimiter, decimalMark: mark, lineEnding: ending)
            writer.row(["study", "yi", "n"])
            for row in 0..<5 {
              writer.cell(labels[row])
              writer.cell(values[row])
              writer.cell(row * 10)
              writer.endRow()
            }
            let table = try CSVReader.read(writer.bytes)
            #expect(table.texts(column: 0) == labels)
            #expect(table.numbers(column: 1).values == values, "\(writer.text)")
            #expect(table.dialect.delimiter == delimiter)
            #expect(table.dialect.decimalMark == mark)
            #expect((0..<5).map { table.line(ofRow: $0) } == [2, 3, 4, 5, 6])
          }
        }
      }
    }
  }

  @Test func tableWritesItself() throws {
    let table = try CSVReader.read(Array("a;b\n\"x;\"\"y\"\"\";1,50\n".utf8))
    var writer = CSVWriter()
    writer.table(table)
    #expect(writer.text == "a,b\n\"x;\"\"y\"\"\",\"1,50\"\n")
  }

  @Test func cellsOfNumbers() {
    var writer = CSVWriter()
    writer.cell(0.1)
    writer.cell(Double.nan)
    writer.cell(nil as Double?)
    writer.cell(3)
    writer.emptyCell()
    writer.cell(" #")
    writer.endRow()
    #expect(writer.text == "0.1,,,3,,\" #\"\n")
    var comma = CSVWriter(decimalMark: UInt8(ascii: ","))
    comma.cell(0.5)
    comma.cell(2.0)
    #expect(comma.text == "\"0,5\",2")
  }

  @Test func randomBytesNeverTrap() {
    var random = TestRandom(seed: 23)
    let alphabet = Array("a1,;\t|\"\n\r .-#=sep\u{e9}−0\0".utf8) + [0xFF, 0xFE, 0x81, 0xEF, 0xBB, 0xBF]
    for round in 0..<10_000 {
      let bytes = (0..<random.below(60)).map { _ in
        round % 4 == 0 ? UInt8(truncatingIfNeeded: random.next()) : alphabet[random.below(alphabet.count)]
      }
      guard let table = try? CSVReader.read(bytes) else { continue }
      for column in table.columnNames.indices {
        #expect(table.numbers(column: column).values.count == table.rowCount)
        #expect(table.texts(column: column).count == table.rowCount)
      }
    }
  }
}
