import EffectSizes
import ReviewFiles
import Synthesis

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Effect sizes of studies by RevMan's formulas; `NaN` where RevMan finds them not estimable.
///
/// Where they differ from metafor's: a table with an empty cell has 0.5 added to its four cells, for the Mantel–Haenszel
/// estimate too; Hedges' g takes J = 1 − 3/(4N − 9) and SE² = N/(n₁n₂) + g²/(2(N − 3.94)); the risk difference keeps the
/// counts and takes its standard error from the corrected ones.
///
/// Source: Deeks and Higgins (2010), Statistical algorithms in Review Manager 5, quoted from memory; the correction of
/// the Mantel–Haenszel estimate as the results stored in a published review's file show it, to the last digit.
struct RevManEffects {
  /// Estimates and variances on the analysis scale, one a row.
  private(set) var yi, vi: [Double]
  /// The tables as counted, and with RevMan's correction; `nil` for other data.
  private(set) var tables: (raw: TwoByTwoColumns, corrected: TwoByTwoColumns)?

  init(_ rows: [ReviewRow], of analysis: ReviewAnalysis) {
    switch analysis.data {
    case .dichotomous:
      let raw = RevManEffects.tables(rows, swapped: analysis.settings.swapsEvents)
      let zeros = (0..<raw.count).map { raw.hasZero($0) }
      self.init(raw: raw, corrected: raw.adding(0.5, where: zeros), measure: analysis.settings.effectMeasure)
    case .continuous:
      let isStandardized = analysis.settings.effectMeasure == "SMD"
      self.init(rows.map { isStandardized ? RevManEffects.standardizedDifference($0) : RevManEffects.difference($0) })
    case .inverseVariance:
      let isLog = RevManEffects.isLogScale(analysis)
      self.init(
        rows.map { row in
          guard let yi = RevManEffects.given(row, isLog), let se = row[.standardError], se > 0 else { return nil }
          return (yi, se * se)
        })
    case .observedExpected: self.init(rows.map(\.logRankEffect))
    case .other: self.init(rows.map { _ in nil })
    }
  }

  private init(_ effects: [(yi: Double, vi: Double)?]) {
    yi = effects.map { $0?.yi ?? .nan }
    vi = effects.map { $0?.vi ?? .nan }
  }

  /// Of tables, with the correction that a measure needs.
  init(raw: TwoByTwoColumns, corrected: TwoByTwoColumns, measure: String) {
    self.init(
      (0..<raw.count).map { i in
        guard raw.isComplete(i) else { return nil }
        let (a, b, c, d) = (corrected.a[i], corrected.b[i], corrected.c[i], corrected.d[i])
        let (n1, n2) = (a + b, c + d)
        guard raw.a[i] + raw.b[i] > 0, raw.c[i] + raw.d[i] > 0 else { return nil }
        switch measure {
        case "RD":
          let difference = raw.a[i] / (raw.a[i] + raw.b[i]) - raw.c[i] / (raw.c[i] + raw.d[i])
          return (difference, a * b / (n1 * n1 * n1) + c * d / (n2 * n2 * n2))
        case "PETO_OR": return RevManEffects.peto(raw, i)
        case _ where raw.isDoubleZero(i): return nil
        case "OR": return (log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d)
        default: return (log(a / n1 * (n2 / c)), b / (a * n1) + d / (c * n2))
        }
      })
    tables = (raw, corrected)
  }

  /// Peto's (a − E)/V with variance 1/V.
  private static func peto(_ table: TwoByTwoColumns, _ i: Int) -> (Double, Double)? {
    let (a, b, c, d) = (table.a[i], table.b[i], table.c[i], table.d[i])
    let (n1, n2) = (a + b, c + d)
    let n = n1 + n2
    let variance = n1 / n * (n2 / n) * (a + c) * (b + d) / (n - 1)
    guard variance > 0 else { return nil }
    return ((a * d - b * c) / n / variance, 1 / variance)
  }

  private static func tables(_ rows: [ReviewRow], swapped: Bool) -> TwoByTwoColumns {
    let table = TwoByTwoColumns(
      events1: rows.map { $0[.events1] ?? .nan }, total1: rows.map { $0[.total1] ?? .nan },
      events2: rows.map { $0[.events2] ?? .nan }, total2: rows.map { $0[.total2] ?? .nan })
    return swapped ? TwoByTwoColumns(a: table.b, b: table.a, c: table.d, d: table.c) : table
  }

  private static func difference(_ row: ReviewRow) -> (Double, Double)? {
    guard let means = Means(row) else { return nil }
    let variance = means.sd1 * means.sd1 / means.n1 + means.sd2 * means.sd2 / means.n2
    return means.sd1 > 0 && means.sd2 > 0 ? (means.mean1 - means.mean2, variance) : nil
  }

  private static func standardizedDifference(_ row: ReviewRow) -> (Double, Double)? {
    guard let m = Means(row) else { return nil }
    return hedges(
      difference: m.mean1 - m.mean2,
      pooledVariance: ((m.n1 - 1) * m.sd1 * m.sd1 + (m.n2 - 1) * m.sd2 * m.sd2) / (m.n1 + m.n2 - 2), m.n1, m.n2)
  }

  /// Hedges' g and its variance as RevMan computes them.
  static func hedges(
    difference: Double, pooledVariance: Double, _ n1: Double, _ n2: Double
  ) -> (yi: Double, vi: Double)? {
    let n = n1 + n2
    guard n > 3.94, pooledVariance > 0 else { return nil }
    let g = difference / pooledVariance.squareRoot() * (1 - 3 / (4 * n - 9))
    return (g, n / (n1 * n2) + g * g / (2 * (n - 3.94)))
  }

  private struct Means {
    let mean1, sd1, n1, mean2, sd2, n2: Double

    init?(_ row: ReviewRow) {
      guard let mean1 = row[.mean1], let sd1 = row[.sd1], let n1 = row[.total1], let mean2 = row[.mean2],
        let sd2 = row[.sd2], let n2 = row[.total2], n1 > 0, n2 > 0
      else { return nil }
      (self.mean1, self.sd1, self.n1, self.mean2, self.sd2, self.n2) = (mean1, sd1, n1, mean2, sd2, n2)
    }
  }
}

extension RevManEffects {
  /// The estimate of a row of the inverse-variance kind on the analysis scale: as entered, else from the stored one.
  static func given(_ row: ReviewRow, _ isLog: Bool) -> Double? {
    if let entered = row[.estimate] { return entered }
    guard let shown = row.stored[.estimate]?.value else { return nil }
    return isLog ? (shown > 0 ? log(shown) : nil) : shown
  }

  /// Whether an analysis is on the log scale: by its settings; where these do not say, by whether the estimates shown are
  /// the exponentials of those entered.
  static func isLogScale(_ analysis: ReviewAnalysis) -> Bool {
    if let known = analysis.settings.isLogScale { return known }
    let pairs = analysis.rows.compactMap { row in
      row[.estimate].flatMap { entered in row.stored[.estimate].map { (entered, $0) } }
    }
    return !pairs.isEmpty
      && pairs.allSatisfy { entered, shown in
        abs(exp(entered) - shown.value) <= max(shown.halfUnit, 1e-6 * abs(shown.value))
      }
  }
}

extension ReviewRow {
  /// (O − E)/V with variance 1/V.
  var logRankEffect: (yi: Double, vi: Double)? {
    guard let difference = self[.observedMinusExpected], let variance = self[.variance], variance > 0 else {
      return nil
    }
    return (difference / variance, 1 / variance)
  }
}
