import TableIO
import Testing

/// A table as plain lists, to compare with.
func contents(_ table: Table) -> [[String]] {
  [table.columnNames]
    + (0..<table.rowCount).map { row in
      table.columnNames.indices.map { String(decoding: table.raw(row: row, column: $0), as: UTF8.self) }
    }
}

func read(_ text: String, _ options: CSVOptions = .automatic) throws -> Table {
  try CSVReader.read(Array(text.utf8), options)
}

@Suite struct CSVReaderTests {
  @Test func findsDelimiterAndDecimalMark() throws {
    let comma = try read("study,yi,vi\na,0.03,0.01\nb,-.5,2e-1\n")
    #expect(comma.dialect.delimiter == UInt8(ascii: ","))
    #expect(comma.numbers(column: 1).values == [0.03, -0.5])
    let semicolon = try read("study;yi;vi\na;0,03;0,01\nb;-0,5;2e-1\n")
    #expect(semicolon.dialect.delimiter == UInt8(ascii: ";"))
    #expect(semicolon.dialect.decimalMark == UInt8(ascii: ","))
    #expect(semicolon.numbers(column: 1).values == [0.03, -0.5])
    let point = try read("study;yi;vi\na;0.03;0.01\n")
    #expect(point.dialect.decimalMark == UInt8(ascii: "."))
    #expect(try read("study\tyi\na b\t0,5\n").number(row: 0, column: 1) == .value(0.5))
    #expect(try read("study|yi\na b|0.5\n").number(row: 0, column: 1) == .value(0.5))
    #expect(try read("Author, year\tyi\tvi\nSmith, 1999\t1\t2\n").columnNames == ["Author, year", "yi", "vi"])
    #expect(try read("a;b\n1,5;2\n").dialect.description.contains("semicolon, decimal comma"))
  }

  @Test func separatorLineCommentsBlanks() throws {
    let table = try read("sep=;\r\n# made by hand\r\n\r\nx;;y;\r\n1,5;;a;\r\n;;;\r\n\r\n2,5;;b;\r\n;;;\r\n")
    #expect(contents(table) == [["x", "y"], ["1,5", "a"], ["2,5", "b"]])
    #expect(table.dialect.hasSeparatorLine)
    #expect(table.dialect.commentLines == 1)
    #expect(table.dialect.blankColumns == 2)
    #expect(table.dialect.blankRows == 3)
    #expect(table.dialect.headerLine == 4)
    #expect(table.dialect.lineEnding == .crlf)
    #expect([table.line(ofRow: 0), table.line(ofRow: 1)] == [5, 8])
    #expect(table.numbers(column: 0).values == [1.5, 2.5])
    #expect(try read("#chrom,pos\n1,2\n").columnNames == ["#chrom", "pos"])
    #expect(try read("# a, b\n# note\nx,y,z\n1,2,3\n").columnNames == ["x", "y", "z"])
    var everywhere = CSVOptions()
    everywhere.comments = .everywhere
    #expect(try read("x,y\n# \"no\n1,2\n#\n3,4\n#", everywhere).numbers(column: 1).values == [2, 4])
    #expect(try read("x,y\n1,2\n# note\n3,4\n", everywhere).line(ofRow: 1) == 4)
  }

  @Test func quotes() throws {
    let table = try read("a,b\n\"x, \"\"y\"\"\nz\", \"q\" \n\"\",5\" pipe\n")
    #expect(contents(table) == [["a", "b"], ["x, \"y\"\nz", "q"], ["", "5\" pipe"]])
    #expect([table.line(ofRow: 0), table.line(ofRow: 1)] == [2, 4])
    #expect(table.dialect.quote == UInt8(ascii: "\""))
  }

  @Test func missingAndNumbers() throws {
    let codes = ["", "NA", "n/a", "#N/A", "NaN", "NULL", ".", "-", "nr", "Not Reported", "  ", "\u{A0}"]
    let text =
      "x,y\n" + codes.map { "\($0),1\n" }.joined() + "\" −3 \",1\n0·5,1\n1e400,1\n0x10,1\ninf,1\n\"1,000\",1\n12abc,1\n"
    let table = try read(text)
    for (row, code) in codes.enumerated() {
      #expect(table.isMissing(row: row, column: 0), "\(code)")
      #expect(table.number(row: row, column: 0) == .missing)
    }
    #expect(table.number(row: codes.count, column: 0) == .value(-3))
    let column = table.numbers(column: 0)
    #expect(column.values[codes.count + 1] == 0.5)
    #expect(column.notNumbers == Array(codes.count + 2..<codes.count + 7))
    #expect(table.text(row: codes.count + 2, column: 0) == "1e400")
  }

