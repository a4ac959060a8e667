import Synthesis

extension PoolAnalysis {
  /// Fits each level of the grouping column, or all with one τ², and tests their differences.
  mutating func fitSubgroups(_ pooler: Pooler, _ groups: [String], _ weights: [Double]?) throws(EvidenceError) {
    do throws(FitError) {
      if case .inverseVariance(let method) = request.method {
        let analysis = try pooler.model(method).fitSubgroups(
          yi: studies.yi, vi: studies.vi, groups: groups, weights: weights, commonTauSquared: request.commonTauSquared)
        subgroups = analysis.subgroups
        subgroupTest = analysis.test
        subgroupNotes = analysis.notes
        return
      }
      if request.commonTauSquared {
        throw .invalidSpecification(
          "--common-tau2 is not available with --method \(request.methodCode), which has no tau²")
      }
      var order = [String]()
      for name in groups where !order.contains(name) { order.append(name) }
      for name in order {
        let rows = groups.indices.filter { groups[$0] == name }
        subgroups.append(Subgroup(name: name, rows: rows, fit: try pooler.fitCounts(studies.selecting(rows).counts)))
      }
      subgroupTest = try SubgroupTest.between(subgroups.map(\.fit))
    } catch { throw EvidenceError(error) }
  }
}
