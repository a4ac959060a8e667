extension ConversionRoute {
  /// From means, standard deviations and sizes of two groups, or from what stands for a group's mean and deviation: every
  /// measure of means, or log OR and r by way of d. A route for each pair of sources, the best first.
  static let means: [ConversionRoute] = {
    let sources = GroupSource.all
    let pairs = sources.indices.flatMap { first in sources.indices.map { (first, $0) } }
    return pairs.sorted { ($0.0 + $0.1, $0.0) < ($1.0 + $1.1, $1.0) }.map { means(sources[$0.0], sources[$0.1]) }
  }()

  private static let summaries: [Role] = [.m1i, .sd1i, .n1i, .m2i, .sd2i, .n2i]

  private static func means(_ first: GroupSource, _ second: GroupSource) -> ConversionRoute {
    let groups: [(source: GroupSource, group: ReportedWord.Group)] = [(first, .first), (second, .second)]
    let isPlain = first.assumption == nil && second.assumption == nil
    return ConversionRoute(
      name(first, second), groups.flatMap { $0.source.words($0.group) + [$0.group.size] },
      optional: groups.flatMap { $0.source.optional($0.group) },
      source: isPlain
        ? "Hasselblad and Hedges (1995), Psychological Bulletin 117, 167; Tate (1954)"
        : first.assumption == nil ? second.source : first.source
    ) { target in
      guard let carrier = carrier(of: target) else { return nil }
      guard !isPlain else { return Bridge(carrier, for: target, roles: summaries) }
      var assumptions: [String] = []
      for assumption in groups.compactMap(\.source.assumption) where !assumptions.contains(assumption) {
        assumptions.append(assumption)
      }
      return Bridge(carrier, for: target, assumptions: assumptions) {
        columns, row, settings throws(ConversionProblem) in
        var values: [Role: Double] = [:]
        for (place, roles) in zip(groups, [[Role.m1i, .sd1i, .n1i], [.m2i, .sd2i, .n2i]]) {
          let summary = try place.source.summary(columns, row, place.group, settings.level)
          for (role, value) in zip(roles, [summary.mean, summary.deviation, summary.size]) { values[role] = value }
        }
        return values
      }
    }
  }

  private static func name(_ first: GroupSource, _ second: GroupSource) -> String {
    if first.name != second.name { return "group 1: \(first.name); group 2: \(second.name)" }
    return first.words(.first).contains(ReportedWord.Group.first.mean) ? "means and \(first.name)" : first.name
  }

  /// The measure that two groups' means are turned into on the way to a target.
  private static func carrier(of target: Measure) -> Measure? {
    if target.family == .means, target.forms.contains(where: { $0.roles.contains(.m1i) }) { return target }
    return standardizedCarrier(of: target)
  }

  /// The measure of a standardised difference that leads to a target: itself, D2ORL for OR, RPB for COR, ZPB for ZCOR.
  static func standardizedCarrier(of target: Measure) -> Measure? {
    if target.forms.contains(where: { $0.roles == [.di, .n1i, .n2i] }) { return target }
    switch target.code {
    case "OR": return .smdToOddsRatioLogistic
    case "COR": return .pointBiserial
    case "ZCOR": return .zPointBiserial
    default: return nil
    }
  }
}
