/// Solves many short sets, several side by side: a lane whose set is finished takes the next one at once.
struct LaneSolver: ~Copyable {
  private enum Stage { case idle, zero, search, final }

  /// A set on its way; a plain value.
  private struct Lane {
    var stage = Stage.idle
    var set = 0
    var k = 2
    /// τ² that the sums are asked for at, and in the end the estimate.
    var t = 0.0
    /// Sums at τ² = 0.
    var q = 0.0
    var traceP = 0.0
    var scan = ScoreScan(largestVariance: 1)
    var equation = QSearch(target: 1)
  }

  /// What comes of looking at a lane.
  private enum Outcome {
    /// It is to be looked at at `t`.
    case evaluate
    /// Its sums are those at the estimate.
    case finished
    /// It has several maxima, or its search did not end: the set must be solved by itself.
    case byItself
  }

  private let plan: LanePlan
  private let block = LaneBlock()
  private let lanes: UnsafeMutableBufferPointer<Lane>
  /// What the search of each lane keeps beside itself.
  private let extras: UnsafeMutableBufferPointer<ScoreScan.Extra>
  private var active = 0

  /// A solver with a workspace of its own.
  init(_ plan: LanePlan) {
    self.plan = plan
    lanes = .allocate(capacity: LaneBlock.width)
    lanes.initialize(repeating: Lane())
    extras = .allocate(capacity: LaneBlock.width)
    extras.initialize(repeating: ScoreScan.Extra())
  }

  deinit {
    lanes.deallocate()
    extras.deinitialize()
    extras.deallocate()
  }

  /// Solves the sets of a list, each of 2 to 64 studies that have been checked, and gives the results in any order; `nil` for one
  /// that must be solved by itself.
  mutating func solve(_ list: [Int], _ columns: SetColumns, _ give: (Int, SetSolution?) -> Void) {
    var following = 0
    for lane in 0..<LaneBlock.width { fill(lane, &following, list, columns) }
    let needsScore = plan.needsScore
    while active > 0 {
      if needsScore { block.findSums() } else { block.findMoments() }
      for lane in 0..<LaneBlock.width where lanes[lane].stage != .idle {
        switch look(lane) {
        case .evaluate: block.ask(lane, at: lanes[lane].t)
        case .finished:
          give(lanes[lane].set, solution(lane))
          fill(lane, &following, list, columns)
        case .byItself:
          give(lanes[lane].set, nil)
          fill(lane, &following, list, columns)
        }
      }
    }
  }

  private mutating func fill(_ lane: Int, _ following: inout Int, _ list: [Int], _ columns: SetColumns) {
    if lanes[lane].stage != .idle { active -= 1 }
    guard following < list.count else {
      lanes[lane].stage = .idle
      return
    }
    active += 1
    let set = list[following]
    following += 1
    let (yi, vi) = columns[set]
    let largest = block.load(lane, yi: yi, vi: vi)
    lanes[lane].stage = .zero
    lanes[lane].set = set
    lanes[lane].k = yi.count
    lanes[lane].t = 0
    switch plan {
    case .likelihood: lanes[lane].scan = ScoreScan(largestVariance: largest)
    case .pauleMandel: lanes[lane].equation = QSearch(target: Double(yi.count - 1))
    default: break
    }
  }

  private func solution(_ lane: Int) -> SetSolution {
    SetSolution(
      tau2: plan.hasTauSquared ? lanes[lane].t : nil, q: lanes[lane].q, traceP: lanes[lane].traceP,
      sumW: block.value(.sumW, lane), generalizedQ: block.value(.q, lane), mean: block.value(.mean, lane))
  }

  private mutating func look(_ lane: Int) -> Outcome {
    switch lanes[lane].stage {
    case .idle, .final: return .finished
    case .search: return search(lane)
    case .zero:
      lanes[lane].q = block.value(.q, lane)
      lanes[lane].traceP = block.value(.traceP, lane)
      lanes[lane].stage = .search
      return search(lane)
    }
  }

  private mutating func search(_ lane: Int) -> Outcome {
    switch plan {
    case .none: return .finished
    case .fixed(let tau2): return found(lane, tau2)
    case .closedForm(let formula):
      let moments = SetMoments(
        k: lanes[lane].k, sumW: block.value(.sumW, lane), q: lanes[lane].q, traceP: lanes[lane].traceP)
      return found(lane, truncatedAtZero(formula(moments)))
    case .pauleMandel: return searchRoot(lane)
    case .likelihood(let likelihood): return searchMaximum(lane, likelihood)
    }
  }

  private mutating func searchRoot(_ lane: Int) -> Outcome {
    let (q, yPPy) = (block.value(.q, lane), block.value(.yPPy, lane))
    if let next = lanes[lane].equation.next(q: q, yPPy: yPPy, squares: { block.squares(lane) }) {
      lanes[lane].t = next
      return .evaluate
    }
    return lanes[lane].equation.converged ? found(lane, lanes[lane].equation.t) : .byItself
  }

  private mutating func searchMaximum(_ lane: Int, _ likelihood: Likelihood) -> Outcome {
    let isRestricted = likelihood == .restricted
    let point = ScorePoint(
      t: lanes[lane].t, a: block.value(.yPPy, lane), b: block.value(.yPPPy, lane),
      trace: block.value(isRestricted ? .traceP : .sumW, lane),
      trace2: block.value(isRestricted ? .tracePP : .sumW2, lane))
    if let next = lanes[lane].scan.next(point, &extras[lane], squares: { block.squares(lane) }) {
      lanes[lane].t = next
      return .evaluate
    }
    let isOne = lanes[lane].scan.count == 1 && lanes[lane].scan.converged
    if !extras[lane].isEmpty { extras[lane].removeAll() }
    return isOne ? found(lane, lanes[lane].scan.first) : .byItself
  }

  private mutating func found(_ lane: Int, _ tau2: Double) -> Outcome {
    guard tau2.isFinite else { return .byItself }
    let isHere = tau2 == 0 && lanes[lane].t == 0
    lanes[lane].t = tau2
    lanes[lane].stage = .final
    return isHere ? .finished : .evaluate
  }
}

/// Estimates and variances of many sets.
struct SetColumns {
  let yi, vi: UnsafeBufferPointer<Double>
  /// Where each set begins, and where the last ends.
  let starts: UnsafeBufferPointer<Int>

  /// Estimates and variances of a set.
  @inline(__always)
  subscript(set: Int) -> (yi: UnsafeBufferPointer<Double>, vi: UnsafeBufferPointer<Double>) {
    let rows = starts[set]..<starts[set + 1]
    return (UnsafeBufferPointer(rebasing: yi[rows]), UnsafeBufferPointer(rebasing: vi[rows]))
  }
}
