import TableIO

/// Groups of a long table whose rows may stand apart, in the order of their first rows.
struct UnsortedSource: GroupSource {
  private var rows: LongSource
  let part: Range<Int>?
  private var isDone = false

  /// Opens the input and finds its columns.
  init(_ request: BatchRequest) throws(EvidenceError) {
    var all = request
    all.shard = nil
    rows = try LongSource(all)
    part = request.shard.flatMap { [size = rows.size] shard in size.map(shard.range) }
  }

  var shape: BatchShape { rows.shape }
  var inputs: [InputIdentity] { rows.inputs }
  var progress: BatchProgress { rows.progress }

  /// Gathers the rows of each group, in order of the groups' first rows.
  mutating func next() throws(EvidenceError) -> BatchRows? {
    if isDone { return nil }
    isDone = true
    var all = BatchRows(roleCount: shape.roles.count)
    while let block = try rows.next() { all.append(block) }
    var place: [[UInt8]: Int] = [:]
    var order: [BatchRows.Run] = []
    var members: [[Int]] = []
    for run in all.runs {
      if let index = place[run.key] {
        members[index] += run.rows
        order[index].fault = order[index].fault ?? run.fault
      } else {
        place[run.key] = order.count
        order.append(run)
        members.append(Array(run.rows))
      }
    }
    var gathered = BatchRows(roleCount: shape.roles.count)
    for index in order.indices {
      let start = gathered.count
      for role in gathered.values.indices { gathered.values[role] += members[index].map { all.values[role][$0] } }
      gathered.lines += members[index].map { all.lines[$0] }
      order[index].rows = start..<gathered.count
    }
    gathered.runs = order
    if let part { gathered.runs.removeAll { !part.contains($0.start) } }
    return gathered
  }
}
