import Evidence

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

// Pools G sets of k studies held in memory: reads little-endian doubles y (G·k) and v (G·k) from two files, prints the seconds
// that the pooling took.
//   BatchMemory y.f64 v.f64 k method inference jobs [p|pq]     with p: p-values of the estimates; with pq: of Q too

/// Says what is wrong and ends.
func fail(_ message: String) -> Never {
  print(message)
  exit(64)
}

/// A whole file of doubles.
func doubles(_ path: String) -> [Double] {
  guard let file = fopen(path, "rb") else { fail("cannot read \(path)") }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let count = ftell(file) / 8
  fseek(file, 0, SEEK_SET)
  return [Double](unsafeUninitializedCapacity: count) { buffer, filled in
    filled = fread(buffer.baseAddress, 8, count, file)
  }
}

let arguments = CommandLine.arguments
guard arguments.count >= 7, let k = Int(arguments[3]), let jobs = Int(arguments[6]),
  let method = PoolMethod(code: arguments[4]), let inference = Inference(word: arguments[5])
else { fail("usage: BatchMemory y.f64 v.f64 k method inference jobs [p|pq]") }
let y = doubles(arguments[1])
let v = doubles(arguments[2])
let groups = y.count / k
let offsets = (0...groups).map { $0 * k }
var request = PoolRequest(data: DataRequest(input: ""))
request.method = method
request.inference = inference
request.prediction = .none
let batch = try ColumnBatch(request, roles: [.yi, .vi])
let storage = GroupResultStorage(count: groups)
var results = storage.columns
let wanted = arguments.dropFirst(7).first ?? ""
if !wanted.contains("p") { results.p = nil }
if !wanted.contains("q") { results.qP = nil }
let clock = ContinuousClock()
var failed = 0
let time = try clock.measure {
  try y.withUnsafeBufferPointer { y in
    try v.withUnsafeBufferPointer { v in
      try offsets.withUnsafeBufferPointer { offsets in
        failed = try batch.run(GroupedColumns(offsets: offsets, columns: [y, v]), into: results, jobs: jobs).count
      }
    }
  }
}
let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
print(seconds, failed)
