import Dispatch

/// Work that is put on in some order, done on several threads, and taken off in the same order.
///
/// One owner puts on and takes off. With one job everything is done on the owner's thread. Each thread has a worker of its own, which keeps
/// what it needs from one piece to the next.
final class Conveyor<Input: Sendable, Output: Sendable> {
  private let belts: [Belt]
  private let runsHere: Bool
  private var slots: [Slot] = []
  /// Slots before this one are taken.
  private var first = 0
  private var number = 0

  /// A conveyor with a worker for each of some jobs.
  init(jobs: Int, makeWorker: () -> (Input) -> Output) {
    let count = max(min(jobs, Parallel.coreCount), 1)
    runsHere = count == 1
    belts = (0..<count).map { Belt(DispatchQueue(label: "evidence.\($0)"), makeWorker()) }
  }

  deinit { while take() != nil {} }

  /// Number of pieces that are on their way.
  private var waiting: Int { slots.count - first }

  /// Whether enough is on its way to keep every thread busy.
  var isFull: Bool { waiting >= (runsHere ? 1 : 3 * belts.count) }

  /// Puts a piece on.
  func put(_ input: Input) {
    let slot = Slot()
    slots.append(slot)
    let belt = belts[number % belts.count]
    number += 1
    if runsHere {
      slot.fill(belt.work(input))
    } else {
      belt.queue.async { slot.fill(belt.work(input)) }
    }
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

  /// A thread and its worker, which only that thread uses.
  private final class Belt: @unchecked Sendable {
    let queue: DispatchQueue
    let work: (Input) -> Output
    init(_ queue: DispatchQueue, _ work: @escaping (Input) -> Output) { (self.queue, self.work) = (queue, work) }
  }

  /// The place of an output, filled by one thread and emptied by another that waits for it.
  private final class Slot: @unchecked Sendable {
    private let isReady = DispatchSemaphore(value: 0)
    private var output: Output?

    func fill(_ output: Output) {
      self.output = output
      isReady.signal()
    }

    func wait() -> Output? {
      isReady.wait()
      defer { output = nil }
      return output
    }
  }
}
