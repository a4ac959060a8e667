/// The whole numbers of people behind a printed percentage.
public struct PercentageCounts: Sendable, Equatable {
  /// The percentage as printed.
  public let percentage: PrintedNumber
  /// People it was taken of.
  public let total: Int

  /// A percentage of a total.
  /// - Throws: 65 for a total below 1.
  public init(_ percentage: PrintedNumber, of total: Int) throws(EvidenceError) {
    guard total >= 1 else { throw EvidenceError(.badData, "a percentage needs a total of 1 or more, got \(total)") }
    self.percentage = percentage.asPercentage
    self.total = total
  }

  /// All counts k with 100 k / n in the set of numbers that print so, 0 ≤ k ≤ n. Empty: the percentage is impossible.
  ///
  /// Exact: 100 k / n is rounded once, and the ends of the set are the doubles nearest to decimal numbers, so that the two
  /// are equal whenever the real numbers are.
  public func counts(_ rounding: Rounding = .halfUp) -> [Int] {
    let set = percentage.reals(rounding)
    let n = Double(total)
    let first = max(0, (set.lower / 100 * n).rounded(.down) - 1)
    let last = min(n, (set.upper / 100 * n).rounded(.up) + 1)
    guard first <= last else { return [] }
    return (Int(first)...Int(last)).filter { set.contains(100 * Double($0) / n) }
  }

  /// The count whose percentage is nearest to the one printed.
  public var nearest: Int {
    min(max(0, Int((percentage.value / 100 * Double(total)).rounded())), total)
  }

  /// Whether any count of a total prints so.
  static func isPossible(_ percentage: PrintedNumber, of total: Int, _ rounding: Rounding) -> Bool {
    ((try? PercentageCounts(percentage, of: total))?.counts(rounding).isEmpty ?? true) == false
  }

  /// The totals nearest to this one, from 1 up, of which the percentage is possible: as many as asked for, in order of size.
  public func nearbyTotals(_ count: Int = 4, _ rounding: Rounding = .halfUp) -> [Int] {
    var found: [Int] = []
    var step = 0
    while found.count < count, step <= 400 {
      let candidates = step == 0 ? [total] : [total - step, total + step]
      for candidate in candidates where candidate >= 1 && found.count < count {
        if PercentageCounts.isPossible(percentage, of: candidate, rounding) { found.append(candidate) }
      }
      step += 1
    }
    return found.sorted()
  }

  /// The smallest total of which a percentage is possible; `nil` above 10 000 (no percentage of up to two decimals needs
  /// more).
  public static func smallestTotal(_ percentage: PrintedNumber, _ rounding: Rounding = .halfUp) -> Int? {
    let percentage = percentage.asPercentage
    return (1...10_000).first { isPossible(percentage, of: $0, rounding) }
  }
}
