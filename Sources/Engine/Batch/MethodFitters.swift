import EffectSizes
import Synthesis

/// Fits groups of which each names its method: `--method-column`.
///
/// Each thread has its own; a method is made ready when the first group asks for it.
struct MethodFitters {
  private struct Choice {
    /// `nil` for a method that cannot be.
    var fitter: GroupFitter?
    /// Why it cannot be.
    var reason = ""
    /// The groups that want it.
    var groups: [Int] = []
  }

  private let request: PoolRequest
  private let roles: [Role]
  /// Which of the values of a group's key is the method.
  private let part: Int
  private var places: [[UInt8]: Int] = [:]
  private var choices: [Choice] = []

  /// Fitters for a request, whose method stands for an empty cell.
  init(_ request: PoolRequest, roles: [Role], part: Int) {
    (self.request, self.roles, self.part) = (request, roles, part)
  }

  /// Fits groups that are runs of some rows, and stores their results; what went wrong, in no order.
  mutating func fit(
    _ rows: BatchRows, _ chosen: Range<Int>, _ groups: GroupedColumns, into results: GroupResults
  ) -> [GroupProblem] {
    for place in choices.indices { choices[place].groups.removeAll(keepingCapacity: true) }
    for (group, run) in rows.runs[chosen].enumerated() {
      choices[place(of: method(rows, run))].groups.append(group)
    }
    var problems: [GroupProblem] = []
    for place in choices.indices where !choices[place].groups.isEmpty {
      let wanted = choices[place].groups
      if let found = choices[place].fitter?.fit(groups, 0..<chosen.count, wanted, into: results) {
        problems += found
        continue
      }
      for group in wanted {
        results.fail(group, .badValue)
        problems.append(
          GroupProblem(
            group: group, status: .badValue, row: groups.offsets[group], message: choices[place].reason))
      }
    }
    return problems
  }

  /// The value of a run's method; nothing where a record is too short to have it.
  private func method(_ rows: BatchRows, _ run: BatchRows.Run) -> ArraySlice<UInt8> {
    var (start, values) = (run.key.lowerBound, 0)
    for place in run.key where rows.keys[place] == BatchRows.separator {
      if values == part { return rows.keys[start..<place] }
      (start, values) = (place + 1, values + 1)
    }
    return []
  }

  private mutating func place(of word: ArraySlice<UInt8>) -> Int {
    let key = Array(word)
    if let known = places[key] { return known }
    choices.append(choice(String(decoding: word, as: UTF8.self)))
    places[key] = choices.count - 1
    return choices.count - 1
  }

  private func choice(_ word: String) -> Choice {
    var own = request
    let code = word.filter { $0 != " " }
    if !code.isEmpty {
      guard let method = PoolMethod(code: code) else {
        return Choice(
          reason: "method \"\(word)\" is not known, expected one of " + PoolMethod.codes.joined(separator: ", "))
      }
      own.method = method
    }
    do throws(EvidenceError) { return Choice(fitter: try ColumnBatch(own, roles: roles).fitter) } catch {
      return Choice(reason: error.message)
    }
  }
}
