import TableIO
import Testing

/// What `evidence pool` prints and refuses beyond the numbers of the reference cases.
@Suite struct PoolOptionTests {
  private func run(_ arguments: String...) throws -> Program.Result {
    try Program.run(["pool"] + arguments, in: ReferenceCase.folder)
  }

  private func json(_ arguments: String...) throws -> JSONValue {
    let result = try Program.run(["pool"] + arguments + ["--format", "json"], in: ReferenceCase.folder)
    #expect(result.status == 0, "\(arguments): \(result.error)")
    return try JSONReader.read(result.output)
  }

  /// metafor 5.1-12 and 3.8-1 with `drop00=FALSE`, and with `drop00=TRUE`, which is their default.
  @Test func doubleZerosCountInQUnlessLeftOut() throws {
    let mh = ["data/linde2005.csv", "--measure", "OR", "--method", "MH"]
    let kept = try json(mh[0], mh[1], mh[2], mh[3], mh[4])
    #expect(abs((kept.at("heterogeneity.q")?.double ?? 0) - 92.28466822841067) < 1e-9)
    #expect(kept.at("heterogeneity.q_df")?.int == 23)
    #expect(kept["warnings"]?.array?.contains { $0.string?.contains("--drop00 leaves them out") == true } == true)
    for options in [["--drop00"], ["--as", "metafor"]] {
      let result = try Program.run(["pool"] + mh + options + ["--format", "json"], in: ReferenceCase.folder)
      let dropped = try JSONReader.read(result.output)
      #expect(abs((dropped.at("heterogeneity.q")?.double ?? 0) - 92.1482311) < 1e-6)
      #expect(dropped.at("heterogeneity.q_df")?.int == 22)
      #expect(dropped.at("pooled.estimate") == kept.at("pooled.estimate"))
    }
    let peto = try json("data/yusuf6.csv", "--measure", "PETO", "--method", "PETO", "--drop00")
    #expect(peto.at("heterogeneity.q_df")?.int == 17)
    // Inverse-variance methods keep such tables unless told otherwise.
    #expect(try json("data/linde2005.csv", "--measure", "OR", "--method", "DL").at("k")?.int == 24)
    #expect(try json("data/linde2005.csv", "--measure", "OR", "--method", "DL", "--drop00").at("k")?.int == 23)
  }

  @Test(arguments: [
    ["--method", "MH", "--i2", "tau2"], ["--method", "GLMM", "--measure", "OR", "--i2", "q"],
    ["--method", "LRP", "--measure", "OR", "--i2", "q"], ["--method", "PETO", "--prediction", "t"], ["--seed", "3"],
    ["--permute", "exact", "--seed", "3"], ["--replicates", "500"], ["--method", "EE", "--tau2-ci", "wald"],
    ["--btt", "alloc"], ["--vif"], ["--compare-to", "~ 1"], ["--at", "ablat=3"], ["--adjust", "holm"],
    ["--scale-link", "identity"], ["--scale", "~ ablat", "--method", "DL"],
    ["--scale", "~ ablat", "--tau2-ci", "wald"],
    ["--scale", "~ ablat", "--residuals"], ["--method", "MH", "--residuals"], ["--method", "LRP", "--measure", "RR"],
    ["--mods", "~ ablat", "--prediction", "t"], ["--mods", "~ ablat", "--prediction", "bootstrap", "--at", "ablat=3"],
    ["--mods", "~ ablat", "--at", "ablat=warm"], ["--mods", "~ ablat", "--at", "lat=3"],
    ["--mods", "~ ablat", "--at", "33"],
    ["--mods", "~ ablat", "--btt", "alloc"], ["--mods", "~ ablat", "--contrast", "alloc = 0"],
    ["--mods", "~ ablat", "--compare-to", "~ alloc"], ["--mods", "~ ablat", "--adjust", "many"],
    ["--mods", "~ ablat", "--contrast", "ablat", "--permute", "exact"],
    ["--mods", "~ ablat", "--vif", "--format", "csv"],
    ["--subgroup", "alloc", "--residuals"],
  ])
  func whatCannotBeObeyedIsRefused(_ options: [String]) throws {
    let result = try Program.run(["pool", "bcg"] + options, in: ReferenceCase.folder)
    #expect(result.status == 64, "\(options): \(result.error)")
    #expect(result.output.isEmpty)
  }

  @Test func questionsArePrintedForPeople() throws {
    let page = try run(
      "bcg", "--mods", "~ ablat + alloc", "--contrast", "alloc[random] - alloc[systematic]", "--contrast", "ablat",
      "--adjust",
      "holm", "--btt", "alloc", "--vif", "--compare-to", "~ ablat", "--at", "ablat=33,alloc=random", "--residuals")
    #expect(page.status == 0)
    for text in [
      "alloc[random] - alloc[systematic] = 0    -0.326", "P adjusted", "All together: χ²(2) = 10.732",
      "Test of alloc[random], alloc[systematic] together: χ²(2) = 1.285", "Variance inflation",
      "Likelihood-ratio test: χ²(2) = 1.344, P = 0.511",
      "ablat=33,alloc=random     0.417  [0.287, 0.607]  [0.156, 1.113]",
      "Residuals",
    ] {
      #expect(page.output.contains(text), "\(text)")
    }
  }

