public import EffectSizes
import NumericCore
import Synthesis

/// Many analyses in one pass over a long table: one for each group of rows.
public struct BatchRequest: Sendable {
  /// Measure, method and the rest, as for one analysis; the input is `pool.data.input`.
  public var pool: PoolRequest
  /// Columns whose values together name a group.
  public var by: [String]
  /// A column that names the method of each group, and groups like those of `by`; an empty cell takes the request's.
  public var methodColumn: String?
  /// Whether the rows of a group may stand apart. Rows are then spread over temporary files by a hash of their groups.
  public var unsorted = false
  /// Whether a row is an analysis, with a set of columns for each study.
  public var wide = false
  /// The array of variances or standard errors, where the input is an array of estimates.
  public var spread: Spread?
  /// Number of threads; the result does not depend on it.
  public var jobs: Int
  /// Output rows as NDJSON instead of CSV.
  public var ndjson = false
  /// Which part of the groups to do, `nil` for all.
  public var shard: Shard?

  /// Part `index` of `count`, from 1: the groups whose first row begins in that part of the input's bytes.
  public struct Shard: Sendable, Equatable {
    /// Which part, from 1.
    public let index: Int
    /// Of how many.
    public let count: Int

    /// Reads `i/n`.
    /// - Throws: 64 for anything else.
    public init(_ text: String) throws(EvidenceError) {
      let parts = text.split(separator: "/").compactMap { Int($0) }
      guard parts.count == 2, parts[0] >= 1, parts[0] <= parts[1] else {
        throw EvidenceError(.usage, "--shard expects i/n with 1 ≤ i ≤ n, got \(text)")
      }
      (index, count) = (parts[0], parts[1])
    }

    /// The places of an input of some length that this part has.
    func range(_ length: Int) -> Range<Int> {
      let (high, low) = (index - 1).multipliedFullWidth(by: length)
      let (nextHigh, nextLow) = index.multipliedFullWidth(by: length)
      return count.dividingFullWidth((high, low)).quotient..<count.dividingFullWidth((nextHigh, nextLow)).quotient
    }
  }

  /// A NumPy array beside that of the estimates.
  public struct Spread: Sendable, Equatable {
    /// `vi` or `sei`.
    public let role: Role
    /// The file.
    public let file: String

    /// The variances in a file.
    public static func variances(_ file: String) -> Spread { Spread(role: .vi, file: file) }
    /// The standard errors in a file.
    public static func standardErrors(_ file: String) -> Spread { Spread(role: .sei, file: file) }
  }

  /// A batch with every default.
  public init(pool: PoolRequest, by: [String]) {
    self.pool = pool
    self.by = by
    jobs = Parallel.coreCount
  }

  /// All columns whose values together name a group.
  var groupColumns: [String] { by + [methodColumn].compactMap { $0 }.filter { !by.contains($0) } }

  /// The same work for all groups.
  var whole: BatchRequest {
    var whole = self
    whole.shard = nil
    return whole
  }

  /// Names of the result columns, behind those of the group.
  var resultColumns: [String] {
    var names = ["k", "estimate", "se", "ci_lower", "ci_upper", "p", "tau2", "i2", "q", "q_p"]
    if pool.prediction != .none { names += ["pi_lower", "pi_upper"] }
    return names + ["status"]
  }
}
