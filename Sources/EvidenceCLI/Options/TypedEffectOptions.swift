import ArgumentParser
import EffectSizes
import Engine

/// An effect that is typed instead of read.
struct TypedEffectOptions: ParsableArguments {
  @Option(name: .customLong("or"), help: "Odds ratio.")
  var oddsRatio: Double?

  @Option(name: .customLong("rr"), help: "Risk ratio.")
  var riskRatio: Double?

  @Option(name: .customLong("rd"), help: "Risk difference; negative values as --rd=-0.05.")
  var riskDifference: Double?

  @Option(name: .customLong("hr"), help: "Hazard ratio.")
  var hazardRatio: Double?

  @Option(name: .customLong("peto"), help: "Peto odds ratio.")
  var petoOddsRatio: Double?

  @Option(name: .customLong("irr"), help: "Incidence rate ratio.")
  var rateRatio: Double?

  @Option(name: .customLong("smd"), help: "Standardised mean difference; positive means more of the event.")
  var standardizedDifference: Double?

  @Option(name: .customLong("md"), help: "Mean difference, with --sd.")
  var meanDifference: Double?

  @Option(name: .customLong("cor"), help: "Correlation of treatment and outcome.")
  var correlation: Double?

  @Option(name: .customLong("auc"), help: "Area under the curve: chance that a treated person has the higher value.")
  var areaUnderCurve: Double?

  @Option(help: ArgumentHelp("Its confidence interval.", valueName: "lower,upper"))
  var ci: String?

  /// The effects that were typed: code and number.
  var typed: [(code: String, value: Double)] {
    let all: [(String, Double?)] = [
      ("OR", oddsRatio), ("RR", riskRatio), ("RD", riskDifference), ("HR", hazardRatio), ("PETO", petoOddsRatio),
      ("IRR", rateRatio), ("SMD", standardizedDifference), ("MD", meanDifference), ("COR", correlation),
      ("AUC", areaUnderCurve),
    ]
    return all.compactMap { code, value in value.map { (code, $0) } }
  }

  /// The limits that were typed.
  func limits() throws(EvidenceError) -> ConfidenceLimits? {
    guard let ci else { return nil }
    let parts = ci.split(separator: ",", omittingEmptySubsequences: false).map { Double($0.filter { $0 != " " }) }
    guard parts.count == 2, let lower = parts[0], let upper = parts[1] else {
      throw EvidenceError(.usage, "--ci expects two numbers with a comma, got \(ci)", hint: "for example --ci 0.2,0.8")
    }
    return ConfidenceLimits(lower: lower, upper: upper)
  }
}
