import Foundation
import TableIO
import TestSupport
import Testing

/// What the options of `evidence bias` print and refuse beyond the numbers of the reference cases.
@Suite struct BiasCommandTests {
  private func run(_ arguments: [String], input: String? = nil) throws -> Program.Result {
    try Program.run(["bias"] + arguments, in: ReferenceCase.folder, input: input)
  }

  private func json(_ arguments: [String], input: String? = nil) throws -> JSONValue {
    let result = try run(arguments + ["--format", "json"], input: input)
    #expect(result.status == 0, "\(arguments): \(result.error)")
    return try JSONReader.read(result.output)
  }

  /// A table of estimates and variances.
  private static func table(_ yi: [Double], _ vi: [Double]) -> String {
    "yi,vi\n" + zip(yi, vi).map { "\($0),\($1)\n" }.joined()
  }

  /// The 13 BCG trials turned round, logarithms and variances to four decimals: those of SynthesisTests/Fixtures/sensitivity.json.
  private static let rounded = table(
    [0.8893, 1.5854, 1.3481, 1.4416, 0.2175, 0.7861, 1.6209, -0.012, 0.4694, 1.3713, 0.3394, -0.4459, 0.0173],
    [0.3256, 0.1946, 0.4154, 0.02, 0.0512, 0.0069, 0.223, 0.004, 0.0564, 0.073, 0.0124, 0.5325, 0.0714])

  @Test(arguments: [
    ("data/k2.csv --lfk", 69, "3 studies"), ("data/equal.csv --lfk", 69, "all effects are equal"),
    ("bcg --mods ~ablat --lfk", 64, "egger"), ("data/k2.csv --copas", 69, "3 studies"),
    ("data/k2.csv --limit", 69, "3 studies"), ("data/k1.csv --worst-case", 69, "2 studies"),
    ("data/hackshaw1998.csv --measure GEN --e-value", 64, "RR, OR, HR"),
    ("data/hackshaw1998.csv --measure GEN --fragility", 64, "2×2"), ("bcg --unreported 0", 64, "got 0"),
    ("bcg --unreported some", 64, "got some"), ("bcg --assume 0", 64, "--missing"), ("bcg --imor 1,2", 64, "--missing"),
    ("bcg --missing no,year", 65, "\"no\""), ("bcg --missing year", 64, "--missing"),
    ("bcg --missing year,year --assume q", 64, "aca"), ("bcg --missing year,year --imor=-1,1", 64, "-1,1"),
    ("bcg --missing year,year --event never", 64, "good"),
    ("bcg --measure PHI --missing year,year", 64, "RR, OR and RD"),
    ("bcg --p-uniform --alternative greater", 69, "direction"), ("bcg --p-uniform --alternative up", 64, "less"),
    ("bcg --copas --side up", 64, "left"), ("bcg --selection beta --steps 0.5", 64, "two p-values"),
    ("bcg --steps 0.5", 64, "--selection"),
    ("bcg --zcurve", 69, "10 studies"), ("data/homog.csv --zcurve", 69, "10 studies"),
  ])
  func refuses(_ call: (line: String, code: Int32, words: String)) throws {
    let result = try run(call.line.split(separator: " ").map(String.init))
    #expect(result.status == call.code, "\(call.line): \(result.status) \(result.error)")
    #expect(result.error.contains(call.words), "\(call.line): \(result.error)")
    #expect(result.output.isEmpty)
  }

  /// metasens 1.5-2 on metafor's log risk ratios of dat.bcg (Tests/Reference/doi-plot.R).
  @Test func doiPlotOfTheVaccine() throws {
    let report = try json(["bcg", "--lfk"])
    expectClose(report.at("lfk.index")?.double ?? .nan, -4.1023968559478501, relative: 1e-11)
    #expect(report.at("lfk.asymmetry")?.string == "major")
    #expect(report.at("lfk.tip")?.string == "Comstock et al 1974")
    #expect(report.at("lfk.points.#")?.int == 13)
    expectClose(report.at("lfk.points[0].z")?.double ?? .nan, -2.6817618091251383, relative: 1e-11)
    let text = try run(["bcg", "--lfk"]).output
    #expect(text.contains("LFK index -4.102: major asymmetry") && text.contains("0.096 *"))
    #expect(text.contains("no significance test"))
    let page = try run(["bcg", "--all"]).output
    #expect(page.contains("LFK index -4.102") && !page.contains("tip of the plot"))
  }

  @Test func equalEffectsOfTheDoiPlotAreNoted() throws {
    let result = try run(["-", "--lfk"], input: Self.table([1, 1, 2, 3], [0.01, 0.09, 0.04, 0.04]))
    #expect(result.output.contains("LFK index 3.077") && result.output.contains("2 studies share their effect and"))
  }

