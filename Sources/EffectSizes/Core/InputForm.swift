/// A set of columns from which a measure can be computed.
public struct InputForm: Sendable, Equatable {
  /// The columns that must be there.
  public let roles: [Role]
  /// Columns that are read when they are there.
  public let optional: [Role]

  /// A form needing `roles` and reading `optional` when present.
  public init(_ roles: [Role], optional: [Role] = []) {
    self.roles = roles
    self.optional = optional
  }
}

extension [InputForm] {
  /// Cells, or events and totals, of a table of two groups by two outcomes; what is given in both ways is checked.
  static let twoByTwo = [
    InputForm([.ai, .bi, .ci, .di], optional: [.n1i, .n2i]), InputForm([.ai, .n1i, .ci, .n2i], optional: [.bi, .di]),
  ]
  /// Means, standard deviations and sizes of two groups.
  static let twoMeans = [InputForm([.m1i, .sd1i, .n1i, .m2i, .sd2i, .n2i])]
  /// Two-group means, or the group sizes with a standardised difference, a t, a point-biserial r or a signed p.
  static let standardized =
    twoMeans
    + [Role.di, .ti, .ri, .pi].map { given in
      InputForm([given, .n1i, .n2i], optional: [.di, .ti, .ri, .pi].filter { $0 != given })
    }
}
