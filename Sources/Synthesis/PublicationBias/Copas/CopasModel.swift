import NumericCore

/// Copas's selection model as a sensitivity analysis: the effect as selection by size grows, and the least selection that
/// explains the asymmetry of the funnel plot.
///
/// The model (see `CopasLikelihood`) is fitted over a grid of γ₀ and γ₁. Along the line from the corner without selection that
/// crosses the contours of equal effect at right angles (both axes scaled to one length), it is fitted anew where the line meets each
/// contour; the adjusted effect is the first, from the corner on, whose test for residual asymmetry has p > 0.1.
/// The grid runs from the degree of selection at which a study with the largest standard error is seen with probability
/// 0.4 and one with the smallest with probability 0.9, to one at which nearly all are seen: γ₀ up to 2, γ₁ from 0.
/// Sources: Copas and Shi (2000; 2001); Carpenter, Rücker and Schwarzer (2009), The R Journal 1/2, 31–36, for contours, line and
/// the rule p > 0.1. The ends of the grid are our choice; the adjusted effect moves little with them.
public struct CopasModel: Sendable {
  /// The side where studies are missing.
  public let side: TrimAndFill.Side
  /// The axes of the grid, and the effect at each γ₀ (outer) and γ₁ (inner).
  public let gamma0, gamma1: [Double]
  /// Effects over the grid.
  public let surface: [[Double]]
  /// Fits along the line, from no selection to more and more.
  public let path: [CopasFit]
  /// The place in the path of the adjusted effect; `nil` where no degree of selection explains the asymmetry.
  public let chosen: Int?

  /// The adjusted effect's fit.
  public var adjusted: CopasFit? { chosen.map { path[$0] } }

  /// Points of the grid along each axis.
  static let gridSize = 20
  /// P-values of residual asymmetry beyond this are taken for chance.
  static let residualLevel = 0.1
  private static let seenAtLargest = 0.4
  private static let seenAtSmallest = 0.9
  private static let largestGamma0 = 2.0

  /// Fits the model over the grid and along the line; without a side, it follows from Egger's regression.
  /// - Throws: `tooFewStudies` below 3; `rankDeficient` when all variances are equal; `notConverged`.
  public init(_ studies: BiasStudies, side: TrimAndFill.Side? = nil) throws(FitError) {
    try studies.require(3, "the Copas selection model")
    let sei = studies.sei
    let line = try WeightedRegression(
      y: studies.yi, on: sei, named: "sei", weights: studies.vi.map { 1 / $0 }, level: studies.model.level)
    let side = side ?? (line.coefficients[1].value > 0 ? .left : .right)
    let sign: Double = side == .left ? 1 : -1
    let problem = try CopasProblem(studies, sign: sign)
    self.side = side
    (gamma0, gamma1) = try CopasModel.axes(sei)
    let surface = try problem.surface(gamma0, gamma1).map { row in row.map { sign * $0 } }
    self.surface = surface
    var path = [CopasFit]()
    for place in CopasModel.places(CopasContours(surface: surface).lines) {
      path.append(
        try problem.fit(
          gamma0[0] + place.x * (CopasModel.largestGamma0 - gamma0[0]), place.y * gamma1[gamma1.count - 1],
          sign: sign, level: studies.model.level))
    }
    self.path = path
    chosen = path.firstIndex { $0.residualP > CopasModel.residualLevel }
  }

  /// The model at one degree of selection.
  /// - Throws: `tooFewStudies` below 3, `notConverged`.
  public static func fit(
    _ studies: BiasStudies, gamma0: Double, gamma1: Double, side: TrimAndFill.Side
  ) throws(FitError) -> CopasFit {
    try studies.require(3, "the Copas selection model")
    let sign: Double = side == .left ? 1 : -1
    return try CopasProblem(studies, sign: sign).fit(gamma0, gamma1, sign: sign, level: studies.model.level)
  }

  private static func axes(_ sei: [Double]) throws(FitError) -> ([Double], [Double]) {
    let (smallest, largest) = (sei.min() ?? .nan, sei.max() ?? .nan)
    let low = try ReferenceLaw.normal.quantile(seenAtLargest)
    let high = try ReferenceLaw.normal.quantile(seenAtSmallest)
    let top = (high - low) / (1 / smallest - 1 / largest)
    let start = low - top / largest
    let steps = (0..<gridSize).map { Double($0) / Double(gridSize - 1) }
    return (steps.map { start + $0 * (largestGamma0 - start) }, steps.map { $0 * top })
  }

  /// The corner without selection, then where the line through it at right angles to the contours meets them.
  private static func places(_ contours: [CopasContours.Line]) -> [(x: Double, y: Double)] {
    var places = [(x: 1.0, y: 1.0)]
    guard !contours.isEmpty else { return places }
    let slope = -Double(contours.count) / contours.reduce(0) { $0 + $1.slope }
    for contour in contours {
      let x = (1 - slope - contour.intercept) / (contour.slope - slope)
      let y = contour.intercept + contour.slope * x
      if (0..<1).contains(x), (0..<1).contains(y) { places.append((x, y)) }
    }
    return places.sorted { $0.x > $1.x }
  }
}
