import NumericCore

/// The data of a location-scale model in orthonormal bases, and its profiled likelihood with two derivatives.
///
/// X = QR and Z = ZqRz with Zq scaled to rows of size about 1; the search is over a = Rzα, and γ = Rβ.
struct LocationScaleProblem {
  let yi, vi: [Double]
  let x, z: ThinQR
  let locationTerms, scaleTerms: [String]
  let restricted: Bool
  let link: LocationScaleModel.Link
  /// √k: columns of the scale basis are multiplied by it.
  let scaleFactor: Double

  var k: Int { yi.count }
  var p: Int { x.columns }
  var q: Int { z.columns }

  /// Checks the data and makes the bases.
  init(
    yi: [Double], vi: [Double], location: (design: Matrix, terms: [String]), scale: (design: Matrix, terms: [String]),
    restricted: Bool, link: LocationScaleModel.Link = .log
  ) throws(FitError) {
    guard yi.count == vi.count, location.design.rows == yi.count, scale.design.rows == yi.count else {
      throw .invalidSpecification("effects, variances and both designs must have one row per study")
    }
    try yi.withUnsafeBufferPointer { y throws(FitError) in
      try vi.withUnsafeBufferPointer { v throws(FitError) in _ = try StudyRange(checking: y, vi: v) }
    }
    let needed = location.design.columns + scale.design.columns
    guard yi.count > needed else {
      throw .tooFewStudies(needed: needed + 1, got: yi.count, what: "location-scale model with \(needed) coefficients")
    }
    self.yi = yi
    self.vi = vi
    x = try Self.basis(location)
    z = try Self.basis(scale)
    locationTerms = location.terms
    scaleTerms = scale.terms
    self.restricted = restricted
    self.link = link
    scaleFactor = Double(yi.count).squareRoot()
  }

  private static func basis(_ part: (design: Matrix, terms: [String])) throws(FitError) -> ThinQR {
    let qr = ThinQR(rows: part.design.rows, columns: part.design.columns, x: part.design.storage)
    guard qr.dependent.isEmpty else {
      throw .rankDeficient(
        rank: qr.columns - qr.dependent.count, columns: qr.dependent.map { part.terms[$0] })
    }
    return qr
  }

  /// The likelihood at one a, with derivatives.
  struct Point {
    var a: [Double]
    var logLikelihood: Double
    var gradient: [Double]
    /// Minus the second derivatives, and their expectation; packed lower triangles.
    var observed, expected: [Double]
    /// γ̂ and the Cholesky factor of Q'WQ.
    var gamma: [Double]
    var factor: PackedCholesky
  }

  /// The linear predictor of every study: log τᵢ² or τᵢ².
  func predictor(_ a: [Double]) -> [Double] {
    var eta = [Double](repeating: 0, count: k)
    for r in 0..<q {
      let multiple = scaleFactor * a[r]
      for i in 0..<k { eta[i] += multiple * z.q[r * k + i] }
    }
    return eta
  }

  /// τᵢ² of every study; the exponential is kept finite.
  func tauSquared(_ a: [Double]) -> [Double] {
    switch link {
    case .log: predictor(a).map { exp(min(max($0, -200), 200)) }
    case .identity: predictor(a)
    }
  }

  /// Evaluates everything at a.
  ///
  /// With dᵢᵣ = ∂τᵢ²/∂aᵣ (zᵢᵣτᵢ², or zᵢᵣ for the identity), dᵢᵣₛ its derivative, u = Py and P = W − WQ(Q'WQ)⁻¹Q'W, as derivatives of
  /// ℓ = −½[Σ log(vᵢ + τᵢ²) + y'Py + log|Q'WQ| (restricted)]:
  /// ∂ℓ/∂aᵣ = ½[Σ uᵢ²dᵢᵣ − tr(TDᵣ)], T being P (restricted) or W; and
  /// −∂²ℓ/∂aᵣ∂aₛ = u'DᵣPDₛu − ½ tr(TDᵣTDₛ) + ½[tr(TDᵣₛ) − Σ uᵢ²dᵢᵣₛ], whose expectation is ½ tr(TDᵣTDₛ).
  /// A negative τᵢ² makes the likelihood −∞.
  func point(_ a: [Double]) -> Point {
    let tau2 = tauSquared(a)
    let weights = zip(vi, tau2).map { 1 / ($0 + $1) }
    let factor = PackedCholesky(size: p, packed: crossProducts(weights))
    let gamma = factor.solve(locationProjections { weights[$0] * yi[$0] })
    var residuals = yi
    for j in 0..<p { for i in 0..<k { residuals[i] -= gamma[j] * x.q[j * k + i] } }
    let u = zip(weights, residuals).map { $0 * $1 }
    var value = Double(restricted ? k - p : k) * 1.8378770664093453
    for i in 0..<k { value += u[i] * residuals[i] - log(weights[i]) }
    if restricted { value += factor.diagonal.reduce(0) { $0 + 2 * log($1) } }
    var point = Point(
      a: a, logLikelihood: -0.5 * value, gradient: [], observed: [], expected: [], gamma: gamma, factor: factor)
    if link == .identity, tau2.contains(where: { $0 < 0 }) { point.logLikelihood = -.infinity }
    differentiate(&point, tau2: tau2, weights: weights, u: u)
    return point
  }

