import Foundation
import TableIO
import Testing

/// The search for the analysis behind a published number, and rounding through the pool.
@Suite struct CheckCommandTests {
  private func run(_ arguments: String..., input: String? = nil) throws -> Program.Result {
    try Program.run(arguments, in: ReferenceCase.folder, input: input)
  }

  private func report(_ arguments: [String], input: String? = nil) throws -> JSONValue {
    let result = try Program.run(arguments + ["--format", "json"], in: ReferenceCase.folder, input: input)
    #expect(result.status == 0, "\(result.error)")
    return try JSONReader.read(result.output)
  }

  /// Bateman and Fonagy's three trials as a published review pooled them: DerSimonian–Laird with 0.5 for empty cells.
  /// Mantel–Haenszel of the counts as they are prints 0.09.
  @Test func theSuicidalityTrialsAreFoundByDerSimonianLairdAndNotByMantelHaenszel() throws {
    let check = try report(["check", "mbt/suicide-attempts", "--published", "RR 0.10 [0.04, 0.30]"])
    let matches = try #require(check["matches"]?.array)
    #expect((check["tried"]?.int ?? 0) > 1000)
    let first = try #require(matches.first)
    #expect(first["measure"]?.string == "RR" && first["method"]?.string == "DL" && first["rank"]?.int == 1)
    #expect(first["inference"]?.string == "normal" && first["add"]?.double == 0.5 && first["to"]?.string == "only0")
    #expect(!matches.contains { $0["method"]?.string == "MH" && $0["to"]?.string == "none" })
    let usual = try #require(
      check["usual"]?.array?.first {
        $0["method"]?.string == "MH" && $0["to"]?.string == "none" && $0["measure"]?.string == "RR"
      })
    #expect(usual["matches"] == .bool(false) && usual["estimate"]?.double != nil)
    let page = try run("check", "mbt/suicide-attempts", "--published", "RR 0.10 [0.04, 0.30]")
    #expect(page.output.contains("RR, MH, normal, no correction"))
  }

  @Test func whereNothingMatchesTheNearestAreShown() throws {
    let arguments = ["check", "bcg", "--published", "RR 0.60 [0.40, 0.70]"]
    let check = try report(arguments)
    #expect(check["matches"]?.array?.isEmpty == true)
    #expect(check["nearest"]?.array?.count == 5)
    #expect(try Program.run(arguments + ["--strict"], in: ReferenceCase.folder).status == 1)
    #expect(try run("check", "bcg", "--published", "nothing").status == 64)
  }

  @Test func heterogeneityThatIsPrintedHasToComeOutToo() throws {
    let fitting = try report(["check", "bcg", "--published", "RR 0.49 [0.34, 0.70], I² = 92.1%"])
    #expect(fitting["matches"]?.array?.first?["method"]?.string == "DL")
    let other = try report(["check", "bcg", "--published", "RR 0.49 [0.34, 0.70], I² = 40%"])
    #expect(other["matches"]?.array?.isEmpty == true)
  }

  /// Printing a specification's result and searching for it finds the specification.
  @Test(arguments: 0..<12) func printingAndSearchingFindsTheSpecification(_ seed: Int) throws {
    var random = SystemLike(seed: UInt64(seed) + 1)
    var rows = "study,ai,n1i,ci,n2i\n"
    for i in 0..<Int(random.next() % 5 + 4) {
      let (n1, n2) = (Int(random.next() % 80 + 20), Int(random.next() % 80 + 20))
      rows += "S\(i),\(Int(random.next()) % (n1 / 3)),\(n1),\(Int(random.next()) % (n2 / 2) + 1),\(n2)\n"
    }
    let measure = ["RR", "OR", "RD"][seed % 3]
    let method = ["DL", "REML", "PM", "EE", "MH", "SJ"][Int(random.next() % 6)]
    let inference = method == "MH" || method == "EE" ? "normal" : ["normal", "hartung-knapp"][Int(random.next() % 2)]
    let pooled = try report(
      ["pool", "-", "--measure", measure, "--method", method, "--inference", inference], input: rows)
    func digits(_ key: String) throws -> String {
      NumberText().fixed(try #require(pooled.at("display.\(key)")?.double), decimals: 3)
    }
    let printed = "\(measure) \(try digits("estimate")) [\(try digits("ci_lower")), \(try digits("ci_upper"))]"
    let check = try report(["check", "-", "--published", printed], input: rows)
    let found = check["matches"]?.array?.contains {
      $0["measure"]?.string == measure && $0["method"]?.string == method && $0["inference"]?.string == inference
        && $0["vtype"]?.string != "AV"
    }
    #expect(found == true, "\(printed) by \(method), \(inference)")
  }

  static let means = """
    study,m1i,sd1i,n1i,m2i,sd2i,n2i
    A,12.1,4.2,20,14.6,4.9,21
    B,10.4,3.8,33,11.2,3.5,30
    C,15,6.1,15,19.3,5.7,16
    D,9.9,2.75,48,10.1,2.9,50
    """

  @Test func meansAreSearchedWithTheWaysOfReviewSoftware() throws {
    let check = try report(["check", "-", "--published", "SMD -0.31 [-0.59, -0.03]"], input: Self.means)
    #expect((check["tried"]?.int ?? 0) > 300 && check["usual"]?.array?.isEmpty == false)
    #expect(check.at("rounding") == nil || check.at("rounding") == .null)
  }

  // MARK: Rounding through the pool

  private func ranges(_ arguments: [String], input: String) throws -> (JSONValue, JSONValue) {
    let pooled = try report(["pool", "-", "--rounding"] + arguments, input: input)
    return (try #require(pooled["rounding"]), pooled)
  }

  @Test(arguments: [
    ("MD", "EE", "normal", "guaranteed"), ("SMD", "DL", "normal", "guaranteed"),
    ("MD", "DL", "hartung-knapp", "guaranteed"),
    ("SMD", "REML", "normal", "sampled"), ("SMDH", "DL", "normal", "sampled"),
  ])
  func theFiguresLieInTheirRanges(_ measure: String, _ method: String, _ inference: String, _ how: String) throws {
    let (rounding, pooled) = try ranges(
      ["--measure", measure, "--method", method, "--inference", inference], input: Self.means)
    #expect(rounding["method"]?.string == how)
    for (figure, place) in [
      ("estimate", "pooled.estimate"), ("ci_lower", "pooled.ci_lower"), ("ci_upper", "pooled.ci_upper"),
      ("p", "pooled.p"), ("q", "heterogeneity.q"), ("i2", "heterogeneity.i2"),
    ] {
      let value = try #require(pooled.at(place)?.double)
      let lower = try #require(rounding.at("figures.\(figure).lower")?.double)
      let upper = try #require(rounding.at("figures.\(figure).upper")?.double)
      #expect(lower <= value && value <= upper, "\(figure): \(value) in [\(lower), \(upper)]")
      #expect(upper > lower || ["i2"].contains(figure))
    }
  }

  /// Unrounded data, printed and rounded: the true figures lie in the guaranteed ranges of the printed ones.
  @Test(arguments: 0..<8) func theTruthBehindPrintedDataLiesInTheRanges(_ seed: Int) throws {
    var random = SystemLike(seed: UInt64(seed) + 99)
    func number(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
    var (exact, printed) = ("study,m1i,sd1i,n1i,m2i,sd2i,n2i\n", "study,m1i,sd1i,n1i,m2i,sd2i,n2i\n")
    for i in 0..<6 {
      let values = [number(8, 12), number(2, 5), number(9, 13), number(2, 5)]
      let (n1, n2) = (Int(random.next() % 40 + 10), Int(random.next() % 40 + 10))
      func row(_ text: (Double) -> String) -> String {
        "S\(i),\(text(values[0])),\(text(values[1])),\(n1),\(text(values[2])),\(text(values[3])),\(n2)\n"
      }
      exact += row { "\($0)" }
      printed += row { NumberText().fixed($0, decimals: 1) }
    }
    let model = ["--measure", seed % 2 == 0 ? "SMD" : "MD", "--method", seed % 4 < 2 ? "DL" : "EE"]
    let truth = try report(["pool", "-"] + model, input: exact)
    let (rounding, _) = try ranges(model, input: printed)
    #expect(rounding["method"]?.string == "guaranteed")
    for (figure, place) in [
      ("estimate", "pooled.estimate"), ("ci_lower", "pooled.ci_lower"), ("ci_upper", "pooled.ci_upper"),
      ("p", "pooled.p"), ("q", "heterogeneity.q"), ("tau2", "heterogeneity.tau2"), ("i2", "heterogeneity.i2"),
      ("pi_lower", "pooled.pi_lower"), ("pi_upper", "pooled.pi_upper"),
    ] {
      guard let value = truth.at(place)?.double, let lower = rounding.at("figures.\(figure).lower")?.double,
        let upper = rounding.at("figures.\(figure).upper")?.double
      else { continue }
      #expect(lower <= value && value <= upper, "\(figure): \(value) in [\(lower), \(upper)]")
    }
  }

  @Test func countsAreExactAndSamplesAreSeeded() throws {
    let counts = try report(["pool", "bcg", "--rounding"])
    #expect(counts.at("rounding.method")?.string == "exact")
    let arguments = ["--measure", "SMD", "--seed", "7"]
    let first = try ranges(arguments, input: Self.means).0
    #expect(first == (try ranges(arguments, input: Self.means).0))
    #expect(first["draws"]?.int ?? 0 > 500 && first["seed"]?.int == 7)
    #expect(try run("pool", "bcg", "--rounding", "--mods", "~ year").status == 64)
    #expect(try run("pool", "bcg", "--rounding").output.contains("nothing can move"))
  }

  @Test func aSearchTriesTheRoundingOfTheInputs() throws {
    let plain = try report(["pool", "-", "--measure", "MD", "--method", "EE", "--rounding"], input: Self.means)
    let upper = try #require(plain.at("rounding.figures.estimate.upper")?.double)
    let estimate = try #require(plain.at("pooled.estimate")?.double)
    let between = NumberText().fixed(estimate + 0.25 * (upper - estimate), decimals: 4)
    let without = try report(["check", "-", "--published", "MD \(between)"], input: Self.means)
    let with = try report(["check", "-", "--published", "MD \(between)", "--rounding"], input: Self.means)
    #expect((with["matches"]?.array?.count ?? 0) > (without["matches"]?.array?.count ?? 0))
    #expect(with.at("rounding")?.string?.contains("not guaranteed") == true)
  }
}

/// A small generator for test data (SplitMix64).
struct SystemLike {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (z ^ (z >> 31)) >> 1
  }

  mutating func uniform() -> Double { Double(next() >> 10) * 0x1p-53 }
}
