import Plots

/// Analyses in steps, drawn as forest plots.
extension FigureRecipe {
  /// Pooled results as studies come in.
  static let cumulative = FigureRecipe(
    kind: ForestInput.Sequence.cumulative.rawValue, "pooled results as studies come in, in the order of --order",
    options: [.order]
  ) { request throws(EvidenceError) in try steps(.cumulative, request) }

  /// Pooled results without each study in turn.
  static let leaveOneOut = FigureRecipe(
    kind: ForestInput.Sequence.leaveOneOut.rawValue, "pooled results without each study in turn", options: [.order]
  ) { request throws(EvidenceError) in try steps(.leaveOneOut, request) }

  private static func steps(
    _ sequence: ForestInput.Sequence, _ request: FigureRequest
  ) throws(EvidenceError) -> FigureRun {
    var forest = ForestRequest(pool: request.pool)
    forest.sequence = sequence
    forest.title = request.title
    if let order = request.order { forest.sort = order }
    return FigureRun(try ForestRun(forest))
  }
}
