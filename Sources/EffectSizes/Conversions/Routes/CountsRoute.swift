extension ConversionRoute {
  /// From the counts of two groups: the measure itself, or d and r by way of the log odds ratio.
  static let counts: [ConversionRoute] = [
    counts("events and group sizes", [.ai, .n1i, .ci, .n2i]), counts("cells of the table", [.ai, .bi, .ci, .di]),
  ]

  private static func counts(_ name: String, _ roles: [Role]) -> ConversionRoute {
    ConversionRoute(
      name, roles.map { ReportedWord($0) }, source: "Hasselblad and Hedges (1995), Psychological Bulletin 117, 167"
    ) { target in
      if target.family == .twoByTwo { return Bridge(target, for: target, roles: roles) }
      let carrier = Measure.oddsRatioToSMDLogistic
      switch target.code {
      case "SMD": return Bridge(carrier, for: target, roles: roles)
      case "COR", "ZCOR":
        return Bridge(carrier, for: target, roles: roles, assumptions: [differenceToCorrelation]) {
          effect, columns, row in
          let groups = GroupSizes(columns, row)
          let r = effect.correlation(n1: groups.first, n2: groups.second)
          return target.code == "COR" ? r : r.fisherZ
        }
      default: return nil
      }
    }
  }

  /// What the way from d to r takes for granted.
  static let differenceToCorrelation =
    "the groups are cut from a continuous variable that is correlated with the outcome (Borenstein et al. 2009, 7.7)"
}

/// Sizes of the two groups of a row, from totals or from cells; `NaN` where not given.
struct GroupSizes {
  let first, second: Double

  init(_ columns: ReportedColumns, _ row: Int) {
    let value = { (role: Role) in columns.value(ReportedWord(role), row) }
    first = value(.n1i).isNaN ? value(.ai) + value(.bi) : value(.n1i)
    second = value(.n2i).isNaN ? value(.ci) + value(.di) : value(.n2i)
  }
}
