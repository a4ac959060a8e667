/// Duval and Tweedie's trim and fill: how many studies the funnel plot lacks on one side, and the pool with them added.
///
/// In turn, the k₀ most extreme studies of the full side are left out, the rest pooled, and k₀ estimated anew from the signed
/// ranks of the deviations, until it stays. The filled studies mirror the trimmed ones about the last estimate.
/// Sources: Duval and Tweedie (2000a, JASA 95, 89–98; 2000b, Biometrics 56, 455–463).
public struct TrimAndFill: Sendable {
  /// Estimators of the number of missing studies.
  public enum Estimator: String, Sendable, CaseIterable {
    /// From the sum of the ranks, linear.
    case l0 = "L0"
    /// From the length of the last run of ranks; has a test of k₀ = 0.
    case r0 = "R0"
    /// From the sum of the ranks, quadratic.
    case q0 = "Q0"
  }

  /// Where the missing studies are.
  public enum Side: String, Sendable, CaseIterable {
    /// Small effects are missing, and large ones.
    case left, right
  }

  /// A study that was added.
  public struct Filled: Sendable {
    /// Index of the study that it mirrors.
    public let mirrored: Int
    /// Its effect and variance.
    public let yi, vi: Double
  }

  /// The estimator and the side where studies were added.
  public let estimator: Estimator
  /// The side where studies were added.
  public let side: Side
  /// Whether the side was found from the data.
  public let sideWasFound: Bool
  /// Number of missing studies and its standard error.
  public let missing: Int
  /// Standard error of the number.
  public let standardError: Double
  /// P-value of k₀ = 0, for R0 only.
  public let pValue: Double?
  /// The studies added, outward.
  public let filled: [Filled]
  /// The pool of all studies with those added.
  public let fit: Fit

  private static let iterationLimit = 100

  /// Trims and fills; without a side, it follows from the slope of the mixed model on the standard error.
  /// - Throws: `tooFewStudies` for a single study; `notEstimable` when the side or k₀ cannot be found; `notConverged`
  ///   when k₀ does not settle.
  public init(_ studies: BiasStudies, estimator: Estimator = .l0, side: Side? = nil) throws(FitError) {
    try studies.require(2, "trim and fill")
    sideWasFound = side == nil
    let side = if let side { side } else { try TrimAndFill.emptySide(studies) }
    let ranks = SignedRanks(studies, emptyOn: side)
    var k0 = 0
    var state = try ranks.deviations(trimming: 0)
    var seen = [0]
    var iterations = 0
    var raw = 0.0
    while true {
      iterations += 1
      raw = estimator.estimate(state, count: studies.count)
      let next = try estimator.rounded(raw, count: studies.count)
      if next == k0 { break }
      guard iterations < TrimAndFill.iterationLimit, !seen.contains(next) || next == seen.last else {
        throw .notConverged(
          what: "trim and fill (\(estimator.rawValue))",
          convergence: Convergence(
            method: "alternating estimates", iterations: iterations, converged: false,
            residual: Double(abs(next - k0))),
          hint: "the number of missing studies alternates between \(k0) and \(next); try another estimator")
      }
      k0 = next
      seen.append(k0)
      state = try ranks.deviations(trimming: k0)
    }
    self.estimator = estimator
    self.side = side
    missing = k0
    standardError = estimator.standardError(raw, count: studies.count)
    pValue = estimator == .r0 ? 1 / Double(sign: .plus, exponent: k0 + 1, significand: 1) : nil
    filled = ranks.mirrored(k0, about: state.centre)
    fit = try studies.model.fit(yi: studies.yi + filled.map(\.yi), vi: studies.vi + filled.map(\.vi))
  }

  /// The side where small studies are missing: opposite to the slope of the effects on their standard error.
  private static func emptySide(_ studies: BiasStudies) throws(FitError) -> Side {
    var plain = studies
    plain.design = nil
    plain.model.inference = .normal
    do throws(FitError) {
      try studies.require(3, "finding the side")
      let slope = try EggerRegression(plain, SmallStudyOptions()).result.slope
      return (slope?.value ?? 0) < 0 ? .right : .left
    } catch {
      throw .notEstimable(
        what: "the side where studies are missing", hint: "say which with --side left or --side right")
    }
  }
}

