import Foundation
import Plots
import Synthesis

/// Inputs that break layouts.
enum StressForests {
  static let all: [(name: String, input: ForestInput)] = [
    ("one study", many(1)), ("two studies", many(2)), ("200 studies", many(200)), ("long labels", longLabels()),
    ("wild intervals", wild()), ("nothing estimable", notEstimable()), ("12 subgroups", subgroups(12)),
    ("many scripts", scripts()), ("no studies", SampleForests.ratioInput([])), ("far pooled", farPooled()),
    ("long words", longWords()),
  ]

  /// Trials whose counts are made by a rule.
  static func many(_ count: Int) -> ForestInput {
    var studies = (0..<count).map { (index: Int) -> ForestStudy in
      let events = (1 + index * 7 % 23, 2 + index * 5 % 31)
      let sizes = (40 + index * 13 % 900, 45 + index * 11 % 700)
      return SampleForests.riskRatio(
        "Trial \(index + 1)", Double(events.0), Double(sizes.0), Double(events.1), Double(sizes.1))
    }
    SampleForests.weigh(&studies, tau2: 0.1)
    var input = SampleForests.ratioInput(studies)
    input.favoursLeft = "Favours treatment"
    input.favoursRight = "Favours control"
    input.overall = [ForestPooled(SampleFits.bcgRandom)]
    return input
  }

  static func longLabels() -> ForestInput {
    var input = many(4)
    input.studies[0].label = String(repeating: "A very long name of a trial ", count: 3) + "1999 ()"
    input.studies[1].label = String(repeating: "Unbroken", count: 10)
    input.armExperimental = "Cognitive behavioural therapy with exposure, delivered over the internet by a therapist"
    input.armControl = "Waiting list"
    input.favoursLeft = "Favours cognitive behavioural therapy delivered over the internet"
    input.favoursRight = "Favours the waiting list, with or without usual care"
    input.title = """
      Depressive symptoms at the end of treatment, measured by any validated instrument, as reported by \
      participants in trials of at least eight weeks
      """
    return input
  }

  static func wild() -> ForestInput {
    var input = many(6)
    input.studies[0].effect = ForestEffect(
      estimate: 0.1, standardError: 7, lower: log(1e-6), upper: log(1e6))
    input.studies[1].effect = ForestEffect(estimate: log(1e-6), standardError: 1, lower: -16, upper: -12)
    input.studies[2].effect = ForestEffect(estimate: log(1e6), standardError: 1, lower: 12, upper: 16)
    input.studies[3].effect = ForestEffect(estimate: 0.2, standardError: 1e-9, lower: 0.2, upper: 0.2)
    input.studies[4].effect = ForestEffect(estimate: 0, standardError: .infinity, lower: -.infinity, upper: .infinity)
    return input
  }

  static func notEstimable() -> ForestInput {
    var input = many(5)
    for index in input.studies.indices {
      input.studies[index].effect = nil
      input.studies[index].weightRandom = nil
      input.studies[index].notEstimableReason = "no events in either arm"
    }
    input.overall = []
    return input
  }

  static func subgroups(_ count: Int) -> ForestInput {
    var input = many(3 * count)
    for index in input.studies.indices { input.studies[index].group = "Subgroup number \(index % count + 1)" }
    input.groups = (0..<count).map {
      ForestGroup(name: "Subgroup number \($0 + 1)", pooled: [ForestPooled(SampleFits.bcgRandomised)])
    }
    input.groups[3].pooled = []
    input.groups[3].notEstimableReason = "no study"
    input.subgroupTest = OmnibusTest(
      statistic: 12.345, degreesOfFreedom: count - 1, denominatorDegreesOfFreedom: nil, pValue: 0.34)
    return input
  }

  static func scripts() -> ForestInput {
    var input = many(6)
    let names = [
      "Παπαδόπουλος κ.ά. 2004", "Łukaszewski–Đorđević & Škvorecký 2011", "王小明等 2015", "محمد الأحمد 2018",
      "כהן ולוי 2020", "Nguye\u{302}\u{303}n <\"&\"> Müller 👩‍🔬 2021",
    ]
    for (index, name) in names.enumerated() { input.studies[index].label = name }
    return input
  }

  /// Pooled estimate and prediction interval beyond a given axis.
  static func farPooled() -> ForestInput {
    var input = many(3)
    input.overall = [
      ForestPooled(
        SampleFits.fit(
          "REML", 5, se: 1, ci: (3, 7), p: 1e-6, k: 3, tau2: 1, i2: 50, q: 4, qp: 0.13, pi: (-40, 40))),
      ForestPooled(
        SampleFits.fit(
          "EE", effects: "equal", -60, se: 20, ci: (-99, -21), p: 1e-6, k: 3, tau2: nil, i2: 50, q: 4, qp: 0.13)),
    ]
    return input
  }

  static func longWords() -> ForestInput {
    var input = many(2)
    input.armExperimental = String(repeating: "Donaudampfschifffahrt", count: 4)
    input.favoursLeft = String(repeating: "gesellschaftskapitän", count: 4)
    input.favoursRight = "x"
    input.measureName = String(repeating: "hazard", count: 20)
    return input
  }
}
