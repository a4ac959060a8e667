import NumericCore

/// x events of n with logit p = offset + θ: logit-normal proportions, the conditional rate ratio, and the approximate
/// conditional odds ratio.
struct BinomialKernel: StudyKernel {
  let x, n, offset: [Double]

  var count: Int { x.count }

  func evaluate(_ i: Int, alpha: Double, theta: Double) -> KernelValue {
    let term = BinomialTerm(x: x[i], n: n[i], eta: offset[i] + theta)
    return KernelValue(value: term.value, a: 0, t: term.score, aa: 0, at: 0, tt: -term.weight)
  }

  /// The pooled logit, offsets left aside where they differ.
  var startingEffect: Double {
    let (events, total) = (x.reduce(0.5, +), n.reduce(1, +))
    let weighted = zip(n, offset).reduce(0) { $0 + $1.0 * $1.1 }
    return log(events / (total - events)) - weighted / (total - 1)
  }

  func extreme(_ i: Int) -> KernelExtreme { x[i] == 0 ? .lower : x[i] == n[i] ? .upper : .interior }

  func saturated(_ i: Int) -> Double { entropy(x[i], n[i]) }

  var constant: Double { zip(x, n).reduce(0) { $0 + logBinomial($1.1, $1.0) } }
}

/// Two binomials a of n₁ and c of n₂ with logits α + θ/2 and α − θ/2 (unconditional odds ratio with study intercepts).
struct BinomialPairKernel: StudyKernel {
  let a, n1, c, n2: [Double]

  static var hasIntercepts: Bool { true }
  var count: Int { a.count }

  func evaluate(_ i: Int, alpha: Double, theta: Double) -> KernelValue {
    let first = BinomialTerm(x: a[i], n: n1[i], eta: alpha + theta / 2)
    let second = BinomialTerm(x: c[i], n: n2[i], eta: alpha - theta / 2)
    return KernelValue(
      value: first.value + second.value, a: first.score + second.score, t: (first.score - second.score) / 2,
      aa: -first.weight - second.weight, at: (second.weight - first.weight) / 2,
      tt: -(first.weight + second.weight) / 4)
  }

  func startingIntercept(_ i: Int) -> Double {
    (log((a[i] + 0.5) / (n1[i] - a[i] + 0.5)) + log((c[i] + 0.5) / (n2[i] - c[i] + 0.5))) / 2
  }

  func extreme(_ i: Int) -> KernelExtreme { tableExtreme(a[i], n1[i], c[i], n2[i]) }

  func saturated(_ i: Int) -> Double { entropy(a[i], n1[i]) + entropy(c[i], n2[i]) }

  var constant: Double {
    (0..<count).reduce(0) { $0 + logBinomial(n1[$1], a[$1]) + logBinomial(n2[$1], c[$1]) }
  }
}

/// x log p + (n − x) log(1 − p) with logit p = η, its score x − n p and its weight n p (1 − p), none of them with
/// cancellation: log p and log(1 − p) come from one exponential of −|η|.
struct BinomialTerm {
  var value, score, weight: Double

  init(x: Double, n: Double, eta: Double) {
    let e = exp(-abs(eta))
    let common = log1p(e)
    let (small, large) = (e / (1 + e), 1 / (1 + e))
    let y = n - x
    if eta > 0 {
      value = -(x * common + y * (eta + common))
      score = x * small - y * large
    } else {
      value = -(x * (common - eta) + y * common)
      score = x * large - y * small
    }
    weight = n * small * large
  }
}

/// On which side the conditional likelihood of a table has its maximum: a at the lower or upper end of its range.
func tableExtreme(_ a: Double, _ n1: Double, _ c: Double, _ n2: Double) -> KernelExtreme {
  let events = a + c
  if a == max(0, events - n2) { return .lower }
  return a == min(n1, events) ? .upper : .interior
}

/// x log(x/n) + (n − x) log((n − x)/n), 0 at the ends.
func entropy(_ x: Double, _ n: Double) -> Double {
  (x > 0 ? x * log(x / n) : 0) + (n > x ? (n - x) * log((n - x) / n) : 0)
}
