import EffectSizes
import Synthesis

/// A summary-of-findings row: participants, studies, relative effect, and risks with and without the intervention.
///
/// Source: Schünemann et al., Cochrane Handbook (version 6), chapter 14; Santesso et al. (2020), J Clin Epidemiol 119:126
/// (GRADE guidelines 26, the wording by certainty).
public struct FindingsReport: Sendable {
  /// What was asked.
  public let request: FindingsRequest
  /// The absolute effects, one a baseline risk; `nil` for means that were not turned into risks.
  public let absolute: NumberNeededReport?
  /// The difference of means; `nil` for risks.
  public let means: MeanFinding?
  /// The pooled analysis, when there is one.
  public let analysis: PoolAnalysis?
  /// People in the studies, where the data say so.
  public let participants: Int?
  /// Number of studies.
  public let studyCount: Int?
  /// People that risks are counted in.
  public let per: Double
  /// Coverage of the intervals.
  public let level: Double
  let provenance: Provenance

  /// Runs a request.
  /// - Throws: 64, 65, 66 or 69, as the interface says.
  public init(_ request: FindingsRequest) throws(EvidenceError) {
    var effect = request.effect
    effect.usualControls = .median
    var pooled: PoolAnalysis?
    if case .pool(var pool) = effect.source {
      pool.prediction = .none
      effect.source = .pool(pool)
      pooled = try PoolAnalysis(pool)
    }
    means = try pooled.flatMap { analysis throws(EvidenceError) in try MeanFinding(analysis, effect) }
    if means != nil, let pooled {
      absolute = nil
      level = pooled.fit.level
      provenance = pooled.provenance
    } else {
      let report = try NumberNeededReport(effect, pooled: pooled)
      absolute = report
      level = report.level
      provenance = report.provenance
    }
    analysis = pooled
    self.request = request
    studyCount = request.studyCount ?? pooled?.fit.k
    participants = request.participants ?? pooled.flatMap { FindingsReport.people($0.studies) }
    per = request.per ?? FindingsReport.people(for: absolute?.rows ?? [])
  }

  /// What a careful reader should know.
  public var warnings: [String] { absolute?.warnings ?? analysis?.warnings ?? [] }

  /// What is counted or measured, in words.
  public var outcome: String { request.outcome ?? "outcome" }

  /// The interval of the comparator's risk was carried, or not: a panel must know.
  public var footnotes: [String] {
    var list = [String]()
    let rows = absolute?.rows ?? []
    for row in rows where row.baselineRisk != nil && Double(row.label) == nil {
      list.append("Risk with \(request.comparator), \(RiskText.people(row.baselineRisk ?? 0, per: per)): \(row.label).")
    }
    if rows.contains(where: { $0.baselineLimits == nil && $0.baselineRisk != nil }) {
      list.append("The uncertainty of the comparator risk is left out of the intervals.")
    }
    if rows.contains(where: { $0.baselineLimits != nil && !$0.others.isEmpty }) {
      list.append("The intervals carry the uncertainty of the comparator risk (\(request.effect.carrying.name)).")
    }
    if let analysis {
      list.append("Pooled by \(analysis.fit.method), \(analysis.fit.inference) inference.")
    }
    if let method = absolute?.effect?.measure.method { list.append("Absolute effect: \(method).") }
    list.append(means?.footnote ?? "Risks are rounded to whole people.")
    return list
  }

  /// The sentence that GRADE words by certainty; none when the panel's certainty was not given.
  public var statement: String? {
    guard let certainty = request.certainty, let row = absolute?.rows.first else { return nil }
    let subject = request.intervention.prefix(1).uppercased() + request.intervention.dropFirst()
    if certainty == .veryLow {
      return "The evidence is very uncertain about the effect of \(request.intervention) on \(outcome)."
    }
    let words = FindingsText(per: per).difference(row)
    if row.number.throughInfinity || row.number.kind == nil {
      return "With \(certainty.rawValue) certainty, \(outcome) with \(request.intervention): \(words)."
    }
    let less = row.difference.value < 0
    let verb =
      switch certainty {
      case .high: less ? "reduces" : "increases"
      case .moderate: less ? "probably reduces" : "probably increases"
      default: less ? "may reduce" : "may increase"
      }
    return "\(subject) \(verb) \(outcome): \(words)."
  }

  /// People in all studies, from the sizes that the data have.
  private static func people(_ studies: StudySet) -> Int? {
    var sizes: [Double]?
    if let tables = studies.twoByTwo {
      sizes = (0..<studies.count).map { tables.a[$0] + tables.b[$0] + tables.c[$0] + tables.d[$0] }
    } else if let first = studies.columns[.n1i], let second = studies.columns[.n2i] {
      sizes = zip(first, second).map { $0 + $1 }
    } else if let column = studies.columns[.ni] {
      sizes = column
    }
    guard let sizes, sizes.allSatisfy(\.isFinite) else { return nil }
    return Int(exactly: sizes.reduce(0, +).rounded())
  }

  /// The smallest of 1000, 10 000 and 100 000 in which every comparator risk comes to five people or more.
  private static func people(for rows: [NumberNeededRow]) -> Double {
    let risks = rows.compactMap { $0.baselineRisk ?? abs($0.difference.value) }.filter { $0 > 0 }
    guard let smallest = risks.min() else { return 1000 }
    return [1000, 10_000].first { smallest * $0 >= 5 } ?? 100_000
  }
}
