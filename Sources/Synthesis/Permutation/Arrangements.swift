import NumericCore

/// The arrangements that a permutation test goes through, numbered from 0; number 0 is the data as observed.
enum Arrangements: Sendable {
  /// Signs of k effects. Turning all signs changes no absolute statistic, so the first study keeps its sign.
  case signs(count: Int)
  /// Distinct orders of the rows of a design, rows being alike when their classes are.
  case rows(classes: [Int])

  /// The distinct orders of the rows of a k × p design.
  init(rowsOf design: Matrix) {
    var known: [[Double]: Int] = [:]
    let classes = (0..<design.rows).map { i in
      let row = (0..<design.columns).map { design[i, $0] }
      let fresh = known.count
      let number = known[row] ?? fresh
      known[row] = number
      return number
    }
    self = .rows(classes: classes)
  }

  /// How many there are; `nil` when more than an integer holds.
  var count: Int? {
    switch self {
    case .signs(let count): return count <= 63 ? 1 << max(count - 1, 0) : nil
    case .rows(let classes):
      var counts = Self.counts(of: classes)
      return Self.orders(&counts, of: classes.count)
    }
  }

  /// Number of distinct orders of a multiset, k!/∏mᵢ! as a product of binomial coefficients; `nil` on overflow.
  fileprivate static func orders(_ counts: inout [Int], of total: Int) -> Int? {
    var result = 1
    var left = total
    for count in counts {
      for i in 0..<count {
        // result · C(left, i) · (left − i) / (i + 1) is whole at each step.
        let (product, overflow) = result.multipliedReportingOverflow(by: left - i)
        if overflow { return nil }
        result = product / (i + 1)
      }
      left -= count
    }
    return result
  }

  fileprivate static func counts(of classes: [Int]) -> [Int] {
    var counts = [Int](repeating: 0, count: (classes.max() ?? -1) + 1)
    for number in classes { counts[number] += 1 }
    return counts
  }
}

/// A walk through numbered arrangements, or a draw of one at random, in buffers that are used again.
struct ArrangementCursor {
  private let arrangements: Arrangements
  /// Per study +1 or −1, or the row of the design that it is put with.
  private(set) var signs: [Double]
  private(set) var rows: [Int]
  private var classes: [Int] = []
  private var rowsOfClass: [[Int]] = []
  private var next: [Int] = []

  init(_ arrangements: Arrangements) {
    self.arrangements = arrangements
    switch arrangements {
    case .signs(let count):
      signs = [Double](repeating: 1, count: count)
      rows = []
    case .rows(let observed):
      signs = []
      rows = Array(observed.indices)
      classes = observed.sorted()
      rowsOfClass = [[Int]](repeating: [], count: Arrangements.counts(of: observed).count)
      for (row, number) in observed.enumerated() { rowsOfClass[number].append(row) }
      next = [Int](repeating: 0, count: rowsOfClass.count)
    }
  }

  /// Goes to an arrangement by its number in the order of this walk.
  mutating func move(to index: Int) {
    switch arrangements {
    case .signs(let count):
      for study in 1..<max(count, 1) { signs[study] = index >> (study - 1) & 1 == 0 ? 1 : -1 }
    case .rows:
      unrank(index)
      placeRows()
    }
  }

  /// Goes one further.
  mutating func advance(to index: Int) {
    guard case .rows = arrangements else { return move(to: index) }
    if nextOrder() { placeRows() }
  }

  /// Goes back to the data as observed, from which a draw starts.
  mutating func restart() {
    for row in rows.indices { rows[row] = row }
  }

  /// Draws an arrangement from the bits of a generator.
  mutating func draw(_ generator: inout Philox) {
    switch arrangements {
    case .signs(let count):
      var bits: UInt64 = 0
      for study in 0..<count {
        if study & 63 == 0 { bits = generator.next() }
        signs[study] = bits & 1 == 0 ? 1 : -1
        bits >>= 1
      }
    case .rows:
      for i in stride(from: rows.count - 1, to: 0, by: -1) {
        rows.swapAt(i, Int(generator.whole(below: UInt64(i + 1))))
      }
    }
  }

  // MARK: Orders of a multiset

  /// The order with this number among all in lexicographic order.
  private mutating func unrank(_ index: Int) {
    var counts = Arrangements.counts(of: classes)
    var rest = index
    for place in classes.indices {
      for number in counts.indices where counts[number] > 0 {
        counts[number] -= 1
        let following = Arrangements.orders(&counts, of: classes.count - place - 1) ?? .max
        if rest < following {
          classes[place] = number
          break
        }
        rest -= following
        counts[number] += 1
      }
    }
  }

  /// The next order in lexicographic order (Knuth, The Art of Computer Programming 4A, 7.2.1.2, algorithm L).
  private mutating func nextOrder() -> Bool {
    var j = classes.count - 2
    while j >= 0, classes[j] >= classes[j + 1] { j -= 1 }
    guard j >= 0 else { return false }
    var l = classes.count - 1
    while classes[j] >= classes[l] { l -= 1 }
    classes.swapAt(j, l)
    classes[(j + 1)...].reverse()
    return true
  }

  /// Puts every study with a row of its class, each row once.
  private mutating func placeRows() {
    for number in next.indices { next[number] = 0 }
    for (study, number) in classes.enumerated() {
      rows[study] = rowsOfClass[number][next[number]]
      next[number] += 1
    }
  }
}
