/// Solves many short sets, several side by side.
struct LaneSolver: ~Copyable {
  typealias Vector = LaneBlock.Vector
  typealias Mask = Vector.Mask

  private let plan: LanePlan
  private var block = LaneBlock()

  /// A solver with a workspace of its own.
  init(_ plan: LanePlan) { self.plan = plan }

  /// Solves the sets of a list, each of 2 to 64 studies that have been checked, and gives the results in order; `nil` for one
  /// that must be solved by itself.
  mutating func solve(_ list: [Int], _ columns: SetColumns, _ give: (Int, SetSolution?) -> Void) {
    list.withUnsafeBufferPointer { list in
      for start in stride(from: 0, to: list.count, by: LaneBlock.width) {
        let end = min(start + LaneBlock.width, list.count)
        block.load(UnsafeBufferPointer(rebasing: list[start..<end]), columns)
        let block = solveBlock()
        for place in start..<end { give(list[place], block[place - start]) }
      }
    }
  }

  private func solveBlock() -> SolvedBlock {
    switch plan {
    case .none: SolvedBlock(atZero: block.moments(at: .zero), block: block)
    case .fixed(let tau2): finish(block.moments(at: .zero), tau2: Vector(repeating: tau2))
    case .closedForm(let formula): closedForm(formula)
    case .pauleMandel: root()
    case .likelihood(.restricted):
      maximum { ScorePoint(t: $0, a: $1.yPPy, b: $1.yPPPy, trace: $1.moments.traceP, trace2: $1.tracePP) }
    case .likelihood: maximum { ScorePoint(t: $0, a: $1.yPPy, b: $1.yPPPy, trace: $1.moments.sumW, trace2: $1.sumW2) }
    }
  }

  private func finish(_ atZero: LaneMoments<Vector>, tau2: Vector, isOdd: Mask = Mask(repeating: false)) -> SolvedBlock
  {
    var solved = SolvedBlock(atZero: atZero, block: block)
    solved.tau2 = tau2
    solved.isOdd = isOdd
    if any(tau2 .!= .zero) { solved.take(block.moments(at: tau2), block: block) }
    return solved
  }

  private func closedForm(_ formula: (SetMoments) -> Double) -> SolvedBlock {
    let atZero = block.moments(at: .zero)
    var tau2 = Vector.zero
    for lane in 0..<LaneBlock.width {
      let moments = SetMoments(
        k: Int(block.others[lane]) + 1, sumW: atZero.sumW[lane], q: atZero.q[lane], traceP: atZero.traceP[lane])
      tau2[lane] = truncatedAtZero(formula(moments))
    }
    return finish(atZero, tau2: tau2)
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
private struct SolvedBlock {
  typealias Vector = LaneBlock.Vector

  /// τ²; `nil` for equal and fixed effects.
  var tau2: Vector?
  var q, traceP, sumW, generalizedQ, mean: Vector
  /// Sets that must be solved by themselves.
  var isOdd = Vector.Mask(repeating: false)

  init(atZero: LaneMoments<Vector>, block: borrowing LaneBlock) {
    (q, traceP) = (atZero.q, atZero.traceP)
    (sumW, generalizedQ, mean) = (atZero.sumW, atZero.q, block.mean(atZero.delta))
  }

  /// Takes the sums at τ².
  mutating func take(_ moments: LaneMoments<Vector>, block: borrowing LaneBlock) {
    (sumW, generalizedQ, mean) = (moments.sumW, moments.q, block.mean(moments.delta))
  }

  /// The solution of the set in a lane; `nil` for one that must be solved by itself.
  subscript(lane: Int) -> SetSolution? {
    if isOdd[lane] { return nil }
    if let tau2, !tau2[lane].isFinite { return nil }
    return SetSolution(
      tau2: tau2?[lane], q: q[lane], traceP: traceP[lane], sumW: sumW[lane], generalizedQ: generalizedQ[lane],
      mean: mean[lane])
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
