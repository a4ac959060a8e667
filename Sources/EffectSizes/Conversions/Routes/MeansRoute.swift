extension ConversionRoute {
  /// From means, standard deviations and sizes of two groups: every measure of means, or log OR and r by way of d.
  static let means: ConversionRoute = {
    let roles: [Role] = [.m1i, .sd1i, .n1i, .m2i, .sd2i, .n2i]
    return ConversionRoute(
      "means and standard deviations", roles.map { ReportedWord($0) },
      source: "Hasselblad and Hedges (1995), Psychological Bulletin 117, 167; Tate (1954)"
    ) { target in carrier(of: target).map { Bridge($0, for: target, roles: roles) } }
  }()

  /// From means and their standard errors: as from standard deviations, SD = se √n.
  static let meansWithErrors: ConversionRoute = {
    let roles: [Role] = [.m1i, .n1i, .m2i, .n2i]
    let words = roles.map { ReportedWord($0) } + [.firstError, .secondError]
    return ConversionRoute(
      "means and standard errors", words,
      source: "Cochrane Handbook for Systematic Reviews of Interventions, 6.5.2.2"
    ) { target in
      carrier(of: target).map { carrier in
        Bridge(
          carrier, for: target, roles: roles,
          assumptions: ["se1i and se2i are standard errors of the groups' means (SD = se sqrt(n))"]
        ) { studies, columns, rows in
          for (deviation, error, size) in [(Role.sd1i, ReportedWord.firstError, Role.n1i), (.sd2i, .secondError, .n2i)]
          {
            studies[deviation] = rows.map { row in
              columns.value(error, row) * columns.value(ReportedWord(size), row).squareRoot()
            }
          }
        }
      }
    }
  }()

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