  @Test func aFileOfSettingsIsPredictedForRowByRow() throws {
    let report = try json("bcg", "--mods", "~ ablat + alloc", "--predict", "data/bcg.csv")
    #expect(report.at("predictions.#")?.int == 13)
    let one = try json("bcg", "--mods", "~ ablat + alloc", "--at", "ablat=44,alloc=random")
    #expect(report.at("predictions[0].estimate") == one.at("predictions[0].estimate"))
    #expect(try run("bcg", "--mods", "~ ablat", "--predict", "data/yusuf6.csv").status == 65)
    #expect(try run("bcg", "--mods", "~ ablat", "--predict", "nowhere.csv").status == 66)
  }

  @Test func theMeanItselfMayBeHeldAgainstAValue() throws {
    let report = try json("bcg", "--contrast", "intercept = -0.5")
    #expect(abs((report.at("contrasts.tests[0].statistic")?.double ?? 0) + 0.2145323648 / 0.1797815) < 1e-3)
    #expect(report.at("contrasts.joint.df1")?.int == 1)
  }

  /// metafor 3.8-1 ends at the same boundary: logLik −7.988765308, alpha 0.339058832, −0.006164706.
  @Test func anIdentityLinkMayEndWhereASettingHasNoHeterogeneity() throws {
    let report = try json("bcg", "--mods", "~ ablat", "--scale", "~ ablat", "--scale-link", "identity")
    #expect((report.at("fit.loglik")?.double ?? -9) >= -7.988765309)
    #expect(abs((report.at("scale_model.coefficients[1].estimate")?.double ?? 0) + 0.0061661) < 1e-5)
    #expect(report.at("scale_model.coefficients[1].se")?.double == nil)
    #expect(report["warnings"]?.array?.contains { $0.string?.contains("tau² is 0 in some setting") == true } == true)
  }

  @Test func seedsMakeBootstrapsRepeatable() throws {
    let options = [
      "--tau2-ci", "bootstrap-parametric", "--prediction", "bootstrap", "--replicates", "200", "--format", "json",
    ]
    func output(_ seed: String) throws -> String {
      let result = try Program.run(["pool", "bcg"] + options + ["--seed", seed], in: ReferenceCase.folder)
      #expect(result.status == 0, "\(result.error)")
      return result.output
    }
    #expect(try output("5") == output("5"))
    let (a, b) = (try JSONReader.read(output("5")), try JSONReader.read(output("6")))
    #expect(a.at("pooled.pi_lower") != b.at("pooled.pi_lower"))
    #expect(a.at("heterogeneity.tau2_ci_upper") != b.at("heterogeneity.tau2_ci_upper"))
    #expect(a.at("provenance.seed")?.int == 5)
  }

  @Test func pValuesDoNotUnderflow() throws {
    let table = "study,yi,vi\na,2.94,0.0001\nb,2.94,0.0001\n"
    let result = try Program.run(
      ["pool", "-", "--method", "EE", "--format", "json"], in: ReferenceCase.folder, input: table)
    let report = try JSONReader.read(result.output)
    // 2 log Φ(−z) at z = 2.94 √2 / 0.01, by the asymptotic series −z²/2 − log(z √(2π)/2) − 1/z².
    let z = 2.94 * 2.0.squareRoot() / 0.01
    #expect(report.at("pooled.p")?.double == 0)
    let logP = try #require(report.at("pooled.log_p")?.double)
    #expect(abs(logP - (-0.5 * z * z - 6.2555)) < 0.01)
    let page = try Program.run(["pool", "-", "--method", "EE"], in: ReferenceCase.folder, input: table)
    #expect(page.output.contains("P < 0.001, log10 P = -37"))
  }

  @Test func subgroupsCarryEverything() throws {
    let separate = try json("bcg", "--subgroup", "alloc", "--tau2-ci", "q-profile")
    for key in [
      "pooled.pi_lower", "heterogeneity.tau2_ci_lower", "convergence.converged", "fit.loglik", "studies[0].weight",
    ] {
      #expect(separate.at("subgroups[name=random].\(key)") != nil, "\(key)")
    }
    let common = try json("bcg", "--subgroup", "alloc", "--common-tau2", "--tau2-ci", "q-profile")
    let interval = common.at("subgroups[name=random].heterogeneity.tau2_ci_upper")
    #expect(interval?.double != nil)
    #expect(interval == common.at("subgroups[name=systematic].heterogeneity.tau2_ci_upper"))
    let regression = try json("bcg", "--mods", "~ alloc", "--tau2-ci", "q-profile")
    let expected = try #require(regression.at("heterogeneity.tau2_ci_upper")?.double)
    #expect(abs((interval?.double ?? 0) - expected) < 1e-9)
  }

  @Test(arguments: [
    ["--method", "LRP"], ["--method", "BB"], ["--method", "MH"], ["--method", "GLMM", "--glmm", "CM.EL"],
  ])
  func everyMethodOfCountsAnswers(_ options: [String]) throws {
    let result = try Program.run(
      ["pool", "bcg", "--measure", "OR", "--format", "json"] + options, in: ReferenceCase.folder)
    let report = try JSONReader.read(result.output)
    #expect(report.at("convergence.converged")?.bool == true)
    #expect(report.at("pooled.estimate")?.double ?? 1 < 0)
    #expect((report.at("display.estimate")?.double ?? 0) > 0.4)
  }
}
