import NumericCore

/// Roots of functions that may throw, by the bracketing search of NumericCore.
enum BracketedRoot {
  /// Doublings or halvings after which a bracket is given up: more than the range of a double.
  private static let limit = 2200

  /// The root above 0 of an increasing function, looked for from a positive start by doubling and halving.
  static func expanding(
    from start: Double, what: String, _ f: (Double) throws(FitError) -> Double
  ) throws(FitError) -> Double {
    var near = start
    let atStart = try f(start)
    if atStart == 0 { return start }
    let factor = atStart < 0 ? 2.0 : 0.5
    for _ in 0..<limit {
      let far = near * factor
      let value = try f(far)
      guard value.isFinite, far.isFinite, far > 0 else { break }
      if value == 0 { return far }
      if (value < 0) != (atStart < 0) { return try within(near, far, what: what, f) }
      near = far
    }
    throw failure(what, iterations: limit, residual: atStart)
  }

  /// The root between two points of opposite sign.
  static func within(
    _ a: Double, _ b: Double, what: String, _ f: (Double) throws(FitError) -> Double
  ) throws(FitError) -> Double {
    var reason: FitError?
    let search: RootResult?
    do {
      search = try RootFinder.root(in: Bracket(a, b)) { x in
        do throws(FitError) { return try f(x) } catch {
          reason = error
          return .nan
        }
      }
    } catch { search = nil }
    if let search, search.converged { return search.value }
    throw reason ?? failure(what, iterations: search?.iterations ?? 0, residual: search?.residual ?? .nan)
  }

  private static func failure(_ what: String, iterations: Int, residual: Double) -> FitError {
    .notConverged(
      what: what,
      convergence: Convergence(
        method: "bracketed root", iterations: iterations, converged: false, residual: residual),
      hint: "look for values that are wrong by orders of magnitude")
  }
}
