/// Whether a printed standard deviation of whole numbers is possible beside its mean: GRIMMER.
///
/// With total S and sum of squares Q of n whole numbers, SD² = (Q − S²/n)/(n − 1). Q is whole, has the parity of S (as
/// x² ≡ x mod 2), and is at least what n numbers of total S must give when they are as equal as can be. Values averaged
/// over L items are these divided by L. For n ≤ 4 not all such sums exist and numbers are tried out; from five on all do. Source: Anaya (2016), PeerJ Preprints 4, e2400v1; the parity argument is Allard's (2018, analytic GRIMMER). Both
/// quoted from memory.
public struct GRIMMER: Sendable {
  /// The mean's own test.
  public let grim: GRIM
  /// The standard deviation as printed, with divisor n − 1.
  public let standardDeviation: PrintedNumber

  /// A printed mean and SD of n people.
  /// - Throws: 65 for fewer than 2 people.
  public init(
    mean: PrintedNumber, standardDeviation: PrintedNumber, n: Int, items: Int = 1
  ) throws(EvidenceError) {
    guard n >= 2 else { throw EvidenceError(.badData, "GRIMMER needs at least 2 people, got \(n)") }
    grim = try GRIM(mean: mean, n: n, items: items)
    self.standardDeviation = standardDeviation
  }

  /// Whether mean and SD are possible together under one of the rules.
  public func isPossible(under rules: [Rounding] = Rounding.nearest) -> Bool { rules.contains(where: isPossible) }

  private func isPossible(_ rounding: Rounding) -> Bool {
    guard let totals = grim.totals(rounding) else { return false }
    // A set of many totals holds every parity; all that is left is whether some spread is small enough.
    return totals.prefix(64).contains { hasSquares(total: $0, rounding) }
      || totals.suffix(64).contains { hasSquares(total: $0, rounding) }
  }

  /// Whether some whole sum of squares of n numbers with this total prints as the SD.
  private func hasSquares(total: Int, _ rounding: Rounding) -> Bool {
    let set = standardDeviation.reals(rounding)
    let (n, items) = (Double(grim.n), Double(grim.items))
    guard set.upper >= 0, set.upper.isFinite else { return false }
    let centre = Double(total) * Double(total) / n
    func squares(_ deviation: Double) -> Double { deviation * deviation * items * items * (n - 1) + centre }
    let least = GRIMMER.leastSquares(total: total, n: grim.n)
    let first = max(least, Int(squares(max(0, set.lower)).rounded(.down)) - 1)
    let last = Int(squares(set.upper).rounded(.up)) + 1
    guard first <= last else { return false }
    for sum in first...min(last, first + 4096) where (sum - total).isMultiple(of: 2) {
      let deviation = (max(0, Double(sum) - centre) / (n - 1)).squareRoot() / items
      // The difference of the squares loses up to five digits.
      if set.contains(deviation, slack: 1e-11), GRIMMER.exists(sum: sum, total: total, n: grim.n) { return true }
    }
    return false
  }

  /// Sum of squares of n whole numbers of a total that are as equal as can be.
  static func leastSquares(total: Int, n: Int) -> Int {
    let quotient = Int((Double(total) / Double(n)).rounded(.down))
    let above = total - quotient * n
    return (n - above) * quotient * quotient + above * (quotient + 1) * (quotient + 1)
  }

  /// Whether n whole numbers have this total and sum of squares. From five numbers on the parity and the least sum decide;
  /// fewer are tried out, two being solved: a, b = (t ± √(2q − t²))/2.
  private static func exists(sum: Int, total: Int, n: Int) -> Bool {
    if n >= 5 { return true }
    if n == 2 {
      let square = 2 * sum - total * total
      guard square >= 0 else { return false }
      let root = Int(Double(square).squareRoot().rounded())
      return root * root == square && (total - root).isMultiple(of: 2)
    }
    let centre = Double(total) / Double(n)
    let reach = max(0, Double(sum) - centre * Double(total)).squareRoot() + 1
    let values = Int((centre - reach).rounded(.down))...Int((centre + reach).rounded(.up))
    return values.contains { exists(sum: sum - $0 * $0, total: total - $0, n: n - 1) }
  }
}
