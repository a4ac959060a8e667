/// The probability of the tables with y ≤ b(x), where X ~ Bin(n₁, p₁) and Y ~ Bin(n₂, p₂) are independent.
///
/// Σₓ P(X = x) P(Y ≤ b(x)); as b never falls, one pass over y serves every x. All terms are positive: nothing cancels.
struct TailProbability {
  private let logChoose1, logChoose2: [Double]
  private let border: [Int]

  init(n1: Int, n2: Int, border: [Int]) {
    logChoose1 = TailProbability.logChoose(n1)
    logChoose2 = TailProbability.logChoose(n2)
    self.border = border
  }

  func value(_ p1: Double, _ p2: Double) -> Double {
    let first = TailProbability.masses(logChoose1, min(max(p1, 0), 1))
    let second = TailProbability.masses(logChoose2, min(max(p2, 0), 1))
    var total = 0.0
    var cumulative = 0.0
    var next = 0
    for x in first.indices {
      while next <= border[x] {
        cumulative += second[next]
        next += 1
      }
      total += first[x] * cumulative
    }
    return total
  }

  /// log C(n, k) for k = 0…n, by adding log((n − k + 1)/k).
  private static func logChoose(_ n: Int) -> [Double] {
    var result = [Double](repeating: 0, count: n + 1)
    guard n > 0 else { return result }
    for k in 1...n { result[k] = result[k - 1] + log(Double(n - k + 1) / Double(k)) }
    return result
  }

  private static func masses(_ logChoose: [Double], _ p: Double) -> [Double] {
    let n = logChoose.count - 1
    var result = [Double](repeating: 0, count: n + 1)
    if p <= 0 {
      result[0] = 1
      return result
    }
    if p >= 1 {
      result[n] = 1
      return result
    }
    let logP = log(p)
    let logQ = log1p(-p)
    for k in 0...n { result[k] = exp(logChoose[k] + Double(k) * logP + Double(n - k) * logQ) }
    return result
  }
}
