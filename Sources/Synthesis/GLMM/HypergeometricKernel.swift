import NumericCore

/// The exact conditional likelihood of an odds ratio: a given the margins is non-central hypergeometric,
/// P(a | θ) = w(a) e^{aθ} / Σⱼ w(j) e^{jθ} with w(j) = C(n₁, j) C(n₂, m − j), m = a + c.
///
/// The weights are never formed: they are carried as logarithms of ratios to w(a), summed once, and the sum over j
/// starts at its largest term and walks outward by the ratios w(j + 1)/w(j) until what is left is below 1e-19 of the
/// sum. No term overflows and the cost is a few standard deviations of a, not the size of the support.
///
/// Derivatives: a − E(a), −Var(a). Source: Fisher (1935); the recurrence from the mode as in Liao and Rosen (2001).
struct HypergeometricKernel: StudyKernel {
  fileprivate let studies: [Support]
  /// log w(j) − log w(a) for every j of every support, one study after the other.
  private let logWeights: [Double]
  /// w(j + 1)/w(j) and its inverse, at the same places; the last of each support is zero.
  private let ratios, inverses: [Double]

  /// A study's support lower…upper, the observed a, where its weights start, and what its mode follows from.
  fileprivate struct Support {
    var start, lower, upper, observed: Int
    var n1, n2, events: Double
  }

  /// Tables of whole numbers; throws `domain` for others.
  init(_ table: TwoByTwoColumns, rows: [Int]) throws(FitError) {
    var (studies, logWeights, ratios, inverses) = ([Support](), [Double](), [Double](), [Double]())
    for i in rows {
      let support = try Support(table, i, start: logWeights.count)
      studies.append(support)
      let (n1, n2, events) = (support.n1, support.n2, support.events)
      let first = logWeights.count
      var sum = CompensatedSum()
      for j in support.lower...support.upper {
        logWeights.append(sum.value)
        if j == support.upper { break }
        let x = Double(j)
        let others: Double = n2 - events + x + 1
        let ratio: Double = (n1 - x) / (x + 1) * ((events - x) / others)
        ratios.append(ratio)
        inverses.append(1 / ratio)
        sum.add(log(ratio))
      }
      ratios.append(0)
      inverses.append(0)
      let observed = logWeights[first + support.observed - support.lower]
      for j in first..<logWeights.count { logWeights[j] -= observed }
    }
    (self.studies, self.logWeights, self.ratios, self.inverses) = (studies, logWeights, ratios, inverses)
  }

  var count: Int { studies.count }

  func evaluate(_ i: Int, alpha: Double, theta: Double) -> KernelValue {
    let s = studies[i]
    let mode = s.mode(theta)
    let at = s.start + mode - s.lower
    let (odds, inverseOdds) = (exp(theta), exp(-theta))
    // Moments of j − mode, relative to the term at the mode.
    var (s0, s1, s2) = (1.0, 0.0, 0.0)
    var (term, distance) = (1.0, 0.0)
    for j in at..<(s.start + s.upper - s.lower) {
      term *= ratios[j] * odds
      distance += 1
      s0 += term
      s1 += term * distance
      s2 += term * distance * distance
      if term * distance * distance < 1e-19 * s0 { break }
    }
    (term, distance) = (1, 0)
    var j = at
    while j > s.start {
      j -= 1
      term *= inverses[j] * inverseOdds
      distance -= 1
      s0 += term
      s1 += term * distance
      s2 += term * distance * distance
      if term * distance * distance < 1e-19 * s0 { break }
    }
    let mean = s1 / s0
    let fromMode = Double(s.observed - mode)
    return KernelValue(
      value: fromMode * theta - logWeights[at] - log(s0), a: 0, t: fromMode - mean, aa: 0, at: 0,
      tt: -(s2 / s0 - mean * mean))
  }

  /// The Peto one-step estimate, which lies near zero for any data.
  var startingEffect: Double { 0 }

  func extreme(_ i: Int) -> KernelExtreme {
    let s = studies[i]
    return s.observed == s.lower ? .lower : s.observed == s.upper ? .upper : .interior
  }

  /// The conditional maximum likelihood of one table, by Newton with halving; 0 at the ends of the support.
  func saturated(_ i: Int) -> Double {
    if extreme(i) != .interior { return 0 }
    return maximumOfConcave { theta in
      let value = evaluate(i, alpha: 0, theta: theta)
      return (value.value, value.t, value.tt)
    }
  }

  var constant: Double { 0 }
}

extension HypergeometricKernel.Support {
  fileprivate init(_ table: TwoByTwoColumns, _ i: Int, start: Int) throws(FitError) {
    let cells = [table.a[i], table.b[i], table.c[i], table.d[i]]
    for cell in cells where cell != cell.rounded() || cell > 1e9 {
      throw .domain(
        what: "cell of a two-by-two table", value: cell,
        expected: "a whole number below 1e9, as the exact conditional likelihood needs; use UM.FS for other data")
    }
    n1 = cells[0] + cells[1]
    n2 = cells[2] + cells[3]
    events = cells[0] + cells[2]
    self.start = start
    lower = Int(max(0, events - n2))
    upper = Int(min(n1, events))
    observed = Int(cells[0])
  }

  /// The most probable a at θ, near enough to start the recurrence from: the root of w(j)ψ = w(j − 1).
  fileprivate func mode(_ theta: Double) -> Int {
    let psi = exp(-abs(theta))
    // (A − B) j² − … with everything divided by max(1, e^θ), so that nothing overflows.
    let (up, down) = theta > 0 ? (1.0, psi) : (psi, 1.0)
    let a = up - down
    let b = up * (n1 + events + 2) + down * (n2 - events)
    let c = up * (n1 + 1) * (events + 1)
    let root = max(0, b * b - 4 * a * c).squareRoot()
    let x = b >= 0 ? 2 * c / (b + root) : (b - root) / (2 * a)
    if !x.isFinite { return theta > 0 ? upper : lower }
    return Int(min(Double(upper), max(Double(lower), x.rounded(.down))))
  }
}
