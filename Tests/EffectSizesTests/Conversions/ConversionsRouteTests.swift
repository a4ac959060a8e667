import EffectSizes
import TestSupport
import Testing

@Suite struct ConversionsRouteTests {
  /// Borenstein, Hedges, Higgins and Rothstein (2009), chapter 7: r = 0.50, V = 0.0058 gives d = 1.1547, V = 0.0550.
  @Test func correlationToDifference() throws {
    let size = 1 + 0.75 * 0.75 / 0.0058
    let d = try converted("SMD", ["ri": 0.5, "ni": size])
    expectClose(d.yi, 1.1547, absolute: 0.00005)
    expectClose(d.vi, 0.0550, absolute: 0.00005)
    let logOdds = try converted("OR", ["ri": 0.5, "ni": size])
    expectClose(logOdds.yi, d.yi * Double.pi / 3.0.squareRoot())
    expectClose(logOdds.vi, d.vi * Double.pi * Double.pi / 3)
  }

  /// The same chapter: a log odds ratio of 0.9069 with variance 0.0676 gives d = 0.5000, V = 0.0205, and r from d with
  /// a = 4.
  @Test func oddsRatioToDifference() throws {
    let half = 1.959963984540054 * 0.0676.squareRoot()
    let printed = [
      "or": exponential(0.9069), "ci_lower": exponential(0.9069 - half), "ci_upper": exponential(0.9069 + half),
    ]
    let d = try converted("SMD", printed)
    expectClose(d.yi, 0.5000, absolute: 0.00005)
    expectClose(d.vi, 0.0205, absolute: 0.0001)
    let r = try converted("COR", printed)
    expectClose(r.yi, d.yi / (d.yi * d.yi + 4).squareRoot())
    let sum = d.yi * d.yi + 4
    expectClose(r.vi, 16 * d.vi / (sum * sum * sum))
  }

  /// Raw data win over statistics, statistics over printed ratios; each step down the order when the better is missing.
  @Test func bestRouteFirst() throws {
    var row: [String: Double] = [
      "ai": 12, "ci": 7, "m1i": 5, "sd1i": 2, "n1i": 40, "m2i": 4, "sd2i": 2.2, "n2i": 41, "di": 0.3, "ti": 1.1,
      "fi": 2, "pi": 0.2, "ri": 0.1, "ni": 81, "or": 2, "ci_lower": 1, "ci_upper": 4,
    ]
    for (drop, wanted) in [
      ("ai", "events"), ("m1i", "means"), ("di", "given d"), ("ti", "t "), ("fi", "F "), ("pi", "p "),
      ("ri", "r and group sizes"), ("or", "odds ratio"),
    ] {
      #expect(try converted("SMD", row).route.hasPrefix(wanted), "\(wanted)")
      row[drop] = nil
    }
  }

  /// Every way of printing the same comparison of means gives the same estimate.
  @Test func waysOfPrintingAgree() throws {
    let sizes: [String: Double] = ["n1i": 31, "n2i": 27]
    let direct = try converted("OR", sizes.merging(["m1i": 12.5, "sd1i": 3, "m2i": 11, "sd2i": 3.5]) { $1 })
    let pooled = ((30 * 9 + 26 * 12.25) / 56.0).squareRoot()
    let d = 1.5 / pooled
    let t = d / (1 / 31.0 + 1 / 27.0).squareRoot()
    let r = t / (t * t + 56).squareRoot()
    let errors = ["m1i": 12.5, "se1i": 3 / 31.0.squareRoot(), "m2i": 11, "se2i": 3.5 / 27.0.squareRoot()]
    for other in [["di": d], ["ti": t], ["fi": t * t], ["ri": r], errors] {
      let estimate = try converted("OR", sizes.merging(other) { $1 })
      expectClose(estimate.yi, direct.yi, relative: 1e-12)
      expectClose(estimate.vi, direct.vi, relative: 1e-12)
    }
  }

  /// Peto's one step: log HR = (O − E)/V with variance 1/V; an interval gives the log and the width.
  @Test func hazardRatios() throws {
    let peto = try converted("HR", ["o_e": -6.2, "v": 21.5])
    expectClose(peto.yi, -6.2 / 21.5)
    expectClose(peto.vi, 1 / 21.5)
    let given = try converted("HR", ["yi": -0.3, "sei": 0.1])
    expectClose(given.vi, 0.01)
  }

