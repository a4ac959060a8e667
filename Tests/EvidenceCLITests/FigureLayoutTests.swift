import Foundation
import TestSupport
import Testing

/// Every figure that the command line draws, read back from its SVG: texts apart, nothing cut.
@Suite struct FigureLayoutTests {
  /// One data set of each kind: counts, means, estimates, one proportion, correlations, person-time, sparse counts.
  static let data: [String] = [
    "bcg", "normand1999", "raudenbush1985", "pritz1997", "molloy2014", "nielweise2008", "yusuf1985", "hine1989",
  ]
  static let styles: [String] = ["plain", "revman", "jama", "bmj"]
  static let forests: [[String]] = data.flatMap { name in
    styles.map { ["forest", name, "--style", $0, "--labels", "Favours treatment,Favours control"] }
  }
  static let variants: [[String]] = styles.flatMap { style in
    [
      ["--subgroup", "alloc", "--both", "--subgroup-prediction"],
      ["--subgroup", "alloc", "--group-order", "systematic", "--only-pooled"],
      ["--outcome", "alloc", "--sort=-year"], ["--measure", "RR,RD", "--columns", "year=Year,alloc=Allocation"],
      ["--columns", "label,year,arms,plot,effect,weight", "--axis", "0.4,1.2", "--ticks", "0.5,1", "--both"],
      ["--sequence", "cumulative", "--sort", "year"], ["--prediction-shape", "density", "--font-size", "12"],
      ["--rob-table", "../figures/rob.csv", "--title", "BCG vaccine"],
    ].map { ["forest", "bcg", "--style", style] + $0 }
  }

  private func expectClean(_ arguments: [String], names: Bool) throws {
    for look in [["--theme", "light"], ["--theme", "dark", "--width", "90mm"]] {
      let result = try Program.run(arguments + look + ["--format", "svg", "--quiet"], in: ReferenceCase.folder)
      #expect(result.status == 0, "\(arguments): \(result.error)")
      let picture = try #require(SVGPicture(result.output), "\(arguments): the SVG is not well-formed")
      let faults = picture.faults(textsMayStandOnShapes: names)
      #expect(faults.isEmpty, "\(arguments) \(look): \(faults.prefix(4).joined(separator: "; "))")
      #expect(!picture.title.isEmpty && !picture.summary.isEmpty && result.output.contains("role=\"img\""))
    }
  }

  @Test(arguments: forests) func forestOfEachKind(call: [String]) throws { try expectClean(call, names: false) }

  @Test(arguments: variants) func variantForest(call: [String]) throws { try expectClean(call, names: false) }

  @Test(arguments: PlotCommandTests.calls) func figure(call: [String]) throws {
    try expectClean(["plot"] + call, names: true)
  }

  /// Names that break layouts: 80 characters, accents, Greek, right to left, East Asian; intervals from 1e-6 to 1e6;
  /// tables without events.
  static let stress: [[String]] = styles.flatMap { style in
    [
      ["../figures/names.csv", "--measure", "OR"], ["../figures/wide.csv"],
      ["../figures/zeros.csv", "--measure", "OR", "--add", "0", "--method", "MH"],
      ["../figures/zeros.csv", "--measure", "OR", "--drop00"],
      ["../figures/names.csv", "--measure", "OR", "--subgroup", "row"],
      ["../figures/names.csv", "--measure", "OR", "--where", "row == 1"],
    ].map { ["forest"] + $0 + ["--style", style] }
  }

  @Test(arguments: stress) func stressedForest(call: [String]) throws { try expectClean(call, names: false) }
}
