import NumericCore

/// The test statistics of a regression at a given τ², in the orthonormal basis Q of its design X = QR.
///
/// γ̂ = (Q'WQ)⁻¹Q'Wy, β̂ = R⁻¹γ̂, and the covariance of β̂ is s²R⁻¹(Q'WQ)⁻¹R⁻ᵀ.
struct RegressionStatistics: Sendable {
  let qr: ThinQR
  /// R⁻¹, row after row.
  private let inverse: [[Double]]
  /// The coefficients of the omnibus test.
  private let tested: [Int]

  /// A design of full rank.
  init(design: Matrix, terms: [String]) {
    qr = ThinQR(rows: design.rows, columns: design.columns, x: design.storage)
    let p = design.columns
    var rows = [[Double]](repeating: [Double](repeating: 0, count: p), count: p)
    for j in 0..<p {
      let column = qr.solve((0..<p).map { $0 == j ? 1 : 0 })
      for i in 0..<p { rows[i][j] = column[i] }
    }
    inverse = rows
    tested = terms.indices.filter { terms[$0] != "intercept" }
  }

  /// Whether the model has an intercept, if only by dummy variables.
  var spansConstant: Bool {
    let ones = [Double](repeating: 1, count: qr.rows)
    return DesignBasis(yi: ones, vi: ones, qr: qr).spansConstant
  }

  /// The statistics, `nil` when they are not finite.
  func statistics(
    yi: [Double], vi: [Double], tau2: Double, rule: WaldRule
  ) -> PermutationRefit.Statistics? {
    let p = qr.columns
    let k = qr.rows
    var products = [Double](repeating: 0, count: p * (p + 1) / 2)
    var response = [Double](repeating: 0, count: p)
    for i in 0..<k {
      let w = 1 / (vi[i] + tau2)
      var at = 0
      for a in 0..<p {
        let weighted = w * qr.q[a * k + i]
        response[a] += weighted * yi[i]
        for b in 0...a {
          products[at] += weighted * qr.q[b * k + i]
          at += 1
        }
      }
    }
    let factor = PackedCholesky(size: p, packed: products)
    let gamma = factor.solve(response)
    let scale = rule.scales ? scale(yi: yi, vi: vi, tau2: tau2, gamma: gamma, rule: rule) : 1
    // Rows of L⁻¹R⁻ᵀ: their products are the covariances.
    let halves = inverse.map { factor.forward($0) }
    var beta = [Double](repeating: 0, count: p)
    var values = beta
    for j in 0..<p {
      var square = 0.0
      for i in 0..<p {
        beta[j] += inverse[j][i] * gamma[i]
        square += halves[j][i] * halves[j][i]
      }
      values[j] = beta[j] / (scale * square).squareRoot()
    }
    guard values.allSatisfy(\.isFinite) else { return nil }
    return PermutationRefit.Statistics(
      coefficients: values, omnibus: omnibus(beta: beta, halves: halves, scale: scale, rule: rule))
  }

  private func scale(yi: [Double], vi: [Double], tau2: Double, gamma: [Double], rule: WaldRule) -> Double {
    var q = 0.0
    for i in 0..<qr.rows {
      var r = yi[i]
      for j in 0..<qr.columns { r -= gamma[j] * qr.q[j * qr.rows + i] }
      q += r * r / (vi[i] + tau2)
    }
    return rule.scale(q: q, degreesOfFreedom: Double(qr.rows - qr.columns))
  }

  private func omnibus(beta: [Double], halves: [[Double]], scale: Double, rule: WaldRule) -> Double? {
    let m = tested.count
    guard m > 0 else { return nil }
    var covariances: [Double] = []
    covariances.reserveCapacity(m * (m + 1) / 2)
    for i in 0..<m {
      for j in 0...i {
        var product = 0.0
        for c in beta.indices { product += halves[tested[i]][c] * halves[tested[j]][c] }
        covariances.append(product * scale)
      }
    }
    guard let square = CorrelationFactor(packed: covariances, size: m)?.quadraticForm(tested.map { beta[$0] }) else {
      return nil
    }
    return rule.usesT ? square / Double(m) : square
  }
}
