import EffectSizes
import Synthesis
import TableIO

extension DiagnoseText {
  /// What leaving several studies out at a time does.
  var leaveOut: [String] {
    guard let result = report.leaveOut, let ends = result.extremes else { return [] }
    let count = result.combinations.taken
    let which = result.combinations.isAll ? "all \(result.rows.count)" : "\(result.rows.count) random"
    var lines = ["Without \(count) \(count == 1 ? "study" : "studies") at a time (\(which) combinations)"]
    for (name, place) in [("smallest", ends.low), ("largest", ends.high)] {
      let row = result.rows[place]
      let left = result.combinations.at(place).map { labels[$0] }.joined(separator: ", ")
      lines.append(
        "  \(name) estimate \(format.number(back.function(row.estimate))) "
          + "\(format.interval(back.function(row.lower), back.function(row.upper))), without \(left)")
    }
    if report.studies.measure.hasNullEffect {
      lines.append("  the interval excludes no effect in \(result.significantCount) of \(result.rows.count)")
    }
    return lines
  }

  /// Groups of subsets, and the studies that mark them.
  var clusters: [String] {
    guard let found = report.clusters, found.clusters.count > 1 else { return [] }
    return [
      "  \(found.clusters.count) groups of subsets are suggested (mean silhouette \(format.number(found.silhouette)))"
    ]
      + found.clusters.map { cluster in
        let marks = labels.indices.filter { abs(cluster.excess[$0]) > SubsetClusters.notableExcess }
          .map { (cluster.excess[$0] > 0 ? "with " : "without ") + labels[$0] }
        return "    \(cluster.count) subsets: mean estimate \(format.number(back.function(cluster.estimate))), "
          + "mean I² \(format.percent(100 * cluster.iSquared))"
          + (marks.isEmpty ? "" : "; mostly " + marks.joined(separator: ", "))
      }
  }

  /// Residuals outside the envelope.
  var quantiles: [String] {
    guard let found = report.quantiles else { return [] }
    let outside = found.rows.filter { $0.residual < $0.lower || $0.residual > $0.upper }.map { labels[$0.study] }
    return [
      "Residuals against normal quantiles: \(outside.count) of \(found.rows.count) outside the \(level)% envelope"
        + (outside.isEmpty ? "" : ": " + outside.joined(separator: ", "))
    ]
  }
}
