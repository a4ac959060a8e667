extension Measure {
  /// Phi coefficient.
  public static let phi = twoByTwo(
    Facts(
      code: "PHI", name: "phi coefficient", scale: .identity, display: .none, varianceTypes: [.CS, .ST, .LS],
      formula: "yi = (ad - bc)/sqrt(n1 n2 (a+c)(b+d)); CS and LS: vi = (1 - y^2 + y (1 + y^2/2) D1 D2/sqrt(Q1 Q2) "
        + "- (3/4) y^2 (D1^2/Q1 + D2^2/Q2))/n, D1 = (n1-n2)/n, Q1 = n1 n2/n^2, D2 and Q2 the same of a+c and b+d; "
        + "ST: delta method on the two independent binomial proportions",
      assumptions: "CS: a cross-sectional sample, only the total is fixed. ST: group sizes fixed by design. Nothing is "
        + "added to zero cells unless asked for.",
      source:
        "Bishop, Fienberg and Holland (1975), Discrete Multivariate Analysis, 11.3.3 (CS); Fleiss and Berlin (2009), "
        + "Handbook of Research Synthesis, 14.6"),
    add: 0, estimate: phiEffects)

  /// Fisher's z of the phi coefficient.
  public static let zPhi = twoByTwo(
    Facts(
      code: "ZPHI", name: "Fisher's z of the phi coefficient", scale: .fisherZ, display: .tanh,
      varianceTypes: [.CS, .ST, .LS],
      formula: "yi = atanh(phi); vi = v/(1 - phi^2)^2, phi and v (CS, ST, LS) as for PHI",
      assumptions: "As for PHI. The transformation does not stabilise the variance of this measure.",
      source: "delta method on PHI"),
    add: 0
  ) { tables, settings in phiEffects(tables, settings).map(\.fisherZ) }
}

private func phiEffects(_ tables: [TwoByTwo], _ settings: Settings) -> [Effect] {
  tables.map { settings.vtype == .ST ? stratifiedPhi($0) : crossSectionalPhi($0) }
}

private func phiCoefficient(_ t: TwoByTwo) -> Double {
  (t.a * t.d - t.b * t.c) / ((t.n1 * t.n2).squareRoot() * ((t.a + t.c) * (t.b + t.d)).squareRoot())
}

private func crossSectionalPhi(_ t: TwoByTwo) -> Effect {
  let n = t.total
  let y = phiCoefficient(t)
  let d1 = (t.n1 - t.n2) / n
  let d2 = (t.a + t.c - t.b - t.d) / n
  let q1 = t.n1 / n * (t.n2 / n)
  let q2 = (t.a + t.c) / n * ((t.b + t.d) / n)
  let y2 = y * y
  let skew = y * (1 + 0.5 * y2) * d1 * d2 / (q1 * q2).squareRoot()
  return Effect(yi: y, vi: (1 - y2 + skew - 0.75 * y2 * (d1 * d1 / q1 + d2 * d2 / q2)) / n)
}

/// φ = √(w₁w₂) (p₁ − p₂)/√(P(1−P)) with wᵢ = nᵢ/n and P = w₁p₁ + w₂p₂, differentiated by p₁ and p₂.
private func stratifiedPhi(_ t: TwoByTwo) -> Effect {
  let n = t.total
  let w1 = t.n1 / n
  let w2 = t.n2 / n
  let p1 = t.a / t.n1
  let p2 = t.c / t.n2
  let events = (t.a + t.c) / n
  let spread = events * ((t.b + t.d) / n)
  let root = (w1 * w2 / spread).squareRoot()
  let bend = 0.5 * (p1 - p2) * (1 - 2 * events) / spread
  let slope1 = root * (1 - bend * w1)
  let slope2 = root * (1 + bend * w2)
  let v1 = p1 * (t.b / t.n1) / t.n1
  let v2 = p2 * (t.d / t.n2) / t.n2
  return Effect(yi: phiCoefficient(t), vi: slope1 * slope1 * v1 + slope2 * slope2 * v2)
}
