extension PlausibilityNote {
  /// A standard deviation that looks like a standard error: small against the column by a factor near √n.
  static let deviationLikeError = PlausibilityNote(name: "standard deviation like a standard error") { columns in
    let typical = typicalDeviation(columns)
    return { row in
      for (deviation, size) in [(Role.sd1i, Role.n1i), (.sd2i, .n2i)] {
        let sd = columns.value(ReportedWord(deviation), row)
        let root = columns.value(ReportedWord(size), row).squareRoot()
        guard let typical, sd > 0, root >= 2.5 else { continue }
        let ratio = typical / sd
        if ratio > 2.5, ratio > 0.6 * root, ratio < root / 0.6 {
          return
            "\(deviation.rawValue) = \(plain(sd)) looks like a standard error: it is \(rounded(ratio)) times smaller "
            + "than the column's median, and the square root of the group's size is \(rounded(root))"
        }
      }
      return nil
    }
  }

  /// The median of both groups' deviations, where at least four are given.
  private static func typicalDeviation(_ columns: ReportedColumns) -> Double? {
    let given = [Role.sd1i, .sd2i].compactMap { columns[ReportedWord($0)] }.joined()
    let values = given.filter { $0 > 0 }.sorted()
    return values.count >= 4 ? values[values.count / 2] : nil
  }

  /// One decimal, for a sentence.
  private static func rounded(_ value: Double) -> String { plain((value * 10).rounded() / 10) }
}
