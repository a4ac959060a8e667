import NumericCore

/// A weight function ready for one likelihood: its observed log weights and its integrals.
protocol SelectionWeights {
  /// Number of free δ.
  var parameters: Int { get }
  /// Takes new values of δ.
  mutating func prepare(_ delta: [Double])
  /// log w of a study's observed effect, added with its derivatives to a tally.
  func addObserved(_ study: Int, to tally: inout SelectionTally)
  /// The integrals for a study whose standardised effect has mean m and standard deviation r.
  func integrate(mean m: Double, deviation r: Double, into integral: inout SelectionIntegral)
}

/// log-likelihood with gradient and Hessian in (μ, τ², δ₁, δ₂, …).
struct SelectionTally {
  var value = 0.0
  var gradient: [Double]
  var hessian: Matrix

  init(parameters: Int) {
    gradient = [Double](repeating: 0, count: parameters + 2)
    hessian = Matrix(rows: parameters + 2, columns: parameters + 2)
  }
}

/// Weights of a smooth function, integrated on a grid.
struct SmoothWeights: SelectionWeights {
  let parameters: Int
  private let function: SelectionFunction
  private let grid: SelectionGrid
  private let observed: [SelectionGrid.Node]
  private let ends: [SelectionGrid.Node]
  private var delta = SIMD2<Double>(0, 0)
  private var jets: [SelectionFunction.Jet] = []

  init(_ function: SelectionFunction, _ studies: BiasStudies, _ alternative: SelectionAlternative) throws(FitError) {
    self.function = function
    parameters = function.null.count
    let held = function.held
    grid = try SelectionGrid(alternative, held: held)
    observed = zip(studies.yi, studies.vi).map {
      SelectionGrid.node($0 / $1.squareRoot(), 0, alternative, held)
    }
    ends = [-1.0, 1.0].map { SelectionGrid.node($0 * .infinity, 0, alternative, held) }
  }

  mutating func prepare(_ delta: [Double]) {
    self.delta = [delta[0], delta.count > 1 ? delta[1] : 0]
    jets = grid.nodes.map { function.jet($0.p, $0.q, self.delta) }
  }

  func addObserved(_ study: Int, to tally: inout SelectionTally) {
    let jet = function.jet(observed[study].p, observed[study].q, delta)
    tally.value += jet.value
    for a in 0..<parameters {
      tally.gradient[a + 2] += jet.first[a]
      for b in 0..<parameters { tally.hessian[a + 2, b + 2] += jet.second[a + b] }
    }
  }

  func integrate(mean m: Double, deviation r: Double, into integral: inout SelectionIntegral) {
    // Beyond 9 standard deviations nothing of the density is left.
    let (low, high) = (m - 9 * r, m + 9 * r)
    var i = firstNode(atLeast: low)
    while i < grid.nodes.count, grid.nodes[i].x <= high {
      let z = (grid.nodes[i].x - m) / r
      let f = grid.nodes[i].weight * 0.3989422804014327 * exp(-0.5 * z * z) / r
      let h = Hermite.values(z)
      add(jets[i], (f * h.0, f * h.1, f * h.2, f * h.3, f * h.4), to: &integral)
      i += 1
    }
    let above = Hermite.upperIntegrals((grid.edge - m) / r)
    add(function.jet(ends[1].p, ends[1].q, delta), above, to: &integral)
    let below = Hermite.upperIntegrals((grid.edge + m) / r)
    add(
      function.jet(ends[0].p, ends[0].q, delta), (below.0, -below.1, below.2, -below.3, below.4), to: &integral)
  }

  private func firstNode(atLeast x: Double) -> Int {
    var (low, high) = (0, grid.nodes.count)
    while low < high {
      let middle = (low + high) / 2
      if grid.nodes[middle].x < x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @inline(__always) private func add(
    _ jet: SelectionFunction.Jet, _ f: (Double, Double, Double, Double, Double), to integral: inout SelectionIntegral
  ) {
    let w = exp(jet.value)
    integral.m[0] += w * f.0
    integral.m[1] += w * f.1
    integral.m[2] += w * f.2
    integral.m[3] += w * f.3
    integral.m[4] += w * f.4
    for a in 0..<parameters {
      let wa = w * jet.first[a]
      integral.first[3 * a] += wa * f.0
      integral.first[3 * a + 1] += wa * f.1
      integral.first[3 * a + 2] += wa * f.2
      for b in 0..<parameters {
        integral.second[a * parameters + b] += w * (jet.second[a + b] + jet.first[a] * jet.first[b]) * f.0
      }
    }
  }
}

/// Weights of a step function: 1 up to the first step, δⱼ beyond; all integrals in closed form.
struct StepWeights: SelectionWeights {
  let parameters: Int
  /// Ends of the intervals of x in which a study has each weight, the reference first.
  private let pieces: [[(low: Double, high: Double)]]
  /// Interval of each study.
  let interval: [Int]
  private var weights: [Double] = []

  init(steps: [Double], _ studies: BiasStudies, _ alternative: SelectionAlternative) throws(FitError) {
    parameters = steps.count
    var cuts = [Double.infinity]
    for step in steps { cuts.append(-(try ReferenceLaw.normal.quantile(alternative == .twoSided ? step / 2 : step))) }
    cuts.append(alternative == .twoSided ? 0 : -.infinity)
    pieces = (0...steps.count).map { j in
      switch alternative {
      case .greater: [(cuts[j + 1], cuts[j])]
      case .less: [(-cuts[j], -cuts[j + 1])]
      case .twoSided: [(cuts[j + 1], cuts[j]), (-cuts[j], -cuts[j + 1])]
      }
    }
    interval = zip(studies.yi, studies.vi).map { y, v in
      let p = alternative.pValue(y / v.squareRoot()).p
      return steps.firstIndex { p <= $0 } ?? steps.count
    }
  }

  mutating func prepare(_ delta: [Double]) { weights = [1] + delta }

  func addObserved(_ study: Int, to tally: inout SelectionTally) {
    let j = interval[study]
    guard j > 0 else { return }
    let w = weights[j]
    tally.value += log(w)
    tally.gradient[j + 1] += 1 / w
    tally.hessian[j + 1, j + 1] -= 1 / (w * w)
  }

  func integrate(mean m: Double, deviation r: Double, into integral: inout SelectionIntegral) {
    for (j, list) in pieces.enumerated() {
      for piece in list {
        let (a, b) = ((piece.low - m) / r, (piece.high - m) / r)
        let low = Hermite.upperIntegrals(a)
        let high = Hermite.upperIntegrals(b)
        // Both ends below the mean: the lower tails differ without cancellation.
        let mass = b < 0 ? Normal.cdf(b) - Normal.cdf(a) : low.0 - high.0
        let w = weights[j]
        integral.m[0] += w * mass
        integral.m[1] += w * (low.1 - high.1)
        integral.m[2] += w * (low.2 - high.2)
        integral.m[3] += w * (low.3 - high.3)
        integral.m[4] += w * (low.4 - high.4)
        guard j > 0 else { continue }
        integral.first[3 * j - 3] += mass
        integral.first[3 * j - 2] += low.1 - high.1
        integral.first[3 * j - 1] += low.2 - high.2
      }
    }
  }
}
