/// Kendall's rank correlation of two columns of one length.
///
/// S counts concordant less discordant pairs; τ_b = S/√((n₀ − n₁)(n₀ − n₂)), n₀ = n(n − 1)/2, n₁ and n₂ the tied pairs.
/// Source: Kendall and Gibbons (1990), chapters 3 to 5.
struct KendallTau {
  /// Concordant less discordant pairs.
  let s: Double
  private let n: Double
  private let tiesX, tiesY: Ties

  /// Up to this many studies the exact distribution takes less than a second.
  static let exactLimit = 1500

  /// Sums over the groups of equal values, of sizes t.
  private struct Ties {
    /// Σt(t − 1), Σt(t − 1)(t − 2) and Σt(t − 1)(2t + 5).
    var pairs = 0.0
    var triples = 0.0
    var variance = 0.0

    init(_ values: [Double]) {
      var start = 0
      let sorted = values.sorted()
      for i in 1...max(sorted.count, 1) where i == sorted.count || sorted[i] != sorted[start] {
        let t = Double(i - start)
        pairs += t * (t - 1)
        triples += t * (t - 1) * (t - 2)
        variance += t * (t - 1) * (2 * t + 5)
        start = i
      }
    }
  }

  init(_ x: [Double], _ y: [Double]) {
    var s = 0
    for i in x.indices {
      for j in 0..<i {
        let a = x[i] - x[j]
        let b = y[i] - y[j]
        guard a != 0, b != 0 else { continue }
        s += (a > 0) == (b > 0) ? 1 : -1
      }
    }
    self.s = Double(s)
    n = Double(x.count)
    tiesX = Ties(x)
    tiesY = Ties(y)
  }

  /// τ_b, `nil` when a column is constant.
  var tauB: Double? {
    let product = (n * (n - 1) - tiesX.pairs) * (n * (n - 1) - tiesY.pairs)
    return product > 0 ? 2 * s / product.squareRoot() : nil
  }

  /// S over its standard deviation under independence, corrected for ties, without continuity correction.
  var z: Double { s / variance.squareRoot() }

  private var variance: Double {
    var v = (n * (n - 1) * (2 * n + 5) - tiesX.variance - tiesY.variance) / 18
    v += tiesX.pairs * tiesY.pairs / (2 * n * (n - 1))
    if n > 2 { v += tiesX.triples * tiesY.triples / (9 * n * (n - 1) * (n - 2)) }
    return v
  }

  /// The exact two-sided p-value, `nil` with ties or too many studies.
  ///
  /// Twice the smaller tail of the number of inversions of a random permutation, a sum of independent uniforms on
  /// 0…i, i < n.
  var exactP: Double? {
    guard tiesX.pairs == 0, tiesY.pairs == 0, n <= Double(KendallTau.exactLimit) else { return nil }
    let pairs = Int(n) * (Int(n) - 1) / 2
    let extreme = (pairs - Int(abs(s))) / 2
    var mass = [Double](repeating: 0, count: extreme + 1)
    mass[0] = 1
    for i in 2...max(Int(n), 2) {
      let old = mass
      var running = 0.0
      for j in 0...extreme {
        running += old[j]
        if j >= i { running -= old[j - i] }
        mass[j] = running / Double(i)
      }
    }
    return min(1, 2 * mass.reduce(0, +))
  }
}
