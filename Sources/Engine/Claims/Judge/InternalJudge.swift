import NumericCore

/// Judges a statement by itself: a test statistic against its p, a ratio against a percentage, an interval against its
/// estimate and p.
struct InternalJudge {
  let claim: Claim
  let kind: QuantityKind
  let statement: PrintedStatement

  /// The verdict; `nil` when the statement holds nothing that can be tested.
  func judge(_ quantity: PrintedQuantity) -> JudgedClaim? {
    if let judged = testAgainstP(quantity) { return judged }
    if let judged = ratioAgainstPercentage() { return judged }
    return interval(quantity)
  }

  // MARK: - Test statistics

  private func test(_ quantity: PrintedQuantity) -> StatisticCheck.Test? {
    let degrees = quantity.degreesOfFreedom.map(\.value)
    let df = degrees.first ?? statement.fact("df")?.value
    switch kind {
    case .z: return .z
    case .t: return df.map { .t(df: $0) }
    case .chiSquared: return .chiSquared(df: df ?? 1)
    case .f: return degrees.count == 2 ? .f(df1: degrees[0], df2: degrees[1]) : nil
    default: return nil
    }
  }

  private func testAgainstP(_ quantity: PrintedQuantity) -> JudgedClaim? {
    guard let p = quantity.p, let test = test(quantity) else { return nil }
    let check = StatisticCheck(test, quantity.estimate)
    guard let verdict = check.compare(p), let range = check.pRange(), let value = check.p(quantity.estimate.value)
    else {
      return nil
    }
    var judged = JudgedClaim(claim, verdict == .inconsistent || verdict == .decisionError ? .impossible : .reproduces)
    if verdict == .consistent, !Rounding.nearest.contains(where: { p.prints(value, $0, slack: ClaimMatch.slack) }) {
      judged.verdict = .withinRounding
    }
    judged.recomputed = value
    judged.recomputedText = "p = \(ClaimText.p(value))"
    (judged.rangeLower, judged.rangeUpper) = (range.lower, range.upper)
    judged.rangeKind = "guaranteed: p over all statistics that print so"
    judged.formula = "p from the printed statistic and its degrees of freedom"
    let span = "\(ClaimText.p(range.lower)) to \(ClaimText.p(range.upper))"
    switch verdict {
    case .consistent: judged.notes = ["Statistic and p agree: p lies in \(span)."]
    case .oneSided: judged.notes = ["The printed p is that of a one-sided test; two-sided it is \(span)."]
    case .inconsistent: judged.notes = ["Statistic and p contradict each other: p would be \(span), not \(p)."]
    case .decisionError:
      judged.notes = ["Statistic and p contradict each other, on either side of 0.05: p would be \(span), not \(p)."]
    }
    return judged
  }

  // MARK: - Ratios

  /// "0.54 and 46% fewer": 1 − ratio as a percentage.
  private func ratioAgainstPercentage() -> JudgedClaim? {
    guard kind.isRatio, statement.quantities.count == 2,
      let ratio = statement.quantities.first(where: { !$0.estimate.isPercent })?.estimate,
      let percent = statement.quantities.first(where: { $0.estimate.isPercent })?.estimate
    else { return nil }
    let set = ratio.reals(under: Rounding.nearest)
    let value = 100 * abs(1 - ratio.value)
    let ends = [100 * abs(1 - set.lower), 100 * abs(1 - set.upper)]
    let range = Enclosure((ends.min() ?? 0) - 1e-9, (ends.max() ?? 0) + 1e-9)
    let recomputation = Recomputation(
      name: ratio.value < 1 ? "100 (1 - ratio)" : "100 (ratio - 1)", tags: [], point: Outcome(value),
      range: Outcome(range), basis: .intervals)
    var judged = QuantityJudge.judgement(claim, ClaimMatch(PrintedQuantity(percent), recomputation, kind: kind))
    judged.notes.append("The two printed numbers are compared with each other; there are no data for either.")
    return judged
  }

  // MARK: - Intervals

  /// An interval against its estimate and p: it can refute, and confirms nothing.
  private func interval(_ quantity: PrintedQuantity) -> JudgedClaim? {
    guard quantity.interval != nil, let check = IntervalCheck(quantity, isRatio: kind.isRatio) else {
      return implied(quantity)
    }
    if !check.holdsEstimate {
      return JudgedClaim(
        claim, .impossible, notes: ["The estimate \(quantity.estimate) lies outside its own interval."])
    }
    if let p = quantity.p, let range = check.pRange, check.isSymmetric {
      let sets = Rounding.nearest.map { p.reals($0) }
      if !sets.contains(where: { $0.meets(RealRange(range.lower, range.upper)) }) {
        return JudgedClaim(
          claim, .impossible,
          notes: [
            "Interval and p contradict each other: the interval allows p from \(ClaimText.p(range.lower)) to \(ClaimText.p(range.upper)), not \(p)."
          ])
      }
    }
    var notes = ["Missing: the data."]
    if let error = check.standardError {
      notes.append(
        "The interval implies a standard error of \(ClaimText.range(error, like: nil))\(kind.isRatio ? " of the log" : "")."
      )
    }
    if !check.isSymmetric {
      notes.append("The estimate is not in the middle of its interval\(kind.isRatio ? " on the log scale" : "").")
    }
    return JudgedClaim(claim, .notEnoughData, notes: notes)
  }

  /// "-62.4; P = .0037": the standard error that both imply.
  private func implied(_ quantity: PrintedQuantity) -> JudgedClaim? {
    guard let p = quantity.p, p.relation == .equal, p.value > 0, p.value < 1,
      let z = try? Normal.quantile(upperTail: p.value / 2), z > 0
    else { return nil }
    return JudgedClaim(
      claim, .notEnoughData,
      notes: [
        "Missing: the data. Estimate and p imply a standard error of \(ClaimText.significant(abs(quantity.estimate.value) / z))."
      ])
  }
}
