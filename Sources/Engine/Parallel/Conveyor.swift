import Dispatch
import NumericCore

/// Work that is put on in some order, done on several threads, and taken off in the same order.
///
/// One owner puts on and takes off. A thread that is free takes the oldest piece that nobody works on; with one job everything is done on
/// the owner's thread. Each thread has a worker of its own, which keeps what it needs from one piece to the next.
final class Conveyor<Input: Sendable, Output: Sendable> {
  private let belt = Belt<Slot>()
  /// The worker of the owner's thread; `nil` when there are others.
  private let own: ((Input) -> Output)?
  private let limit: Int
  private var slots: [Slot] = []
  /// Slots before this one are taken.
  private var first = 0

  /// A conveyor with a worker for each of some jobs.
  init(jobs: Int, makeWorker: () -> (Input) -> Output) {
    let count = max(min(jobs, Parallel.coreCount), 1)
    own = count == 1 ? makeWorker() : nil
    limit = count == 1 ? 1 : 6 * count
    guard count > 1 else { return }
    for number in 0..<count {
      let worker = Confined(makeWorker())
      DispatchQueue(label: "evidence.\(number)").async { [belt] in
        while let slot = belt.take() { slot.finish(worker.work) }
      }
    }
  }

  deinit { belt.close() }

  /// Whether enough is on its way to keep every thread busy.
  var isFull: Bool { slots.count - first >= limit }

  /// Puts a piece on.
  func put(_ input: Input) {
    let slot = Slot(input)
    slots.append(slot)
    if let own { slot.finish(own) } else { belt.put(slot) }
  }

  /// Takes the oldest piece off, waiting until it is done; `nil` when nothing is on its way.
  func take() -> Output? {
    guard first < slots.count else { return nil }
    let output = slots[first].wait()
    first += 1
    if first == slots.count || first > 64 {
      slots.removeFirst(first)
      first = 0
    }
    return output
  }

  /// A worker that only one thread uses.
  private struct Confined: @unchecked Sendable {
    let work: (Input) -> Output
    init(_ work: @escaping (Input) -> Output) { self.work = work }
  }

  /// The place of a piece and of what becomes of it: filled by one thread and emptied by another that waits for it.
  private final class Slot: @unchecked Sendable {
    private let isReady = DispatchSemaphore(value: 0)
    private var input: Input?
    private var output: Output?

    init(_ input: Input) { self.input = input }

    func finish(_ work: (Input) -> Output) {
      output = input.map(work)
      input = nil
      isReady.signal()
    }

    func wait() -> Output? {
      isReady.wait()
      defer { output = nil }
      return output
    }
  }
}

/// A queue from which several threads take, waiting while it is empty.
private final class Belt<Item: Sendable>: @unchecked Sendable {
  // Unchecked: `items` and `isClosed` are touched with the lock only.
  private let lock = DispatchSemaphore(value: 1)
  private let count = DispatchSemaphore(value: 0)
  private var items: [Item] = []
  private var isClosed = false

  func put(_ item: Item) {
    lock.wait()
    items.append(item)
    lock.signal()
    count.signal()
  }

  /// The oldest item; `nil` when the belt is closed.
  func take() -> Item? {
    count.wait()
    lock.wait()
    defer { lock.signal() }
    if isClosed {
      // Who waits behind must see it too.
      count.signal()
      return nil
    }
    return items.removeFirst()
  }

  /// Ends the work: what nobody has begun is dropped.
  func close() {
    lock.wait()
    isClosed = true
    items = []
    lock.signal()
    count.signal()
  }
}
