import EvidenceCLI
import Foundation
import TableIO
import Testing

/// Commands run inside another program give what the program itself prints.
@Suite struct HostedCommandTests {
  private static let table = """
    study,ai,n1i,ci,n2i
    "One, 1999",4,123,11,139
    Two,6,306,29,303
    Three,3,231,11,220

    """

  @Test(arguments: [
    ["pool", "-", "--measure", "OR", "--format", "json"],
    ["pool", "-", "--measure", "RR", "--inference", "hartung-knapp"],
    ["effects", "-", "--measure", "RD", "--format", "csv"], ["nnt", "-", "--format", "json"],
    ["forest", "-", "--measure", "OR", "--format", "svg"], ["forest", "-", "--measure", "OR"],
    ["bias", "-", "--measure", "OR", "--format", "json"], ["diagnose", "-", "--measure", "OR", "--format", "json"],
    ["pool", "-", "--measure", "OR", "--format", "csv", "--explain"], ["plot", "funnel", "-", "--measure", "OR"],
    ["compare", "-", "--measure", "OR", "--format", "json"], ["batch", "-", "--by", "study", "--measure", "OR"],
    ["convert", "-", "--into", "SMD", "--format", "json"],
  ])
  func theSameBytesAsTheProgram(arguments: [String]) throws {
    let program = try Program.run(arguments, in: ReferenceCase.folder, input: Self.table)
    let command = try HostedCommand(arguments)
    for _ in 0..<2 {
      let answer = command.run(inputs: ["-": Array(Self.table.utf8)])
      #expect(answer.code == program.status)
      #expect(String(decoding: answer.output, as: UTF8.self) == program.output)
      #expect(answer.messages == program.error)
    }
  }

  @Test func errorsAreJSONWithTheProgramsCode() throws {
    let command = try HostedCommand(["pool", "-", "--measure", "OR"])
    let answer = command.run(inputs: ["-": Array("ai,n1i,ci,n2i\n1,2,3,4\n9,2,1,4\n".utf8)])
    #expect(answer.code == 65 && answer.output.isEmpty)
    let error = try #require(try JSONReader.read(answer.messages)["error"])
    #expect(error["code"]?.int == 65 && error["line"]?.int == 3)
  }

  @Test(arguments: [["pool", "-", "--meathod", "DL"], ["pol", "-"], ["pool", "-", "--level", "2"], ["--version"]])
  func wordsThatMakeNoCommandAreRefused(words: [String]) {
    #expect(throws: (any Error).self) { try HostedCommand(words) }
  }

  /// Words that the parser takes and the command does not are answered by the run, each time.
  @Test(arguments: [["--method", "XX"], ["--seed", "3"], ["--tau2=-1"], ["--map", "ai"], ["--at", "x=1"]])
  func wordsThatMakeNoSenseAreAnsweredByTheRun(words: [String]) throws {
    let arguments = ["pool", "-", "--measure", "OR", "--format", "json"] + words
    let command = try HostedCommand(arguments)
    let program = try Program.run(arguments, in: ReferenceCase.folder, input: Self.table)
    for _ in 0..<2 {
      let answer = command.run(inputs: ["-": Array(Self.table.utf8)])
      #expect(answer.code == 64 && program.status == 64 && answer.output.isEmpty)
      #expect(answer.messages == program.error)
    }
  }

  @Test func helpIsOutput() throws {
    let answer = try HostedCommand(["pool", "--help"]).run(inputs: [:])
    #expect(answer.code == 0 && String(decoding: answer.output, as: UTF8.self).contains("--inference"))
  }

  /// Without content `-` is empty: the process's own standard input belongs to the host.
  @Test func standardInputIsNotTouched() throws {
    let answer = try HostedCommand(["pool", "-", "--measure", "GEN"]).run(inputs: [:])
    #expect(answer.code == 65)
  }

  @Test func callsOnManyThreadsDoNotMix() async throws {
    let command = try HostedCommand(["pool", "-", "--measure", "GEN", "--format", "json"])
    let tables = (1...8).map { "yi,vi\n0.\($0),0.1\n0.2,0.3\n" }
    let alone = tables.map { command.run(inputs: ["-": Array($0.utf8)]).output }
    await withTaskGroup(of: (Int, [UInt8]).self) { group in
      for turn in 0..<64 {
        group.addTask { (turn % 8, command.run(inputs: ["-": Array(tables[turn % 8].utf8)]).output) }
      }
      for await (index, output) in group { #expect(output == alone[index]) }
    }
  }
}