  @Test func columnsByName() throws {
    let table = try read("Study,AI,ai,yi\na,1,2,3\n")
    #expect(table.columnIndex(named: "ai") == 2)
    #expect(table.columnIndex(named: "Ai") == nil)
    #expect(table.columnIndices(matching: "Ai") == [1, 2])
    #expect(table.columnIndex(named: "YI") == 3)
    #expect(table.columnIndex(named: "nosuch") == nil)
  }

  @Test func textIsKeptAsPrinted() throws {
    let table = try read("id,x\n007,1.50\n1e3, 2\n")
    #expect(table.texts(column: 0) == ["007", "1e3"])
    #expect(table.texts(column: 1) == ["1.50", "2"])
  }

  @Test func namelessColumnIsNamed() throws {
    let table = try read("\"\",yi\n1,0.5\n")
    #expect(table.columnNames == ["column 1", "yi"])
    #expect(table.warnings.count == 1)
  }

  @Test func headerAloneIsATableWithoutRows() throws {
    let table = try read("study,ai,n1i,ci,n2i\n")
    #expect(table.rowCount == 0)
    #expect(table.columnNames.count == 5)
    #expect(table.numbers(column: 4).values.isEmpty)
  }

  @Test(arguments: [
    ("", nil, "empty"), (" \r\n\n", nil, "empty"), ("a,b\n1,2\n3\n", 3, "1 cell"), ("a,b\n1,2,3\n", 2, "3 cells"),
    ("a,b\n\"x\ny\",1\n2\n", 4, "1 cell"), ("a,b\n\"x,1\n", 2, "not closed"), ("a,b\n\"x\"y,1\n", 2, "follows"),
    ("a,b,a\n1,2,3\n", 1, "\"a\""), ("1,2\n3,4\n", 1, "numbers"), ("# only\n# comments\n", nil, "header"),
    ("a b c\n1 2 3\n", 1, "blanks"), ("a,b;c\nx,y;z\n", 1, "comma (2 columns) and semicolon (2 columns)"),
    ("a;b\n1,234;x\n5,678;y\n", 2, "decimal"), ("a;b\n0,5;x\n0.5;y\n", 3, "decimal"), ("a,b\n\0,1\n", 2, "NUL"),
    ("a,b\n1,2\n# end\n", 3, "1 cell"), ("PK\u{3}\u{4}\0\0", nil, "ZIP"),
  ])
  func refuses(_ text: String, line: Int?, word: String) {
    let error = #expect(throws: TableError.self) { try read(text) }
    #expect(error?.line == line)
    #expect(error?.description.contains(word) == true, "\(String(describing: error))")
  }

  @Test func pipesAreNoSpreadsheetFile() throws {
    let bytes = Array("study|ai\na|4\n".utf8)
    #expect(throws: TableError.self) { try TableReader.read(bytes, fileName: "pipes.csv") }
    #expect(try TableReader.read(bytes, fileName: "pipes.txt").rowCount == 1)
    #expect(try TableReader.read(bytes, format: .pipe, fileName: "pipes.csv").rowCount == 1)
  }

  @Test func raggedRowNamesTheColumn() {
    let short = #expect(throws: TableError.self) { try read("study,ai,n1i\na,1\n") }
    #expect(short?.column == "n1i")
    let long = #expect(throws: TableError.self) { try read("study,ai\na,1,x\n") }
    #expect(long?.column == "3")
    #expect(long?.value == "x")
  }

  @Test func decimalMarkByColumn() throws {
    let thousands = try read("n;yi\n1,234;0.5\n")
    #expect(thousands.number(row: 0, column: 0) == .notANumber)
    let decided = try read("n;yi\n1,234;0,5\n")
    #expect(decided.number(row: 0, column: 0) == .value(1.234))
    let german = try read("n;yi\n1.234;0,5\n")
    #expect(german.number(row: 0, column: 0) == .notANumber)
    let each = try read("dose;yi\n1,5;0.5\n")
    #expect(each.number(row: 0, column: 0) == .value(1.5))
    #expect(each.number(row: 0, column: 1) == .value(0.5))
    #expect(each.dialect.otherMarkColumns == ["dose"])
    #expect(each.warnings.count == 1)
    let label = try read("label;yi\n1,5;0.5\nx;0.25\ny;1\n")
    #expect(label.number(row: 0, column: 0) == .notANumber)
    #expect(label.warnings.isEmpty)
    let forced = try read("a;b\n1,234;x\n", CSVOptions(decimalMark: UInt8(ascii: ",")))
    #expect(forced.number(row: 0, column: 0) == .value(1.234))
  }
}
