/// The computation behind a route to one measure.
struct Bridge: Sendable {
  /// Code of the measure that carries the route, when it is not the one wanted.
  let carrier: String?
  let assumptions: [String]
  let estimate: @Sendable (ReportedColumns, [Int], RouteSettings) throws(EffectSizeError) -> [RouteResult]

  /// Through a measure of escalc, from columns of some roles.
  ///
  /// The variance type asked for is passed on when the carrying measure has it.
  init(
    _ carrier: Measure, for target: Measure, roles: [Role], assumptions: [String] = [],
    prepare: @escaping @Sendable (inout StudyColumns, ReportedColumns, [Int]) -> Void = { _, _, _ in },
    finish: @escaping @Sendable (Effect, ReportedColumns, Int) -> Effect = { effect, _, _ in effect }
  ) {
    self.carrier = carrier.code == target.code ? nil : carrier.code
    self.assumptions = [carrier.assumptions] + assumptions
    estimate = { columns, rows, settings throws(EffectSizeError) in
      var studies = columns.studies(roles, rows)
      prepare(&studies, columns, rows)
      var options = settings.options
      if let vtype = options.vtype, !carrier.varianceTypes.contains(where: { $0.rawValue == vtype.uppercased() }) {
        options.vtype = nil
      }
      let effects = try carrier.estimate(studies, options)
      return effects.results(count: rows.count).enumerated().map { position, result in
        result.map { finish($0, columns, rows[position]) }
      }
    }
  }

  /// Row by row, without a measure of escalc.
  init(
    assumptions: [String],
    estimate: @escaping @Sendable (ReportedColumns, Int, RouteSettings) throws(ConversionProblem) -> Effect
  ) {
    carrier = nil
    self.assumptions = assumptions
    self.estimate = { columns, rows, settings throws(EffectSizeError) in
      rows.map { row in
        do throws(ConversionProblem) {
          let effect = try estimate(columns, row, settings)
          return RouteResult.estimate(yi: effect.yi, vi: effect.vi, size: .nan).map { $0 }
        } catch { return .problem(error) }
      }
    }
  }
}

extension EffectColumns {
  /// The estimates and problems, row by row.
  fileprivate func results(count: Int) -> [RouteResult] {
    var results = (0..<count).map { row in
      RouteResult.estimate(yi: yi[row], vi: vi[row], size: sizes.isEmpty ? .nan : sizes[row])
    }
    for problem in problems { results[problem.index] = .problem(ConversionProblem(problem.kind)) }
    return results
  }
}
