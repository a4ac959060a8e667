import EffectSizes
import Testing

/// Columns of one row.
func reported(_ values: [String: Double]) throws -> ReportedColumns {
  var columns = ReportedColumns(count: 1)
  for (name, value) in values { columns[try #require(ReportedWord.named(name))] = [value] }
  return columns
}

/// The first route's estimate of a measure from one row.
func converted(_ code: String, _ values: [String: Double]) throws -> (yi: Double, vi: Double, route: String) {
  let columns = try reported(values)
  let measure = try #require(Measure.named(code))
  let settings = RouteSettings(options: EffectOptions(), critical: 1.959963984540054)
  for route in ConversionRoute.leading(to: measure) where columns.fills(route.route.words, 0) {
    if case .estimate(let yi, let vi, _) = try route.estimates(columns, rows: [0], settings)[0] {
      return (yi, vi, route.name)
    }
  }
  Issue.record("no route to \(code)")
  return (.nan, .nan, "")
}
