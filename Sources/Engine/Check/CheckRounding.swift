import EffectSizes

/// The search over the rounding sets of the inputs: every specification at points within them.
struct CheckRounding {
  /// What was done, in words.
  let note: String
  /// The range of each figure of each candidate, by its words.
  private var ranges: [String: [CheckFigure: ClosedRange<Double>]] = [:]

  private static let draws = 60

  init(
    _ request: CheckRequest, _ runs: CheckRuns, _ table: StudyTable, _ measures: [String], _ seed: UInt64
  ) throws(EvidenceError) {
    var measure = request.measure
    measure.code = measures[0]
    let studies = try StudySet(table: table, map: request.data.map, measure, keepingNotEstimable: true)
    let cells = RoundedCells(studies)
    guard !cells.cells.isEmpty else {
      note = "Rounding of the inputs: all \(cells.exactCount) cells are exact counts or sizes; nothing can move"
      return
    }
    let points = cells.points(count: CheckRounding.draws, seed: seed)
    note =
      "Rounding of the inputs: \(cells.cells.count) cells, \(points.count) points within them (seed \(seed)); sampled, "
      + "not guaranteed"
    for point in points {
      guard let (candidates, _) = try? runs.candidates(cells.table(point), measures) else { continue }
      for candidate in candidates { widen(candidate) }
    }
  }

  private mutating func widen(_ candidate: CheckCandidate) {
    var known = ranges[candidate.words] ?? [:]
    for (figure, value) in candidate.values where value.isFinite {
      let range = known[figure] ?? value...value
      known[figure] = min(range.lowerBound, value)...max(range.upperBound, value)
    }
    ranges[candidate.words] = known
  }

  /// Candidates all of whose figures can print as published somewhere within the rounding.
  func matches(_ candidates: [CheckCandidate], _ published: PublishedResult) -> [CheckCandidate] {
    candidates.compactMap { candidate in
      guard let known = ranges[candidate.words] else { return nil }
      let fits = published.figures.allSatisfy { figure, number in
        guard let range = known[figure], let value = candidate.values[figure] else { return false }
        let wide = RealRange(min(range.lowerBound, value), max(range.upperBound, value))
        return number.reals(under: Rounding.nearest).meets(wide)
      }
      guard fits else { return nil }
      var match = candidate
      match.conventions.append("within the rounding of the inputs")
      match.cost += CheckPrior.withinRounding
      return match
    }
  }
}
