import NumericCore

/// Solves several short sets side by side.
struct LaneSolver: ~Copyable {
  typealias Vector = LaneBlock.Vector
  typealias Mask = Vector.Mask

  private let plan: LanePlan
  private var block = LaneBlock()

  /// A solver with a workspace of its own.
  init(_ plan: LanePlan) { self.plan = plan }

  /// Solves as many sets as there are lanes, or fewer, each of 2 to 64 studies.
  @inline(__always)
  mutating func solve(_ sets: UnsafeBufferPointer<Int>, _ columns: SetColumns) -> SolvedBlock {
    block.load(sets, columns)
    var solved = solveLoaded()
    solved.isOdd .|= block.isRefused
    if let tau2 = solved.solution.tau2 { solved.isOdd .|= .!(tau2.size .< Vector(repeating: .infinity)) }
    return solved
  }

  private func solveLoaded() -> SolvedBlock {
    switch plan {
    case .none: return SolvedBlock(atZero: block.moments(at: .zero), block: block)
    case .fixed(let tau2): return finish(block.moments(at: .zero), tau2: Vector(repeating: tau2))
    case .closedForm(let formula):
      let atZero = block.moments(at: .zero)
      let moments = SetMoments(
        degreesOfFreedom: block.others, sumW: atZero.sumW, q: atZero.q, traceP: atZero.traceP)
      return finish(atZero, tau2: formula(moments).withoutNegatives)
    case .pauleMandel: return root()
    case .likelihood(.restricted):
      return maximum { ScorePoint(t: $0, a: $1.yPPy, b: $1.yPPPy, trace: $1.moments.traceP, trace2: $1.tracePP) }
    case .likelihood:
      return maximum { ScorePoint(t: $0, a: $1.yPPy, b: $1.yPPPy, trace: $1.moments.sumW, trace2: $1.sumW2) }
    }
  }

  private func finish(_ atZero: LaneMoments<Vector>, tau2: Vector, isOdd: Mask = Mask(repeating: false)) -> SolvedBlock
  {
    var solved = SolvedBlock(atZero: atZero, block: block)
    solved.solution.tau2 = tau2
    solved.isOdd = isOdd
    if any(tau2 .!= .zero) { solved.take(block.moments(at: tau2), block: block) }
    return solved
  }

  /// Q(τ²) = k − 1, as `QSearch` finds it.
  private func root() -> SolvedBlock {
    let target = block.others
    let squares = block.squares()
    var sums = block.sums(at: .zero)
    let atZero = sums.moments
    var t = Vector.zero
    var isSearching = target .< atZero.q
    var steps = 0
    while steps < Self.limit, any(isSearching) {
      steps += 1
      let next = QSearch.step(from: t, q: sums.moments.q, yPPy: sums.yPPy, target: target, squares: squares)
      let moved = next - t
      t.replace(with: next, where: isSearching)
      isSearching = isSearching .& (QSearch.lastStep * next .< moved.size)
      if any(isSearching) { sums = block.sums(at: t) }
    }
    return finish(atZero, tau2: t, isOdd: isSearching)
  }

  /// The highest maximum of a likelihood, whose score is made of the sums.
  @inline(__always)
  private func maximum(_ score: (Vector, LaneSums<Vector>) -> ScorePoint<Vector>) -> SolvedBlock {
    let sums = block.sums(at: .zero)
    var scan = LaneScan(score(.zero, sums), largestVariance: block.largestVariance)
    while scan.isSearching {
      scan.next(score(scan.t, block.sums(at: scan.t))) { block.squares() }
    }
    return finish(sums.moments, tau2: scan.maximum, isOdd: scan.isOdd)
  }

  /// Steps of a search side by side; what is not at its end then is searched by itself.
  static let limit = 60
}

/// The solutions of the sets of a block.
struct SolvedBlock {
  typealias Vector = LaneBlock.Vector

  var solution: SetSolution<Vector>
  /// Sets that must be solved by themselves.
  var isOdd = Vector.Mask(repeating: false)

  init(atZero: LaneMoments<Vector>, block: borrowing LaneBlock) {
    solution = SetSolution(
      q: atZero.q, traceP: atZero.traceP, sumW: atZero.sumW, generalizedQ: atZero.q, mean: block.mean(atZero.delta))
  }

  /// Takes the sums at τ².
  mutating func take(_ moments: LaneMoments<Vector>, block: borrowing LaneBlock) {
    solution.sumW = moments.sumW
    solution.generalizedQ = moments.q
    solution.mean = block.mean(moments.delta)
  }
}

/// Estimates and variances of many sets.
struct SetColumns {
  let yi, vi: UnsafeBufferPointer<Double>
  /// Where each set begins, and where the last ends.
  let starts: UnsafeBufferPointer<Int>

  /// Estimates and variances of a set.
  typealias Rows = (yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>)

  /// Number of studies of a set.
  @inline(__always)
  func count(_ set: Int) -> Int { starts[set + 1] - starts[set] }

  /// Estimates and variances of a set.
  @inline(__always)
  subscript(set: Int) -> Rows {
    let rows = starts[set]..<starts[set + 1]
    return (UnsafeBufferPointer(rebasing: yi[rows]), UnsafeBufferPointer(rebasing: vi[rows]))
  }
}
