/// Whether a printed mean of whole numbers is possible: GRIM, the granularity-related inconsistency of means.
///
/// A mean of n people whose values are whole numbers, or means over L whole-numbered items, is S/(nL) for a whole S.
/// Source: Brown & Heathers (2017), Social Psychological and Personality Science 8, 363–369 (quoted from memory).
public struct GRIM: Sendable {
  /// The mean as printed.
  public let mean: PrintedNumber
  /// People.
  public let n: Int
  /// Items averaged for a person; 1 for whole-numbered scores.
  public let items: Int

  /// A printed mean of n people.
  /// - Throws: 65 for fewer than 1 person or item.
  public init(mean: PrintedNumber, n: Int, items: Int = 1) throws(EvidenceError) {
    guard n >= 1, items >= 1 else {
      throw EvidenceError(.badData, "GRIM needs at least 1 person and 1 item, got \(n) and \(items)")
    }
    self.mean = mean
    self.n = n
    self.items = items
  }

  /// The totals S whose mean prints so; empty when the mean is impossible.
  public func totals(_ rounding: Rounding = .halfUp) -> ClosedRange<Int>? {
    let set = mean.reals(rounding)
    let size = Double(n * items)
    guard set.lower.isFinite, set.upper.isFinite else { return nil }
    var first = Int((set.lower * size).rounded(.down)) - 1
    var last = Int((set.upper * size).rounded(.up)) + 1
    while first <= last, !set.contains(Double(first) / size) { first += 1 }
    while last >= first, !set.contains(Double(last) / size) { last -= 1 }
    return first <= last ? first...last : nil
  }

  /// Whether the mean is possible under one of the rules.
  public func isPossible(under rules: [Rounding] = Rounding.nearest) -> Bool { rules.contains { totals($0) != nil } }

  /// Whether the test can fail at all: it cannot once n·L values lie as densely as the printed digits.
  public var canFail: Bool { Double(n * items) * mean.unit < 1 }
}
