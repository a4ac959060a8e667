import Dispatch

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Work divided over the processor's cores; results come back by index, so that order and bits never depend on threads.
public enum Parallel {
  /// Number of cores at hand.
  public static var coreCount: Int { max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1) }

  /// The results of `work` for each of `count` pieces, in order.
  ///
  /// With `jobs` fewer threads than cores are used; 1 runs everything on the caller's.
  public static func map<Result: Sendable>(
    _ count: Int, jobs: Int = coreCount, _ work: @Sendable (Int) -> Result
  ) -> [Result] {
    if count <= 1 || jobs == 1 { return (0..<count).map(work) }
    if jobs < min(count, coreCount) {
      let parts = map(jobs, jobs: coreCount) { job in stride(from: job, to: count, by: jobs).map { ($0, work($0)) } }
      return parts.joined().sorted { $0.0 < $1.0 }.map(\.1)
    }
    var results = [Result?](repeating: nil, count: count)
    results.withUnsafeMutableBufferPointer { buffer in
      let slots = Slots(buffer)
      DispatchQueue.concurrentPerform(iterations: count) { slots.set($0, work($0)) }
    }
    return results.compactMap { $0 }
  }

  /// The ranges of `count` things in `pieces` parts of like size.
  public static func ranges(_ count: Int, pieces: Int) -> [Range<Int>] {
    let parts = max(min(pieces, count), 1)
    return (0..<parts).map { (count * $0 / parts)..<(count * ($0 + 1) / parts) }
  }

  /// Places that are each written once, by one thread.
  private struct Slots<Value>: @unchecked Sendable {
    private let buffer: UnsafeMutableBufferPointer<Value?>
    init(_ buffer: UnsafeMutableBufferPointer<Value?>) { self.buffer = buffer }
    func set(_ index: Int, _ value: Value) { buffer[index] = value }
  }
}
