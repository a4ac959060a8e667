/// How an iterative routine ended: part of every result that was iterated for.
public struct Convergence: Sendable, Equatable {
  /// The routine, such as "REML, bracketed Newton" or "closed form".
  public var method: String
  /// Number of iterations; 0 for a closed form.
  public var iterations: Int
  /// Whether the stopping rule was met.
  public var converged: Bool
  /// What is left of the equation that was solved (score at the solution, bracket width), relative to its scale.
  public var residual: Double

  /// A record of an iteration.
  public init(method: String, iterations: Int, converged: Bool, residual: Double) {
    self.method = method
    self.iterations = iterations
    self.converged = converged
    self.residual = residual
  }

  /// The record of a result that needed no iteration.
  public static func closedForm(_ method: String) -> Convergence {
    Convergence(method: method, iterations: 0, converged: true, residual: 0)
  }
}
