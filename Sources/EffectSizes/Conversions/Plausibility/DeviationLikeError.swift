extension PlausibilityNote {
  /// A standard deviation that looks like a standard error: small against the column by a factor near √n.
  static let deviationLikeError = PlausibilityNote(name: "standard deviation like a standard error") { columns, row in
    for (deviation, size) in [(Role.sd1i, Role.n1i), (.sd2i, .n2i)] {
      let sd = columns.value(ReportedWord(deviation), row)
      let root = columns.value(ReportedWord(size), row).squareRoot()
      guard sd > 0, root >= 2.5, let typical = typicalDeviation(columns, besides: row) else { continue }
      let ratio = typical / sd
      if ratio > 2.5, ratio > 0.6 * root, ratio < root / 0.6 {
        return
          "\(deviation.rawValue) = \(plain(sd)) looks like a standard error: it is \(rounded(ratio)) times smaller than "
          + "the deviations of the other rows, and the square root of the group's size is \(rounded(root))"
      }
    }
    return nil
  }

  /// The median of the other rows' deviations, where at least three are given.
  private static func typicalDeviation(_ columns: ReportedColumns, besides row: Int) -> Double? {
    var values: [Double] = []
    for role in [Role.sd1i, .sd2i] {
      guard let column = columns[ReportedWord(role)] else { continue }
      for other in column.indices where other != row && column[other] > 0 { values.append(column[other]) }
    }
    guard values.count >= 3 else { return nil }
    values.sort()
    return values[values.count / 2]
  }

  /// One decimal, for a sentence.
  private static func rounded(_ value: Double) -> String { plain((value * 10).rounded() / 10) }
}
