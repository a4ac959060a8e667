import EffectSizes

/// Names under which other software and papers keep the columns that a role needs.
///
/// Names are compared after `normalized`: lower case, without `. _ -` and blanks.
enum ColumnNames {
  /// A name as names are compared.
  static func normalized(_ name: String) -> String {
    String(name.lowercased().filter { !"._- ".contains($0) })
  }

  /// Sets of names that only mean something together, such as `Ne Me Se Nc Mc Sc` where Se is an SD.
  static let patterns: [[Role: String]] = [
    [.ai: "ee", .n1i: "ne", .ci: "ec", .n2i: "nc"],
    [.m1i: "me", .sd1i: "se", .n1i: "ne", .m2i: "mc", .sd2i: "sc", .n2i: "nc"],
    [.ai: "r1", .n1i: "n1", .ci: "r2", .n2i: "n2"],
    [.ai: "d1", .n1i: "n1", .ci: "d2", .n2i: "n2"],
    [.m1i: "y1", .sd1i: "sd1", .n1i: "n1", .m2i: "y2", .sd2i: "sd2", .n2i: "n2"],
    [.ai: "tp", .bi: "fp", .ci: "fn", .di: "tn"],
  ]

  /// Usual names of a role in a form with these roles (some role names mean different things in different families).
  static func synonyms(of role: Role, in form: [Role]) -> [String] {
    switch role {
    case .di where !form.contains(.bi): ["d", "g", "smd", "cohend", "hedgesg"]
    case .ti where form.contains(.xi): ["time", "ptime", "persontime", "py", "pyears", "persyears"]
    case .ti: ["t", "tval", "tvalue", "tstat", "tstatistic"]
    case .mi where form.contains(.sdi): ["mean", "m"]
    case .mi where form.contains(.xi): ["noevents", "nonevents", "failures"]
    case .mi: ["preds", "predictors", "items", "nitems"]
    case .ni where form.contains(.sdi): ["n", "size", "samplesize"]
    case .ri where form.contains(.sd1i): ["r", "cor", "corr", "prepostr"]
    default: common[role] ?? []
    }
  }

  private static let common: [Role: [String]] = [
    .ai: [
      "evente", "eventse", "evexp", "tpos", "events1", "experimentalcases", "experimentalevents", "casest",
      "eventtreat", "eventstreat", "eventst", "eventstreatment", "eventsmbt", "xt", "xti", "n11", "caseexp", "event1",
    ],
    .bi: ["noeventtreat", "tneg", "n12", "nft", "nonevents1", "noeventse"],
    .ci: [
      "eventc", "eventsc", "evcont", "cpos", "events2", "controlcases", "controlevents", "casesc", "eventctrl",
      "eventsctrl", "eventscontrol", "xc", "xci", "n21", "casecont", "event2",
    ],
    .di: ["noeventctrl", "cneg", "n22", "nfc", "nonevents2", "noeventsc"],
    .n1i: [
      "ne", "nexp", "nt", "nti", "nei", "n1", "total1", "experimentaln", "ntreat", "totalt", "nmbt", "totale",
      "ntreatment", "experimentaltotal",
    ],
    .n2i: [
      "nc", "ncont", "nci", "n2", "total2", "controln", "nctrl", "totalc", "ncontrol", "controltotal",
    ],
    .x1i: ["evente", "events1", "eventse", "x1", "r1", "d1"],
    .x2i: ["eventc", "events2", "eventsc", "x2", "r2", "d2"],
    .t1i: ["timee", "t1", "time1", "py1", "pyearse", "pyears1", "perstime1"],
    .t2i: ["timec", "t2", "time2", "py2", "pyearsc", "pyears2", "perstime2"],
    .m1i: ["meane", "mean1", "meant", "mt", "mti", "experimentalmean", "meantreat", "meanmbt", "meanexp"],
    .sd1i: ["sde", "sd1", "sdt", "sdti", "experimentalsd", "sdtreat", "sdmbt", "sdexp"],
    .m2i: ["meanc", "mean2", "mc", "mci", "controlmean", "meanctrl", "meancontrol", "meancont"],
    .sd2i: ["sdc", "sd2", "sdci", "controlsd", "sdctrl", "sdcontrol", "sdcont"],
    .pi: ["p", "pval", "pvalue"],
    .fi: ["f", "fval", "fvalue", "fstat"],
    .ri: ["r", "cor", "corr", "correlation"],
    .r2i: ["r2", "rsq", "rsquared"],
    .ni: ["n", "total", "ntotal", "size", "samplesize"],
    .xi: ["event", "events", "cases", "x"],
    .sdi: ["sd"],
    .yi: [
      "te", "es", "effect", "estimate", "beta", "logor", "lnor", "logrr", "lnrr", "loghr", "lnhr", "givmean", "metaes",
      "effectsize",
    ],
    .vi: ["v", "var", "variance", "samplingvariance"],
    .sei: ["se", "sete", "stderr", "selogor", "seloghr", "givse", "sees", "metase", "standarderror"],
  ]
}
