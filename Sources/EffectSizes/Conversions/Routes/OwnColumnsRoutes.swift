extension ConversionRoute {
  /// From the columns that define the measure, a route for each of its forms; two groups have routes of their own.
  static func ownColumns(of measure: Measure) -> [ConversionRoute] {
    guard measure.family != .twoByTwo else { return [] }
    return measure.forms.filter { !hasRoute($0, measure) }.map { form in
      let optional = form.optional.filter { !form.roles.contains($0) }
      let name = form.roles.map(\.rawValue).joined(separator: ", ")
      return ConversionRoute(
        name, form.roles.map { ReportedWord($0) }, optional: optional.map { ReportedWord($0) }, source: measure.source
      ) { target in Bridge(target, for: target, roles: form.roles + optional) }
    }
  }

  /// Whether the routes of means and of group statistics cover a form.
  private static func hasRoute(_ form: InputForm, _ measure: Measure) -> Bool {
    guard measure.family == .means else { return false }
    return form.roles.contains(.m1i) || [.di, .ti, .pi, .ri].contains { form.roles == [$0, .n1i, .n2i] }
  }
}
