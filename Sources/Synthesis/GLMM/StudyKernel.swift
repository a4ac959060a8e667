/// One study's log-likelihood at an intercept α and an effect θ, with its first and second derivatives.
struct KernelValue {
  /// Log-likelihood up to a constant of the data.
  var value: Double
  /// ∂/∂α, ∂/∂θ.
  var a, t: Double
  /// ∂²/∂α², ∂²/∂α∂θ, ∂²/∂θ² (none is positive on the diagonal: the log-likelihood is concave).
  var aa, at, tt: Double
}

/// Where a study's log-likelihood has its maximum over θ (and α).
enum KernelExtreme {
  /// At a finite θ, at θ → −∞, at θ → +∞.
  case interior, lower, upper
}

/// The studies' likelihoods given their effects θᵢ: what distinguishes one mixed model from another.
///
/// A kernel without study intercepts ignores α and reports zero for its derivatives.
protocol StudyKernel: Sendable {
  /// Number of studies.
  var count: Int { get }
  /// Whether each study has an intercept of its own that is estimated.
  static var hasIntercepts: Bool { get }
  /// Log-likelihood and derivatives of study i.
  func evaluate(_ i: Int, alpha: Double, theta: Double) -> KernelValue
  /// A starting value for study i's intercept.
  func startingIntercept(_ i: Int) -> Double
  /// A starting value for the mean effect.
  var startingEffect: Double { get }
  /// On which side study i's likelihood has its maximum.
  func extreme(_ i: Int) -> KernelExtreme
  /// Supremum of study i's `value` over θ and α.
  func saturated(_ i: Int) -> Double
  /// What the sum of `value` lacks to be the log-probability of the data.
  var constant: Double { get }
}

extension StudyKernel {
  static var hasIntercepts: Bool { false }
  func startingIntercept(_ i: Int) -> Double { 0 }
  /// Supremum of the log-likelihood of all studies.
  var saturated: Double { (0..<count).reduce(0) { $0 + saturated($1) } }
  var startingEffect: Double { 0 }
}