  /// For equal effects the ratio that leaves nothing is (0.9/0.04 + 0.7/0.05) / (0.2/0.1 + 0.1/0.2).
  @Test func worstCaseInClosedForm() throws {
    let report = try json(
      ["-", "--worst-case", "--method", "EE"], input: Self.table([0.9, 0.7, -0.2, -0.1], [0.04, 0.05, 0.1, 0.2]))
    expectClose(report.at("worst_case.s_value")?.double ?? .nan, 14.6, relative: 1e-10)
    #expect(report.at("worst_case.affirmative")?.int == 2 && report.at("worst_case.nonaffirmative")?.int == 2)
    expectClose(report.at("worst_case.pooled.estimate")?.double ?? .nan, -2.5 / 15)
    let refused = try run(["-", "--worst-case"], input: Self.table([1, 2], [0.01, 0.01]))
    #expect(refused.status == 69 && refused.error.contains("every study is affirmative"))
  }

  /// E = RR + √(RR (RR − 1)) of the pool that is printed beside it, and of its limit.
  @Test func eValueOfThePool() throws {
    let report = try json(["bcg", "--e-value"])
    for (end, key) in [("estimate", "e_value"), ("ci_upper", "e_value_ci")] {
      let ratio = exp(-(report.at("pooled.\(end)")?.double ?? .nan))
      let value = ratio + (ratio * (ratio - 1)).squareRoot()
      expectClose(report.at("e_value.\(key)")?.double ?? .nan, value, relative: 1e-12, key)
    }
    let odds = try json(["bcg", "--e-value", "--measure", "OR"])
    #expect(odds.at("e_value.transform")?.string?.contains("rare") == true)
  }

  /// As many unreported as reported: φ(Φ⁻¹(½)) = 1/√(2π), times 2, times Σv^(−½)/Σv⁻¹.
  @Test func unreportedStudiesInClosedForm() throws {
    let vi = [0.04, 0.09, 0.16, 0.25]
    let report = try json(["-", "--unreported", "1,4", "--method", "EE"], input: Self.table([1, 2, 3, 4], vi))
    let scale = vi.reduce(0) { $0 + 1 / $1.squareRoot() } / vi.reduce(0) { $0 + 1 / $1 }
    let bias = 2 * 0.3989422804014327 * scale
    expectClose(report.at("outcome_reporting.rows[2].bias")?.double ?? .nan, bias)
    #expect(report.at("outcome_reporting.side")?.string == "left")
    let pooled = report.at("pooled.estimate")?.double ?? .nan
    expectClose(report.at("outcome_reporting.rows[2].pooled.estimate")?.double ?? .nan, pooled - bias)
    let one = report.at("outcome_reporting.rows[1].bias")?.double ?? .nan
    #expect(one > 0 && one < bias)
  }

  /// The tables of everyone randomised: 29 of 47 and 20 of 34 observed, 22 and 34 missing.
  @Test func missingOutcomesOfOneTrial() throws {
    let trial = "study,ai,bi,ci,di,m1,m2\nA,29,18,20,14,22,34\n"
    let call = ["-", "--measure", "RR", "--method", "EE", "--missing", "m1,m2", "--assume", "aca,0,1,b"]
    let report = try json(call + ["--imor", "1,1"], input: trial)
    let complete = log(29.0 / 47 / (20.0 / 34))
    let wanted = [
      complete, log(29.0 / 69 / (20.0 / 68)), log(51.0 / 69 / (54.0 / 68)), log(29.0 / 69 / (54.0 / 68)), complete,
    ]
    #expect(report.at("missing_outcomes.#")?.int == wanted.count)
    for (place, value) in wanted.enumerated() {
      let got = report.at("missing_outcomes[\(place)].pooled.estimate")?.double ?? .nan
      expectClose(got, value, relative: 1e-11, "assumption \(place)")
    }
    // With a good event the best case is the other way round.
    let good = try json(call + ["--event", "good"], input: trial)
    expectClose(
      good.at("missing_outcomes[3].pooled.estimate")?.double ?? .nan, log(51.0 / 69 / (20.0 / 68)), relative: 1e-11)
    let negative = try run(call, input: trial.replacing("22,34", with: "-1,34"))
    #expect(negative.status == 65 && negative.error.contains("missing outcomes"), "\(negative.error)")
  }

  /// The changes that are printed turn the conclusion; without the last of them they do not.
  @Test func fragilityChangesTurnTheConclusion() throws {
    func input(_ cells: [Int]) -> String {
      "study,ai,bi,ci,di\nA," + cells.map(String.init).joined(separator: ",") + "\n"
    }
    let cells = [5, 95, 20, 80]
    let call = ["-", "--measure", "OR", "--method", "EE"]
    let report = try json(call + ["--fragility"], input: input(cells))
    #expect(report.at("fragility.significant") == .bool(true))
    let changes = try #require(report.at("fragility.changes")?.array)
    #expect(changes.count == report.at("fragility.index")?.int)
    func upper(after count: Int) throws -> Double {
      let changed = changes.prefix(count).reduce(into: cells) { cells, change in
        let step = change["change"]?.string == "event added" ? 1 : -1
        let group = change["group"]?.int == 1 ? 0 : 2
        cells[group] += step
        cells[group + 1] -= step
      }
      let pool = try Program.run(
        ["pool"] + call + ["--format", "json"], in: ReferenceCase.folder, input: input(changed))
      return try JSONReader.read(pool.output).at("pooled.ci_upper")?.double ?? .nan
    }
    #expect(try upper(after: changes.count) > 0)
    #expect(try upper(after: changes.count - 1) < 0)
  }

