/// Groups from several ordered parts of a spill file, taken in the order of their first rows.
struct GroupMerge {
  /// A part that is being read.
  private struct Reader {
    var rest: Range<Int>
    var window: [UInt8] = []
    var place = 0
    /// The next group; `nil` at the end.
    var head: SpilledRun?
  }

  private let file: SpillFile
  private let windowSize: Int
  private var readers: [Reader] = []
  /// Readers that have groups, a heap with the first at its root.
  private var heap: [Int] = []

  /// Parts of a file, each with groups in ascending order of their first rows.
  init(_ file: SpillFile, _ parts: [Range<Int>]) throws(EvidenceError) {
    self.file = file
    windowSize = max(min(SpillFile.memory / max(parts.count, 1), 1 << 20), 1 << 14)
    for part in parts where !part.isEmpty {
      var reader = Reader(rest: part)
      try load(&reader)
      readers.append(reader)
      heap.append(readers.count - 1)
    }
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
  }

  /// Adds the next group to others; false after the last.
  mutating func next(into rows: inout BatchRows) throws(EvidenceError) -> Bool {
    guard let first = heap.first, let head = readers[first].head else { return false }
    head.append(to: &rows, readers[first].window)
    readers[first].place += head.length
    try load(&readers[first])
    if readers[first].head == nil, let last = heap.popLast(), !heap.isEmpty { heap[0] = last }
    if !heap.isEmpty { sink(0) }
    return true
  }

  /// Makes the next group of a reader whole in its window.
  private func load(_ reader: inout Reader) throws(EvidenceError) {
    reader.head = nil
    var wanted = SpilledRun.headerSize
    while true {
      if reader.window.count - reader.place < wanted {
        if reader.rest.isEmpty { return }
        reader.window.removeFirst(reader.place)
        reader.place = 0
        let end = min(reader.rest.lowerBound + max(windowSize, wanted - reader.window.count), reader.rest.upperBound)
        reader.window += try file.bytes(reader.rest.lowerBound..<end)
        reader.rest = end..<reader.rest.upperBound
      }
      guard let head = SpilledRun(reader.window, at: reader.place) else { return }
      if head.length <= reader.window.count - reader.place {
        reader.head = head
        return
      }
      wanted = head.length
    }
  }

  private func start(_ index: Int) -> Int { readers[heap[index]].head?.start ?? .max }

  /// Moves an entry of the heap down to where it belongs.
  private mutating func sink(_ index: Int) {
    var parent = index
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && start(child) < start(least) {
        least = child
      }
      if least == parent { return }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
