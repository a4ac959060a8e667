/// A way from what a row reports to the estimate of a measure.
public struct ConversionRoute: Sendable {
  /// What it starts from, in words.
  public let name: String
  /// What a row must fill.
  public let words: [ReportedWord]
  /// Words that are read when they are there.
  let optional: [ReportedWord]
  /// Where it is published.
  public let source: String
  /// The way to a measure, `nil` when the route does not lead there.
  let bridge: @Sendable (Measure) -> Bridge?

  init(
    _ name: String, _ words: [ReportedWord], optional: [ReportedWord] = [], source: String,
    bridge: @escaping @Sendable (Measure) -> Bridge?
  ) {
    self.name = name
    self.words = words
    self.optional = optional
    self.source = source
    self.bridge = bridge
  }

  /// The routes to a measure in the order in which they are tried: raw data first (counts; means with what stands for
  /// their deviations, medians last), then a given d, t, F, p and r of two groups, the measure's own columns, r with the
  /// total size, and printed estimates with their precision.
  public static func leading(to measure: Measure) -> [PlannedRoute] {
    (counts + means + groupStatistics + ownColumns(of: measure) + [correlationWithTotal] + printedRatios
      + printedDifferences + [logRank])
      .compactMap { route in route.bridge(measure).map { PlannedRoute(route: route, bridge: $0) } }
  }
}

/// A route with its way to the measure that is wanted.
public struct PlannedRoute: Sendable {
  /// The route.
  public let route: ConversionRoute
  let bridge: Bridge

  /// Name of the route, with the measure that carries it where that is not the one wanted.
  public var name: String { bridge.carrier.map { "\(route.name) → \($0)" } ?? route.name }
  /// What the way takes for granted.
  public var assumptions: [String] { bridge.assumptions }
  /// The words it reads.
  public var words: [ReportedWord] { route.words + route.optional }

  /// Estimates of some rows, each with its variance or with the reason why there is none.
  /// - Throws: `EffectSizeError` for options that the measure does not have.
  public func estimates(
    _ columns: ReportedColumns, rows: [Int], _ settings: RouteSettings
  ) throws(EffectSizeError) -> [RouteResult] {
    try bridge.estimate(columns, rows, settings)
  }
}

/// How the estimates of a route are computed.
public struct RouteSettings: Sendable {
  /// Options of the measure.
  public let options: EffectOptions
  /// Level of the printed intervals.
  public let level: Double
  /// Normal quantile of that level.
  public let critical: Double

  /// Settings for a measure's options, the level of the printed intervals and its normal quantile.
  public init(options: EffectOptions, level: Double = 0.95, critical: Double) {
    self.options = options
    self.level = level
    self.critical = critical
  }
}

/// What a route makes of a row.
public enum RouteResult: Sendable {
  /// The estimate, its variance, and the row's size where a back-transformation needs it.
  case estimate(yi: Double, vi: Double, size: Double)
  /// Why there is none.
  case problem(ConversionProblem)

  /// The same after a change of the estimate and its variance.
  func map(_ change: (Effect) -> Effect) -> RouteResult {
    guard case .estimate(let yi, let vi, let size) = self else { return self }
    let effect = change(Effect(yi: yi, vi: vi))
    guard effect.isDefined else { return .problem(.notEstimable("undefined for these values")) }
    return .estimate(yi: effect.yi, vi: effect.vi, size: size)
  }
}
