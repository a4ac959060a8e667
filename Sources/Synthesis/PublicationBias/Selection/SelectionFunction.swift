/// A smooth weight function of the p-value: how likely a study is to be seen, relative to the surest.
///
/// A function is a value; `SelectionFunction.all` is the only list. log w and its derivatives are given in closed form.
public struct SelectionFunction: Sendable {
  /// log w with first derivatives (δ₁, δ₂) and second ones (δ₁δ₁, δ₁δ₂, δ₂δ₂).
  struct Jet {
    var value: Double
    var first = SIMD2<Double>(0, 0)
    var second = SIMD3<Double>(0, 0, 0)
  }

  /// The word on the command line.
  public let name: String
  /// The formula.
  public let formula: String
  /// Values of δ without selection.
  public let null: [Double]
  /// Where p-values are held, since log w has no bound at 0 and 1, or because the function is truncated.
  private(set) var held: HeldPValues
  /// Where searches for the maximum begin.
  let starts: [[Double]]
  /// log w at p and q = 1 − p.
  let jet: @Sendable (_ p: Double, _ q: Double, _ delta: SIMD2<Double>) -> Jet

  /// Every smooth function, in the order of help pages.
  public static let all: [SelectionFunction] = [.beta, .halfNormal, .negativeExponential, .logistic, .power, .powerOfP]

  /// w = p^(δ₁ − 1) q^(δ₂ − 1). Source: Citkowicz and Vevea (2017).
  static let beta = SelectionFunction(
    name: "beta", formula: "p^(d1 - 1) (1 - p)^(d2 - 1)", null: [1, 1], held: HeldPValues(within: 1e-5),
    starts: [[1, 1], [0.6, 1], [1, 2], [0.8, 0.6]]
  ) { p, q, d in
    let (u, v) = (log(p), log(q))
    return Jet(value: (d[0] - 1) * u + (d[1] - 1) * v, first: [u, v])
  }

  /// The beta function truncated: p-values below the first of two are taken for it, and those above the second for that, so
  /// that the smallest and largest p-values do not drive the fit. Source: Viechtbauer (2024), metafor's manual (selmodel).
  /// - Throws: `invalidSpecification` unless 0 < low < high ≤ 1.
  public static func truncatedBeta(_ low: Double, _ high: Double) throws(FitError) -> SelectionFunction {
    guard low > 0, low < high, high <= 1 else {
      throw .invalidSpecification("beta is truncated at two p-values that rise from 0 to 1, got \(low) and \(high)")
    }
    var function = SelectionFunction.beta
    // 1 stays as far from the singularity as the plain function keeps.
    function.held = HeldPValues(low: low, high: min(high, function.held.high))
    return function
  }

  /// Where p-values are held when that is not the function's usual range.
  public var truncation: [Double]? {
    held.low > 1e-5 || (held.isBounded && held.high < 1 - 1e-5) ? [held.low, held.high] : nil
  }

  /// w = exp(−δp²). Source: Preston, Ashby and Smyth (2004).
  static let halfNormal = SelectionFunction(
    name: "halfnorm", formula: "exp(-d p^2)", null: [0], held: HeldPValues(within: 0), starts: [[0], [1], [6]]
  ) { p, _, d in Jet(value: -d[0] * p * p, first: [-p * p, 0]) }

  /// w = exp(−δp). Source: Preston, Ashby and Smyth (2004).
  static let negativeExponential = SelectionFunction(
    name: "negexp", formula: "exp(-d p)", null: [0], held: HeldPValues(within: 0), starts: [[0], [1], [6]]
  ) { p, _, d in Jet(value: -d[0] * p, first: [-p, 0]) }

  /// w = 2e^(−δp)/(1 + e^(−δp)). Source: Preston, Ashby and Smyth (2004).
  static let logistic = SelectionFunction(
    name: "logistic", formula: "2 exp(-d p) / (1 + exp(-d p))", null: [0], held: HeldPValues(within: 0),
    starts: [[0], [1], [6]]
  ) { p, _, d in
    let e = exp(-d[0] * p)
    return Jet(
      value: 0.6931471805599453 - d[0] * p - log1p(e), first: [-p / (1 + e), 0],
      second: [-p * p * e / ((1 + e) * (1 + e)), 0, 0])
  }

  /// w = q^δ. Source: the one-parameter form of the beta function.
  static let power = SelectionFunction(
    name: "power", formula: "(1 - p)^d", null: [0], held: HeldPValues(within: 1e-5), starts: [[0], [1], [4]]
  ) { _, q, d in
    let v = log(q)
    return Jet(value: d[0] * v, first: [v, 0])
  }

  /// w = exp(−δ₁p^(1/δ₂)). Source: Begg and Mazumdar (1994), section 4, who use it for simulation.
  static let powerOfP = SelectionFunction(
    name: "negexppow", formula: "exp(-d1 p^(1 / d2))", null: [0, 0], held: HeldPValues(within: 0),
    starts: [[0.5, 1], [2, 1], [1, 3], [1, 0.5]]
  ) { p, _, d in
    guard p > 0, d[1] > 0 else { return Jet(value: 0) }
    let u = log(p)
    let (r, t) = (1 / d[1], exp(u / d[1]))
    let slope = t * u * r * r
    return Jet(
      value: -d[0] * t, first: [-t, d[0] * slope], second: [0, slope, -d[0] * slope * r * (u * r + 2)])
  }
}
