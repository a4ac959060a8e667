/// Missing outcomes of participants in 2×2 tables, filled in under an assumption.
///
/// With π the risk among those observed (m of them), α the share that is missing (of N) and δ the informative missingness
/// odds ratio, the risk of all is π* = (1 − α)π + α·δπ/(1 − π + δπ), and by the delta method with δ known
/// Var π* = (∂π*/∂π)²π(1 − π)/m + (∂π*/∂α)²α(1 − α)/N. Imputed-case analyses are such with the δ they imply. Sources: Higgins, White and
/// Wood (2008), Clinical Trials 5, 225–239, table 2; White, Higgins and Wood (2008), Statistics in Medicine 27, 711–727 (quoted
/// from memory).
public struct MissingOutcomes: Sendable {
  /// What is assumed of the missing.
  public enum Assumption: Sendable, Equatable {
    /// Left out: those observed stand for all.
    case completeCases
    /// No event, or all events.
    case noEvents, allEvents
    /// The risk of the control group, of the experimental group, of their own group.
    case controlRisk, experimentalRisk, ownRisk
    /// What favours the experimental group, and what favours the control.
    case best, worst
    /// Odds of an event among the missing over those observed, in group 1 and in group 2.
    case imor(Double, Double)

    /// The word on the command line.
    public var word: String {
      switch self {
      case .completeCases: "aca"
      case .noEvents: "0"
      case .allEvents: "1"
      case .controlRisk: "pc"
      case .experimentalRisk: "pe"
      case .ownRisk: "p"
      case .best: "b"
      case .worst: "w"
      case .imor(let first, let second): "imor \(first),\(second)"
      }
    }

    /// Those without numbers of their own.
    public static let named: [Assumption] = [
      .completeCases, .noEvents, .allEvents, .controlRisk, .experimentalRisk, .ownRisk, .best, .worst,
    ]
  }

  /// The observed tables, and how many outcomes are missing in each group.
  public let table: TwoByTwoColumns
  /// Missing outcomes of group 1 and of group 2.
  public let missing1, missing2: [Double]

  /// Tables with missing outcomes.
  /// - Throws: `invalidSpecification` for columns of different length; `domain` for a count that cannot be.
  public init(table: TwoByTwoColumns, missing1: [Double], missing2: [Double]) throws(FitError) {
    guard missing1.count == table.a.count, missing2.count == table.a.count else {
      throw .invalidSpecification("the columns of missing outcomes differ in length from the tables")
    }
    for column in [missing1, missing2] {
      for (i, count) in column.enumerated() where !(count >= 0 && count.isFinite) {
        throw .domain(
          what: "missing outcomes of study \(i + 1)", value: count, expected: "a number of people, 0 or more")
      }
    }
    self.table = table
    self.missing1 = missing1
    self.missing2 = missing2
  }

  /// The risk of all people of one group and its variance.
  struct Risk {
    let value, variance: Double

    /// - Parameters:
    ///   - events, others: those observed, above 0.
    ///   - imor: δ, 0 and infinity included.
    init(events: Double, others: Double, missing: Double, imor: Double) {
      let observed = events + others
      let risk = events / observed
      let total = observed + missing
      let share = missing / total
      // δ/(1 − π + δπ) and its parts, finite for δ = ∞ too.
      let scale = imor.isInfinite ? 1 / risk : imor / (1 - risk + imor * risk)
      let filled = risk * scale
      let slope = imor.isInfinite ? 0 : imor / ((1 - risk + imor * risk) * (1 - risk + imor * risk))
      value = (1 - share) * risk + share * filled
      let byRisk = 1 - share + share * slope
      let byShare = filled - risk
      variance = byRisk * byRisk * risk * (1 - risk) / observed + byShare * byShare * share * (1 - share) / total
    }
  }

  /// Estimates and variances of RR or OR (logarithms) or RD under an assumption; tables with an empty cell get half a
  /// person in each, as complete-case analyses do.
  /// - Parameter eventIsBad: decides what favours a group in the best and worst case.
  /// - Throws: `invalidSpecification` for another measure.
  public func effects(
    measure: String, _ assumption: Assumption, eventIsBad: Bool
  ) throws(FitError) -> (yi: [Double], vi: [Double]) {
    guard ["RR", "OR", "RD"].contains(measure) else {
      throw .invalidSpecification("missing outcomes are filled in for RR, OR and RD, not \(measure)")
    }
    var (yi, vi) = ([Double](), [Double]())
    for i in table.a.indices {
      let cells = [table.a[i], table.b[i], table.c[i], table.d[i]]
      let half = cells.contains(0) ? 0.5 : 0
      let (a, b, c, d) = (cells[0] + half, cells[1] + half, cells[2] + half, cells[3] + half)
      let (first, second) = MissingOutcomes.imors(assumption, odds1: a / b, odds2: c / d, eventIsBad)
      let isComplete = assumption == .completeCases
      let r1 = Risk(events: a, others: b, missing: isComplete ? 0 : missing1[i], imor: first)
      let r2 = Risk(events: c, others: d, missing: isComplete ? 0 : missing2[i], imor: second)
      switch measure {
      case "RR":
        yi.append(log(r1.value / r2.value))
        vi.append(r1.variance / (r1.value * r1.value) + r2.variance / (r2.value * r2.value))
      case "OR":
        let (q1, q2) = (r1.value * (1 - r1.value), r2.value * (1 - r2.value))
        yi.append(log(r1.value / (1 - r1.value)) - log(r2.value / (1 - r2.value)))
        vi.append(r1.variance / (q1 * q1) + r2.variance / (q2 * q2))
      default:
        yi.append(r1.value - r2.value)
        vi.append(r1.variance + r2.variance)
      }
    }
    return (yi, vi)
  }

  /// δ of both groups.
  private static func imors(
    _ assumption: Assumption, odds1: Double, odds2: Double, _ eventIsBad: Bool
  ) -> (Double, Double) {
    switch assumption {
    case .completeCases, .ownRisk: (1, 1)
    case .noEvents: (0, 0)
    case .allEvents: (.infinity, .infinity)
    case .controlRisk: (odds2 / odds1, 1)
    case .experimentalRisk: (1, odds1 / odds2)
    case .best: eventIsBad ? (0, .infinity) : (.infinity, 0)
    case .worst: eventIsBad ? (.infinity, 0) : (0, .infinity)
    case .imor(let first, let second): (first, second)
    }
  }
}
