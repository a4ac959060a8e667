extension PlausibilityNote {
  /// A count that is no whole number: a percentage perhaps, and then one that some count of the group must give.
  static let percentageLikeCount = PlausibilityNote(name: "count that is a percentage") { columns in
    { row in
      for (count, size) in [(Role.ai, Role.n1i), (.ci, .n2i)] {
        let events = columns.value(ReportedWord(count), row)
        let total = columns.value(ReportedWord(size), row)
        guard events.isFinite, events != events.rounded() else { continue }
        let name = "\(count.rawValue) = \(plain(events)) is not a whole number"
        guard total > 0, events <= 100 else { return name }
        let nearest = (events / 100 * total).rounded()
        let percentage = 100 * nearest / total
        let verdict =
          abs(percentage - events) <= 0.05
          ? "as a percentage of \(plain(total)) it would be \(plain(nearest))"
          : "as a percentage of \(plain(total)) no count gives it"
        return "\(name); \(verdict)"
      }
      return nil
    }
  }
}
