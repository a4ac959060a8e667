extension PlausibilityNote {
  /// A given d, t, signed p or r whose sign is opposite to the difference of the means in the same row.
  static let oppositeSign = PlausibilityNote(name: "sign opposite to the means") { columns in
    { row in
      let difference = columns.value(ReportedWord(.m1i), row) - columns.value(ReportedWord(.m2i), row)
      guard difference != 0, !difference.isNaN else { return nil }
      for role in [Role.di, .ti, .ri] {
        let value = columns.value(ReportedWord(role), row)
        if value * difference < 0 {
          return
            "\(role.rawValue) = \(plain(value)) has the sign opposite to the difference of the means, \(plain((difference * 1e6).rounded() / 1e6))"
        }
      }
      return nil
    }
  }
}
