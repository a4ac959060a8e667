import EffectSizes
import Foundation
import Plots
import Synthesis

/// Inputs of forest plots: real data where there are any, and a stress set.
enum SampleForests {
  /// A study with a log risk ratio from counts; 0.5 is added to all cells of a table with a zero.
  static func riskRatio(_ label: String, _ a: Double, _ n1: Double, _ c: Double, _ n2: Double) -> ForestStudy {
    let half = a == 0 || c == 0 ? 0.5 : 0
    let (x, y, m, n) = (a + half, c + half, n1 + 2 * half, n2 + 2 * half)
    let yi = log(x / m) - log(y / n)
    let se = (1 / x - 1 / m + 1 / y - 1 / n).squareRoot()
    var study = ForestStudy(label: label, effect: effect(yi, se))
    (study.raw.eventsE, study.raw.nE, study.raw.eventsC, study.raw.nC) = (a, n1, c, n2)
    return study
  }

  static func effect(_ yi: Double, _ se: Double) -> ForestEffect {
    ForestEffect(
      estimate: yi, standardError: se, lower: yi - 1.959963984540054 * se, upper: yi + 1.959963984540054 * se)
  }

  static func ratioInput(_ studies: [ForestStudy]) -> ForestInput {
    ForestInput(
      studies: studies, measureCode: "RR", measureName: "risk ratio", scale: .log, null: 1, display: { exp($0) })
  }

  /// Weights in per cent from the standard errors and a τ².
  static func weigh(_ studies: inout [ForestStudy], tau2: Double) {
    let weights = studies.map { $0.effect.map { 1 / ($0.standardError * $0.standardError + tau2) } }
    let total = weights.compactMap { $0 }.reduce(0, +)
    for index in studies.indices { studies[index].weightRandom = weights[index].map { 100 * $0 / total } }
  }

  /// Colditz et al. 1994: BCG vaccine against tuberculosis, 13 trials; allocation as subgroup.
  static func bcg(subgroups: Bool = false, both: Bool = false) -> ForestInput {
    let rows: [(String, Double, Double, Double, Double, Double, String)] = [
      ("Aronson 1948", 1948, 4, 119, 11, 128, "random"), ("Ferguson & Simes 1949", 1949, 6, 300, 29, 274, "random"),
      ("Rosenthal et al 1960", 1960, 3, 228, 11, 209, "random"),
      ("Hart & Sutherland 1977", 1977, 62, 13536, 248, 12619, "random"),
      ("Frimodt-Moller et al 1973", 1973, 33, 5036, 47, 5761, "alternate"),
      ("Stein & Aronson 1953", 1953, 180, 1361, 372, 1079, "alternate"),
      ("Vandiviere et al 1973", 1973, 8, 2537, 10, 619, "random"),
      ("TPT Madras 1980", 1980, 505, 87886, 499, 87892, "random"),
      ("Coetzee & Berjak 1968", 1968, 29, 7470, 45, 7232, "random"),
      ("Rosenthal et al 1961", 1961, 17, 1699, 65, 1600, "systematic"),
      ("Comstock et al 1974", 1974, 186, 50448, 141, 27197, "systematic"),
      ("Comstock & Webster 1969", 1969, 5, 2493, 3, 2338, "systematic"),
      ("Comstock et al 1976", 1976, 27, 16886, 29, 17825, "systematic"),
    ]
    var studies = rows.map { row in
      var study = riskRatio(row.0, row.2, row.2 + row.3, row.4, row.4 + row.5)
      study.year = row.1
      if subgroups { study.group = row.6.prefix(1).uppercased() + row.6.dropFirst() + " allocation" }
      return study
    }
    if both {
      weigh(&studies, tau2: 0)
      for index in studies.indices { studies[index].weightCommon = studies[index].weightRandom }
    }
    weigh(&studies, tau2: 0.31324332598089488)
    var input = ratioInput(studies)
    input.armExperimental = "BCG"
    input.armControl = "No BCG"
    input.favoursLeft = "Favours BCG"
    input.favoursRight = "Favours no BCG"
    input.overall = (both ? [ForestPooled(SampleFits.bcgCommon)] : []) + [ForestPooled(SampleFits.bcgRandom)]
    if subgroups {
      input.groups = [
        ForestGroup(name: "Random allocation", pooled: [ForestPooled(SampleFits.bcgRandomised)]),
        ForestGroup(name: "Alternate allocation", pooled: [ForestPooled(SampleFits.bcgAlternate)]),
        ForestGroup(name: "Systematic allocation", pooled: [ForestPooled(SampleFits.bcgSystematic)]),
      ]
      input.subgroupTest = OmnibusTest(
        statistic: 1.79, degreesOfFreedom: 2, denominatorDegreesOfFreedom: nil, pValue: 0.41)
    }
    return input
  }