  /// Maxima of the likelihoods and Stouffer's tests by Tests/Reference/sensitivity.py.
  @Test func selectionBySignificance() throws {
    let report = try json(
      ["-", "--p-uniform", "--p-curve", "--selection", "beta", "--steps", "0.025,0.975", "--method", "ML"],
      input: Self.rounded)
    expectClose(report.at("p_uniform.pooled.estimate")?.double ?? .nan, 0.7166924910513528, relative: 1e-8)
    expectClose(report.at("p_uniform.tau2")?.double ?? .nan, 0.21063854568502952, relative: 1e-7)
    expectClose(report.at("p_uniform.lrt.statistic")?.double ?? .nan, 4.796915048798936, relative: 1e-7)
    expectClose(report.at("p_curve.full.statistic")?.double ?? .nan, -9.638501444014343, relative: 1e-9)
    expectClose(report.at("p_curve.flat_half.statistic")?.double ?? .nan, 9.221079089186471, relative: 1e-8)
    #expect(report.at("p_curve.evidential") == .bool(true))
    expectClose(report.at("selection.pooled.estimate")?.double ?? .nan, 0.5499356062774527, relative: 1e-6)
    expectClose(report.at("selection.delta[1].estimate")?.double ?? .nan, 1.7400937034838075, relative: 1e-6)
    let none = try run(["-", "--p-curve"], input: Self.table([0.1, 0.2], [1, 1]))
    #expect(none.status == 69 && none.error.contains("no study is significant"))
  }

  /// The log-likelihood is that of zcurve 2.4.3 for these ten |z| (Tests/Reference/z-curve.R); signs do not matter.
  @Test func zCurveOfTenResults() throws {
    let z = [2.0, -2.1, 2.2, 2.35, -2.5, 2.7, 3.0, 3.4, 4.1, 5.2]
    let input = Self.table((z + [0.3, 1.5]).map { 0.5 * $0 }, [Double](repeating: 0.25, count: 12))
    let report = try json(["-", "--zcurve", "--seed", "4"], input: input)
    expectClose(report.at("z_curve.loglik")?.double ?? .nan, -9.51669118074423, relative: 1e-9)
    expectClose(report.at("z_curve.err.estimate")?.double ?? .nan, 0.43189260483278, absolute: 5e-6)
    expectClose(report.at("z_curve.edr.estimate")?.double ?? .nan, 0.125390961884836, absolute: 5e-6)
    expectClose(report.at("z_curve.observed_discovery_rate")?.double ?? .nan, 10.0 / 12)
    #expect(report.at("z_curve.significant")?.int == 10 && report.at("z_curve.weights.#")?.int == 7)
    let edr = report.at("z_curve.edr.estimate")?.double ?? .nan
    expectClose(report.at("z_curve.soric_fdr.estimate")?.double ?? .nan, (1 / edr - 1) / 19, relative: 1e-12)
    #expect(try json(["-", "--zcurve", "--seed", "4"], input: input).at("z_curve") == report.at("z_curve"))
    let other = try json(["-", "--zcurve", "--seed", "5"], input: input)
    #expect(other.at("z_curve.err") != report.at("z_curve.err"))
    let text = try run(["-", "--zcurve", "--seed", "4"], input: input).output
    #expect(text.contains("z-curve of 10 significant results (0 with |z| above 6)") && text.contains("43.2%"))
  }

  /// Turning all effects turns what is corrected, and nothing else.
  @Test func turnedEffectsTurnTheCorrection() throws {
    let call = ["bcg", "--copas", "--limit", "--p-uniform", "--pet-peese"]
    let plain = try json(call)
    let turned = try json(call + ["--flip"])
    for key in ["copas.estimate", "limit.estimate", "p_uniform.pooled.estimate", "pet.estimate", "peese.estimate"] {
      let value = plain.at(key)?.double ?? .nan
      expectClose(turned.at(key)?.double ?? .nan, -value, relative: 1e-6, key)
    }
    #expect(plain.at("copas.side")?.string != turned.at("copas.side")?.string)
  }

  /// Every method has its place on the page, and what cannot be done says why.
  @Test func thePageHoldsEveryMethod() throws {
    let page = try run(["bcg", "--all", "--alternative", "less"])
    #expect(page.status == 0)
    for heading in [
      "Tests for small-study effects", "Doi plot", "Trim and fill", "Adjusted effects", "Selection model", "Copas",
      "p-uniform*", "p-curve of", "Worst case", "E-value", "Fragility index", "Outcome-reporting bias", "Fail-safe N",
    ] {
      #expect(page.output.contains("\n\(heading)"), "\(heading)")
    }
    let few = try run(["data/k2.csv", "--all"])
    #expect(few.status == 0 && few.output.contains("the LFK index was left out"))
  }
}
