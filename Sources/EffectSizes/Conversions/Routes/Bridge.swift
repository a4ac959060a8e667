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
    finish: @escaping @Sendable (Effect, ReportedColumns, Int) -> Effect = { effect, _, _ in effect }
  ) {
    self.carrier = carrier.code == target.code ? nil : carrier.code
    self.assumptions = [carrier.assumptions] + assumptions
    estimate = { columns, rows, settings throws(EffectSizeError) in
      let effects = try carrier.estimate(columns.studies(roles, rows), settings.options(for: carrier))
      return effects.results(count: rows.count).enumerated().map { position, result in
        result.map { finish($0, columns, rows[position]) }
      }
    }
  }

  /// Through a measure of escalc, from values of its roles that each row gives in its own way.
  init(
    _ carrier: Measure, for target: Measure, assumptions: [String],
    values: @escaping @Sendable (ReportedColumns, Int, RouteSettings) throws(ConversionProblem) -> [Role: Double]
  ) {
    self.carrier = carrier.code == target.code ? nil : carrier.code
    self.assumptions = [carrier.assumptions] + assumptions
    estimate = { columns, rows, settings throws(EffectSizeError) in
      var results: [RouteResult?] = []
      var known: [[Role: Double]] = []
      for row in rows {
        do throws(ConversionProblem) {
          known.append(try values(columns, row, settings))
          results.append(nil)
        } catch { results.append(.problem(error)) }
      }
      var studies = StudyColumns(count: known.count)
      for role in known.first.map({ Array($0.keys) }) ?? [] { studies[role] = known.map { $0[role] ?? .nan } }
      let effects = try carrier.estimate(studies, settings.options(for: carrier)).results(count: known.count)
      var next = effects.makeIterator()
      return results.map { $0 ?? next.next() ?? .problem(.notEstimable("undefined for these values")) }
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

extension RouteSettings {
  /// The options as a carrying measure takes them: without a variance type that it does not have.
  fileprivate func options(for carrier: Measure) -> EffectOptions {
    var options = options
    if let vtype = options.vtype, !carrier.varianceTypes.contains(where: { $0.rawValue == vtype.uppercased() }) {
      options.vtype = nil
    }
    return options
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