  private func differentiate(_ point: inout Point, tau2: [Double], weights: [Double], u: [Double]) {
    let leverages = restricted ? leverages(point.factor) : [Double](repeating: 0, count: k)
    // tᵢ: diagonal of T; dᵢᵣ.
    let t = (0..<k).map { weights[$0] - weights[$0] * weights[$0] * leverages[$0] }
    let d = (0..<q).map { r in
      (0..<k).map { scaleFactor * z.q[r * k + $0] * (link == .log ? tau2[$0] : 1) }
    }
    // L⁻¹Q'WDᵣu and L⁻¹(Q'WDᵣWQ)L⁻ᵀ.
    let pulls = d.map { dr in point.factor.forward(locationProjections { weights[$0] * dr[$0] * u[$0] }) }
    let middles =
      restricted ? d.map { dr in whitened(point.factor, (0..<k).map { weights[$0] * weights[$0] * dr[$0] }) } : []
    point.gradient = d.map { dr in
      var sum = 0.0
      for i in 0..<k { sum += (u[i] * u[i] - t[i]) * dr[i] }
      return 0.5 * sum
    }
    for r in 0..<q {
      for s in 0...r {
        var quadratic = 0.0
        var trace = 0.0
        var second = 0.0
        for i in 0..<k {
          let product = d[r][i] * d[s][i]
          quadratic += weights[i] * product * u[i] * u[i]
          trace += weights[i] * weights[i] * (1 - 2 * weights[i] * leverages[i]) * product
          if link == .log { second += (t[i] - u[i] * u[i]) * scaleFactor * z.q[s * k + i] * d[r][i] }
        }
        for j in 0..<p { quadratic -= pulls[r][j] * pulls[s][j] }
        if restricted { for e in middles[r].indices { trace += middles[r][e] * middles[s][e] } }
        point.expected.append(0.5 * trace)
        point.observed.append(quadratic - 0.5 * trace + 0.5 * second)
      }
    }
  }

  // MARK: Sums over the studies

  /// Q'WQ, packed.
  private func crossProducts(_ weights: [Double]) -> [Double] {
    var packed: [Double] = []
    for a in 0..<p {
      for b in 0...a {
        var sum = 0.0
        for i in 0..<k { sum += weights[i] * x.q[a * k + i] * x.q[b * k + i] }
        packed.append(sum)
      }
    }
    return packed
  }

  /// Q'v of a vector given by its elements.
  private func locationProjections(_ element: (Int) -> Double) -> [Double] {
    let vector = (0..<k).map(element)
    return x.projections(of: vector)
  }

  /// qᵢ'(Q'WQ)⁻¹qᵢ of every study.
  private func leverages(_ factor: PackedCholesky) -> [Double] {
    let inverse = factor.inverse
    var leverages = [Double](repeating: 0, count: k)
    for a in 0..<p {
      for b in 0...a {
        let multiple = a == b ? inverse[a, b] : 2 * inverse[a, b]
        for i in 0..<k { leverages[i] += multiple * x.q[a * k + i] * x.q[b * k + i] }
      }
    }
    return leverages
  }

  /// L⁻¹(Q'diag(v)Q)L⁻ᵀ, p × p.
  private func whitened(_ factor: PackedCholesky, _ diagonal: [Double]) -> [Double] {
    let packed = crossProducts(diagonal)
    let half = (0..<p).map { j in factor.forward((0..<p).map { packed[PackedCholesky.at(max($0, j), min($0, j))] }) }
    return (0..<p).flatMap { i in factor.forward((0..<p).map { half[$0][i] }) }
  }
}
