import EffectSizes
import NumericCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A 2×2 table by events and sizes.
struct Counts: Sendable, Equatable {
  let events1, n1, events2, n2: Double

  var b: Double { n1 - events1 }
  var d: Double { n2 - events2 }
  var total: Double { n1 + n2 }
  var hasZeroCell: Bool { events1 == 0 || events2 == 0 || b == 0 || d == 0 }
}

/// A formula from counts of two groups.
struct CountsFormula: Sendable {
  /// In words.
  let name: String
  /// How its standard error and interval are found, in words; empty when there is one way only.
  var precision = ""
  /// Words by which a claim asks for it.
  let tags: [String]
  /// `nil` where the formula is undefined.
  let compute: @Sendable (_ table: Counts, _ level: Double) -> Outcome<Double>?
}

/// How a table with a zero cell is changed.
enum ZeroRule: CaseIterable {
  /// 0.5 to every cell, so that totals grow by one.
  case cells
  /// 0.5 to the events and 0.5 to the totals.
  case eventsAndTotals

  var name: String {
    self == .cells
      ? "0.5 added to every cell of a table with a zero" : "0.5 added to events and totals where one is zero"
  }
  var tag: String { self == .cells ? "cells" : "totals" }

  func apply(_ t: Counts) -> Counts {
    guard t.hasZeroCell else { return t }
    let growth = self == .cells ? 1.0 : 0.5
    return Counts(events1: t.events1 + 0.5, n1: t.n1 + growth, events2: t.events2 + 0.5, n2: t.n2 + growth)
  }
}

extension CountsFormula {
  // MARK: - Ratios

  /// Log ratio with its standard error, by a rule for zero cells.
  private static func logRatio(
    _ symbol: String, _ method: String, tags: [String], display: @escaping @Sendable (Double) -> Double,
    _ value: @escaping @Sendable (Counts) -> (Double, Double)
  ) -> [CountsFormula] {
    ZeroRule.allCases.map { rule in
      let note = rule == .cells ? "" : ", " + rule.name
      return CountsFormula(name: symbol + note, precision: method, tags: tags + [rule.tag]) { table, level in
        // Without a zero cell both rules are one.
        if rule != .cells, !table.hasZeroCell { return nil }
        let (y, v) = value(rule.apply(table))
        guard y.isFinite, v.isFinite, v >= 0 else { return nil }
        let se = v.squareRoot()
        let half = TwoSidedTails.normal(level) * se
        return Outcome(display(y), standardError: se, p: Normal.twoSidedP(y / se))
          .with(lower: display(y - half), upper: display(y + half))
      }
    }
  }

  private static func riskRatioParts(_ t: Counts) -> (Double, Double) {
    (
      log(t.events1 / t.n1) - log(t.events2 / t.n2), 1 / t.events1 - 1 / t.n1 + 1 / t.events2 - 1 / t.n2
    )
  }

  private static func oddsRatioParts(_ t: Counts) -> (Double, Double) {
    (log(t.events1 / t.b) - log(t.events2 / t.d), 1 / t.events1 + 1 / t.b + 1 / t.events2 + 1 / t.d)
  }

  static let riskRatio = logRatio(
    "RR", "log-normal interval (Katz)", tags: ["wald", "katz"], display: { exp($0) }, riskRatioParts)
  static let logRiskRatio = logRatio("log RR", "large-sample SE", tags: ["wald"], display: { $0 }, riskRatioParts)
  static let oddsRatio =
    logRatio(
      "OR", "Woolf's interval", tags: ["woolf", "wald"], display: { exp($0) }, oddsRatioParts) + [peto]
  static let logOddsRatio = logRatio("log OR", "Woolf's SE", tags: ["woolf"], display: { $0 }, oddsRatioParts)

  /// Peto's odds ratio exp((O − E)/V).
  private static let peto = CountsFormula(name: "OR by Peto's method", tags: ["peto"]) { t, level in
    let events = t.events1 + t.events2
    let v = t.n1 * t.n2 * events * (t.total - events) / (t.total * t.total * (t.total - 1))
    guard v > 0 else { return nil }
    let y = (t.events1 - events * t.n1 / t.total) / v
    let se = 1 / v.squareRoot()
    let half = TwoSidedTails.normal(level) * se
    return Outcome(exp(y), standardError: se, p: Normal.twoSidedP(y / se)).with(
      lower: exp(y - half), upper: exp(y + half))
  }

  // MARK: - Differences

  private static let differenceMethods: [(RiskDifferenceMethod, [String])] = [
    (.newcombe, ["newcombe", "score"]), (.wald, ["wald"]), (.miettinenNurminen, ["miettinen", "score"]),
  ]

  private static func difference(
    _ symbol: String, _ change: @escaping @Sendable (AbsoluteDifference) -> Outcome<Double>?
  ) -> [CountsFormula] {
    differenceMethods.map { method, tags in
      CountsFormula(name: symbol, precision: "interval by " + method.name, tags: tags) { t, level in
        guard let table = try? TwoArmCounts(events1: t.events1, total1: t.n1, events2: t.events2, total2: t.n2),
          let difference = try? method.interval(table, level: level)
        else { return nil }
        return change(difference)
      }
    }
  }

  static let riskDifference = difference("risk difference") { difference in
    Outcome(difference.value).with(lower: difference.limits.lower, upper: difference.limits.upper)
  }