  @Test func impossibleValuesAreNamed() throws {
    for (name, value) in [("or", -1.4), ("pi", 1.2), ("ri", 1.1), ("fi", -1), ("sd1i", -2), ("se1i", -1), ("n1i", 0)] {
      let columns = try reported([name: value])
      #expect(throws: ConversionProblem.self) { try ReportedCheck.require(ReportedWord.all, of: columns, 0) }
    }
    let limits = try reported(["estimate": 1, "ci_lower": 2, "ci_upper": 1])
    #expect(throws: ConversionProblem.self) { try ReportedCheck.require(ReportedWord.all, of: limits, 0) }
  }

  private func exponential(_ x: Double) -> Double { Transform.exp.apply(x) }

  /// What stands for a group's mean and deviation is as good as they are, for each group by itself.
  @Test func groupsByTheirOwnSources() throws {
    let plain: [String: Double] = ["m1i": 12.5, "sd1i": 3, "n1i": 31, "m2i": 11, "sd2i": 3.5, "n2i": 27]
    let direct = try converted("SMD", plain)
    var row = plain
    row["sd2i"] = nil
    row["m2i"] = nil
    // t(26) at 0.975 is 2.055529438642871.
    let half = 2.055529438642871 * 3.5 / 27.0.squareRoot()
    (row["ci2_lower"], row["ci2_upper"]) = (11 - half, 11 + half)
    let interval = try converted("SMD", row)
    #expect(interval.route == "group 1: standard deviations; group 2: intervals of the means")
    expectClose(interval.yi, direct.yi, relative: 1e-12)
    expectClose(interval.vi, direct.vi, relative: 1e-12)
    (row["ci2_lower"], row["ci2_upper"]) = (nil, nil)
    // Symmetric quartiles whose width is η of Wan (2014) times 3.5, n = 27.
    let method = try #require(MeanDeviationMethod.named("default"))
    let unit = try method(try reported(["q1i": -1, "mediani": 0, "q3i": 1, "ni": 27]), 0).deviation
    (row["q12i"], row["median2i"], row["q32i"]) = (11 - 3.5 / unit, 11, 11 + 3.5 / unit)
    let median = try converted("SMD", row)
    #expect(median.route == "group 1: standard deviations; group 2: medians with quartiles or range")
    expectClose(median.yi, direct.yi, relative: 1e-12)
  }

  /// A printed mean difference with its t interval or p is the t-test it came from (Cochrane Handbook, 6.5.2.3).
  @Test func printedDifferences() throws {
    let sizes: [String: Double] = ["n1i": 31, "n2i": 27]
    let plain = sizes.merging(["m1i": 12.5, "sd1i": 3, "m2i": 11, "sd2i": 3.5]) { $1 }
    let direct = try converted("SMD", plain)
    let pooled = ((30 * 9 + 26 * 12.25) / 56.0).squareRoot()
    let error = pooled * (1 / 31.0 + 1 / 27.0).squareRoot()
    // t(56) at 0.975 is 2.003240718847872.
    let half = 2.003240718847872 * error
    for precision in [["sei": error], ["ci_lower": 1.5 - half, "ci_upper": 1.5 + half]] {
      let printed = sizes.merging(["md": 1.5]) { $1 }.merging(precision) { $1 }
      let d = try converted("SMD", printed)
      expectClose(d.yi, direct.yi, relative: 1e-10)
      expectClose(d.vi, direct.vi, relative: 1e-10)
      let md = try converted("MD", printed)
      expectClose(md.vi, error * error, relative: 1e-10)
    }
    // Without sizes the interval is a normal one.
    let normal = try converted("MD", ["md": 1.5, "ci_lower": 0.5, "ci_upper": 2.5])
    expectClose(normal.vi.squareRoot(), 1 / 1.959963984540054, relative: 1e-12)
    let g = try converted("OR", ["smd": 0.5, "ci_lower": 0.1, "ci_upper": 0.9])
    expectClose(g.yi, 0.5 * Double.pi / 3.0.squareRoot(), relative: 1e-12)
    let risk = try converted("RD", ["rd": -0.1, "sei": 0.04])
    #expect(risk.yi == -0.1 && risk.vi == 0.04 * 0.04)
  }
}