  /// Suicide attempts, mentalization-based treatment against control.
  static func mbt() -> ForestInput {
    var studies = [
      riskRatio("Bateman & Fonagy 1999", 1, 19, 12, 19), riskRatio("Bateman & Fonagy 2009", 2, 71, 16, 63),
      riskRatio("Laurenssen 2018", 0, 24, 3, 22),
    ]
    weigh(&studies, tau2: 0)
    var input = ratioInput(studies)
    input.title = "Suicide attempts"
    input.armExperimental = "Mentalization-based treatment"
    input.armControl = "Control"
    input.favoursLeft = "Favours mentalization-based treatment"
    input.favoursRight = "Favours control"
    input.overall = [ForestPooled(SampleFits.mbtRandom)]
    return input
  }

  /// Mean differences with a study that is not estimable, and columns of risk of bias.
  static func continuous() -> ForestInput {
    let rows: [(String, Double, Double, Double, Double, Double, Double)] = [
      ("Ødegård 2004", 12.5, 4.25, 40, 15.75, 4.5, 42), ("Müller-Łukasz 2011", 9.75, 3.5, 120, 11, 3.25, 118),
      ("García Ñíguez 2016", 14, 6, 25, 13.5, 5.5, 24), ("Παπαδόπουλος 2020", 10.25, 4, 60, 12.5, 4.25, 61),
    ]
    var studies = rows.map { row in
      let se = (row.2 * row.2 / row.3 + row.5 * row.5 / row.6).squareRoot()
      var study = ForestStudy(label: row.0, effect: effect(row.1 - row.4, se))
      (study.raw.meanE, study.raw.sdE, study.raw.nE) = (row.1, row.2, row.3)
      (study.raw.meanC, study.raw.sdC, study.raw.nC) = (row.4, row.5, row.6)
      study.extra = ["low", row.3 > 50 ? "some" : "high"]
      return study
    }
    var missing = ForestStudy(label: "Nguyễn 2021", effect: nil)
    (missing.raw.nE, missing.raw.nC) = (30, 31)
    missing.notEstimableReason = "no standard deviations"
    missing.extra = ["unclear", "low"]
    studies.append(missing)
    weigh(&studies, tau2: 0.9)
    var input = ForestInput(
      studies: studies, measureCode: "MD", measureName: "mean difference", scale: .identity, null: 0,
      display: { $0 })
    input.extraColumns = [
      ForestExtraColumn(name: "rob_1", heading: "A", kind: .riskOfBias),
      ForestExtraColumn(name: "rob_2", heading: "B", kind: .riskOfBias),
    ]
    input.favoursLeft = "Lower with treatment"
    input.favoursRight = "Lower with control"
    input.overall = [
      ForestPooled(
        SampleFits.fit(
          "REML", -1.75, se: 0.55, ci: (-2.83, -0.67), p: 0.0015, k: 4, tau2: 0.9, i2: 61.2, q: 7.9, qp: 0.048,
          pi: (-4.1, 0.6)))
    ]
    return input
  }

  /// Proportions of one arm: no line of no effect, display by the inverse logit.
  static func proportions() -> ForestInput {
    let rows: [(String, Double, Double)] = [("A 2001", 3, 40), ("B 2005", 12, 60), ("C 2012", 45, 150)]
    var studies = rows.map { row in
      let p = row.1 / row.2
      var study = ForestStudy(
        label: row.0, effect: effect(log(p / (1 - p)), (1 / row.1 + 1 / (row.2 - row.1)).squareRoot()))
      (study.raw.eventsE, study.raw.nE) = (row.1, row.2)
      return study
    }
    weigh(&studies, tau2: 0.2)
    var input = ForestInput(
      studies: studies, measureCode: "PLO", measureName: "proportion", scale: .logit, null: nil,
      display: { 1 / (1 + exp(-$0)) })
    input.overall = [
      ForestPooled(
        SampleFits.fit(
          "ML", -1.4, se: 0.3, ci: (-1.99, -0.81), p: 1e-5, k: 3, tau2: 0.2, i2: 70, q: 6.7, qp: 0.035))
    ]
    return input
  }

  /// Estimates computed elsewhere, without raw data.
  static func generic() -> ForestInput {
    var input = mbt()
    for index in input.studies.indices { input.studies[index].raw = ForestRawData() }
    input.measureCode = "HR"
    input.measureName = "hazard ratio"
    return input
  }
}
