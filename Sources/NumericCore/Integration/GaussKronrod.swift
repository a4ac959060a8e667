/// An integral, and how good it is.
public struct IntegralResult: Sendable, Equatable {
  /// The integral.
  public let value: Double
  /// Estimate of its absolute error, on the safe side as a rule.
  public let error: Double
  /// Number of evaluations of the integrand.
  public let evaluations: Int
  /// Whether the tolerance was met.
  public let converged: Bool
}

/// Adaptive integration with the 21-point Gauss–Kronrod rule, over finite and infinite ranges.
///
/// The interval with the largest error is halved until the sum of errors is within the tolerance. Infinite ranges are
/// mapped: `x = a ± t/(1−t)` for one infinite end, `x = t/(1−t²)` for two. Integrands may be singular at the ends,
/// where they are never evaluated. Source: Piessens et al. (1983), QUADPACK, routines QAG and QK21.
public enum GaussKronrod {
  /// When the subdivision ends.
  public struct Options: Sendable {
    /// The error allowed: the larger of `absolute` and `relative · |integral|`.
    public var relative = 1e-12
    /// See `relative`.
    public var absolute = 0.0
    /// Intervals allowed.
    public var intervals = 500

    /// The usual choices.
    public init() {}
  }

  /// `∫ f` from `lower` to `upper`, either of which may be infinite.
  ///
  /// Throws `badBounds` for NaN, `notFinite` when f is not finite somewhere.
  public static func integrate(
    from lower: Double, to upper: Double, options: Options = Options(), _ f: (Double) -> Double
  ) throws(IntegrationError) -> IntegralResult {
    guard !lower.isNaN, !upper.isNaN else { throw .badBounds(lower: lower, upper: upper) }
    if lower == upper { return IntegralResult(value: 0, error: 0, evaluations: 0, converged: true) }
    if lower > upper {
      let result = try integrate(from: upper, to: lower, options: options, f)
      return IntegralResult(
        value: -result.value, error: result.error, evaluations: result.evaluations, converged: result.converged)
    }
    switch (lower.isFinite, upper.isFinite) {
    case (true, true):
      return try adapt(lower, upper, options) { t in
        (t, 1)
      } evaluating: {
        f($0)
      }
    case (true, false):
      return try adapt(0, 1, options) { t in
        (lower + t / (1 - t), 1 / ((1 - t) * (1 - t)))
      } evaluating: {
        f($0)
      }
    case (false, true):
      return try adapt(0, 1, options) { t in
        (upper - t / (1 - t), 1 / ((1 - t) * (1 - t)))
      } evaluating: {
        f($0)
      }
    case (false, false):
      return try adapt(-1, 1, options) { t in
        let rest = (1 - t) * (1 + t)
        return (t / rest, (1 + t * t) / (rest * rest))
      } evaluating: {
        f($0)
      }
    }
  }

  /// An interval of the mapped variable with its integral and error.
  private struct Piece {
    var lower, upper, value, error: Double
  }

  /// The point x for t, and dx/dt.
  private typealias Map = (Double) -> (x: Double, rate: Double)

  private static func adapt(
    _ lower: Double, _ upper: Double, _ options: Options, map: Map, evaluating f: (Double) -> Double
  ) throws(IntegrationError) -> IntegralResult {
    var pieces = [try rule(lower, upper, map, f)]
    while true {
      var (value, error) = (CompensatedSum(), 0.0)
      var worst = 0
      for (i, piece) in pieces.enumerated() {
        value.add(piece.value)
        error += piece.error
        if piece.error > pieces[worst].error { worst = i }
      }
      let evaluations = 21 * (2 * pieces.count - 1)
      let allowed = max(options.absolute, options.relative * abs(value.value))
      let piece = pieces[worst]
      let middle = 0.5 * (piece.lower + piece.upper)
      let isTooNarrow = !(middle > piece.lower && middle < piece.upper)
      if error <= allowed || pieces.count >= options.intervals || isTooNarrow {
        return IntegralResult(
          value: value.value, error: error, evaluations: evaluations, converged: error <= allowed)
      }
      pieces[worst] = try rule(piece.lower, middle, map, f)
      pieces.append(try rule(middle, piece.upper, map, f))
    }
  }

  /// The 21-point rule with QUADPACK's error estimate.
  private static func rule(
    _ lower: Double, _ upper: Double, _ map: Map, _ f: (Double) -> Double
  ) throws(IntegrationError) -> Piece {
    let (center, half) = (0.5 * (lower + upper), 0.5 * (upper - lower))
    var values = [Double](repeating: 0, count: 21)
    for i in 0..<21 {
      let place = i <= 10 ? -nodes[i] : nodes[20 - i]
      let (x, rate) = map(center + half * place)
      let value = f(x)
      // Where the map overflows, an integrand that has vanished stays zero.
      values[i] = value == 0 ? 0 : value * rate
      guard values[i].isFinite else { throw .notFinite(at: x) }
    }
    var (kronrod, gauss, absolute) = (0.0, 0.0, 0.0)
    for i in 0..<21 {
      let j = min(i, 20 - i)
      kronrod += weights[j] * values[i]
      absolute += weights[j] * abs(values[i])
      if j % 2 == 1 { gauss += gaussWeights[j / 2] * values[i] }
    }
    var spread = 0.0
    for i in 0..<21 { spread += weights[min(i, 20 - i)] * abs(values[i] - 0.5 * kronrod) }
    var error = abs(kronrod - gauss) * half
    let scale = spread * half
    if scale != 0, error != 0 {
      let ratio = 200 * error / scale
      error = scale * min(1, ratio * ratio.squareRoot())
    }
    // No better than rounding allows.
    error = max(error, 2.2e-15 * absolute * half)
    return Piece(lower: lower, upper: upper, value: kronrod * half, error: error)
  }

  /// Nodes on [0, 1], descending; those at odd places are the 10-point Gauss nodes.
  private static let nodes: [Double] = [
    0.995657163025808080735527280689003, 0.973906528517171720077964012084452, 0.930157491355708226001207180059508,
    0.865063366688984510732096688423493, 0.780817726586416897063717578345042, 0.679409568299024406234327365114874,
    0.562757134668604683339000099272694, 0.433395394129247190799265943165784, 0.294392862701460198131126602103866,
    0.148874338981631210884826001129720, 0,
  ]
  private static let weights: [Double] = [
    0.011694638867371874278064396062192, 0.032558162307964727478818972459390, 0.054755896574351996031381300244580,
    0.075039674810919952767043140916190, 0.093125454583697605535065465083366, 0.109387158802297641899210590325805,
    0.123491976262065851077958109585166, 0.134709217311473325928054001771707, 0.142775938577060080797094273138717,
    0.147739104901338491374841515972068, 0.149445554002916905664936468389821,
  ]
  private static let gaussWeights: [Double] = [
    0.066671344308688137593568809893332, 0.149451349150580593145863397657697, 0.219086362515982043995534934228163,
    0.269266719309996355091226921569469, 0.295524224714752870173815619188769,
  ]
}