/// Signed ranks of deviations from a centre, with the empty side of the funnel to the left.
struct SignedRanks {
  /// The centre and the signed ranks of all studies around it.
  struct State {
    let centre: Double
    let ranks: [Int]
  }

  private let studies: BiasStudies
  private let sign: Double
  /// Studies by increasing effect on the turned scale.
  private let order: [Int]

  init(_ studies: BiasStudies, emptyOn side: TrimAndFill.Side) {
    self.studies = studies
    let sign: Double = side == .left ? 1 : -1
    self.sign = sign
    // A stable sort: equal effects stay in the order of the input.
    order = studies.yi.indices.sorted { i, j in
      let (a, b) = (sign * studies.yi[i], sign * studies.yi[j])
      return a == b ? i < j : a < b
    }
  }

  /// The ranks about the pool of all but the `count` largest.
  func deviations(trimming count: Int) throws(FitError) -> State {
    let kept = order.dropLast(count)
    var model = studies.model
    model.inference = .normal
    model.prediction = .none
    model.tauSquaredInterval = nil
    let fit = try model.fit(yi: kept.map { sign * studies.yi[$0] }, vi: kept.map { studies.vi[$0] })
    let centre = fit.coefficients[0].value
    let deviations = order.map { sign * studies.yi[$0] - centre }
    let byDistance = deviations.indices.sorted { i, j in
      let (a, b) = (abs(deviations[i]), abs(deviations[j]))
      return a == b ? i < j : a < b
    }
    var ranks = [Int](repeating: 0, count: deviations.count)
    for (rank, i) in byDistance.enumerated() {
      ranks[i] = (rank + 1) * (deviations[i] > 0 ? 1 : deviations[i] < 0 ? -1 : 0)
    }
    return State(centre: centre, ranks: ranks)
  }

  /// The mirror images of the `count` largest, outward.
  func mirrored(_ count: Int, about centre: Double) -> [TrimAndFill.Filled] {
    order.suffix(count).map { i in
      TrimAndFill.Filled(mirrored: i, yi: sign * (2 * centre - sign * studies.yi[i]), vi: studies.vi[i])
    }
  }
}

extension TrimAndFill.Estimator {
  /// The estimate of k₀ before rounding; `NaN` where it does not exist.
  ///
  /// With k studies, T the sum of the positive ranks and γ the run of positive ranks at the end: R0 = γ − 1,
  /// L0 = (4T − k(k + 1))/(2k − 1), Q0 = k − ½ − √(2k² − 4T + ¼). Source: Duval and Tweedie (2000b), section 3.
  func estimate(_ state: SignedRanks.State, count: Int) -> Double {
    let k = Double(count)
    let t = Double(state.ranks.filter { $0 > 0 }.reduce(0, +))
    switch self {
    case .l0: return (4 * t - k * (k + 1)) / (2 * k - 1)
    case .r0: return Double(count + (state.ranks.min().map { min($0, 0) } ?? 0) - 1)
    case .q0:
      let square = 2 * k * k - 4 * t + 0.25
      return square >= 0 ? k - 0.5 - square.squareRoot() : .nan
    }
  }

  /// The estimate rounded half to even and not below 0.
  func rounded(_ estimate: Double, count: Int) throws(FitError) -> Int {
    let rounded = max(estimate, 0).rounded(.toNearestOrEven)
    guard estimate.isFinite, rounded < Double(count) else {
      throw .notEstimable(
        what: "the number of missing studies by \(rawValue)", hint: "try another estimator, such as L0")
    }
    return Int(rounded)
  }

  /// Standard error of the estimate before rounding. Source: Duval and Tweedie (2000a), section 3; (2000b), section 3.
  func standardError(_ k0: Double, count: Int) -> Double {
    let k = Double(count)
    if self == .r0 { return (2 * max(0, k0) + 2).squareRoot() }
    var v = k * (k + 1) * (2 * k + 1) + 10 * k0 * k0 * k0 + 27 * k0 * k0 + 17 * k0
    v += 6 * k * k * k0 - 18 * k * k0 * k0 - 18 * k * k0
    let rankSum = truncatedAtZero(v / 24).squareRoot()
    if self == .l0 { return 4 * rankSum / (2 * k - 1) }
    return 2 * rankSum / ((k - 0.5) * (k - 0.5) - k0 * (2 * k - k0 - 1)).squareRoot()
  }
}