  /// 1/|risk difference|, with the limits of the difference inverted; no limits when they lie on both sides of zero.
  static let numberNeeded = difference("1/|risk difference|") { difference in
    guard difference.value != 0 else { return nil }
    let estimate = Outcome(1 / abs(difference.value))
    let limits = [abs(difference.limits.lower), abs(difference.limits.upper)].sorted()
    guard difference.limits.lower * difference.limits.upper > 0 else { return estimate }
    return estimate.with(lower: 1 / limits[1], upper: 1 / limits[0])
  }

  // MARK: - Standardised

  /// d = ln OR · √3/π, with or without the small-sample factor; the standard error is that of d in both.
  static let standardized: [CountsFormula] = [false, true].flatMap { isCorrected in
    ZeroRule.allCases.map { rule in
      let note = rule == .cells ? "" : ", " + rule.name
      return CountsFormula(
        name: "d = ln OR · √3/π\(isCorrected ? " times 1 - 3/(4 df - 1)" : "")\(note)",
        tags: [isCorrected ? "hedges" : "cohen", rule.tag]
      ) { table, level in
        if rule != .cells, !table.hasZeroCell { return nil }
        let corrected = rule.apply(table)
        let (y, v) = oddsRatioParts(corrected)
        guard y.isFinite, v.isFinite else { return nil }
        let scale = 3.0.squareRoot() / Double.pi
        let j = isCorrected ? 1 - 3 / (4 * (corrected.total - 2) - 1) : 1
        let se = scale * v.squareRoot()
        return Outcome(j * scale * y, standardError: se, p: Normal.twoSidedP(j * scale * y / se))
          .withInterval(TwoSidedTails.normal(level))
      }
    }
  }

  // MARK: - Tests

  private static func chiSquared(_ name: String, _ tags: [String], _ value: @escaping @Sendable (Counts) -> Double)
    -> CountsFormula
  {
    CountsFormula(name: name, tags: tags) { table, _ in
      let x = value(table)
      guard x.isFinite, let p = (try? ChiSquared(degreesOfFreedom: 1))?.upperTail(x) else { return nil }
      return Outcome(x, p: p)
    }
  }

  /// N (|ad − bc| − correction)²/(product of the margins).
  private static func pearson(_ t: Counts, correction: Double = 0) -> Double {
    let events = t.events1 + t.events2
    let determinant = abs(t.events1 * t.d - t.b * t.events2)
    let reduced = max(0, determinant - correction)
    return t.total * reduced * reduced / (t.n1 * t.n2 * events * (t.total - events))
  }

  private static func likelihoodRatio(_ t: Counts) -> Double {
    let events = t.events1 + t.events2
    func term(_ observed: Double, _ expected: Double) -> Double {
      observed == 0 ? 0 : 2 * observed * log(observed / expected)
    }
    return term(t.events1, t.n1 * events / t.total) + term(t.b, t.n1 * (t.total - events) / t.total)
      + term(t.events2, t.n2 * events / t.total) + term(t.d, t.n2 * (t.total - events) / t.total)
  }

  static let chiSquared: [CountsFormula] = [
    chiSquared("chi-square without correction", ["uncorrected"]) { pearson($0) },
    chiSquared("chi-square with Yates's correction", ["yates"]) { pearson($0, correction: $0.total / 2) },
    chiSquared("likelihood-ratio chi-square", ["likelihood"]) { likelihoodRatio($0) },
    chiSquared("chi-square (N - 1)", ["campbell"]) { pearson($0) * ($0.total - 1) / $0.total },
  ]

  /// Two-sided p-values of two groups' counts.
  static let pValue: [CountsFormula] =
    chiSquared.map { test in
      CountsFormula(name: "p of " + test.name, tags: test.tags) { table, level in
        test.compute(table, level)?.p.map { Outcome($0) }
      }
    } + [
      CountsFormula(name: "Fisher's exact test, two-sided", tags: ["fisher"]) { table, _ in
        fisher(table).map { Outcome($0) }
      },
      fromRatio("p of the log OR (Wald)", ["wald", "woolf"], oddsRatioParts),
      fromRatio("p of the log RR (Wald)", ["wald", "katz"], riskRatioParts),
    ]

  private static func fromRatio(
    _ name: String, _ tags: [String], _ parts: @escaping @Sendable (Counts) -> (Double, Double)
  ) -> CountsFormula {
    CountsFormula(name: name, tags: tags) { table, _ in
      let (y, v) = parts(ZeroRule.cells.apply(table))
      guard y.isFinite, v > 0 else { return nil }
      return Outcome(Normal.twoSidedP(y / v.squareRoot()))
    }
  }

  /// Sum of the probabilities, given the margins, of all tables no likelier than this one (up to 1e-7 of it).
  static func fisher(_ t: Counts) -> Double? {
    let events = t.events1 + t.events2
    guard let distribution = try? Hypergeometric(marked: t.n1, unmarked: t.n2, draws: events) else { return nil }
    let observed = distribution.probability(t.events1)
    var sum = 0.0
    for k in Int(max(0, events - t.n2))...Int(min(t.n1, events)) {
      let probability = distribution.probability(Double(k))
      if probability <= observed * (1 + 1e-7) { sum += probability }
    }
    return min(1, sum)
  }
}
