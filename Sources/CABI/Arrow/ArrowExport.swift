import CEvidence

/// A column to hand over: its buffers, the validity bitmap first, all of them allocated for the receiver.
struct ExportedColumn {
  let name: String
  let format: String
  let length: Int
  let nullCount: Int
  let buffers: [UnsafeMutableRawPointer?]

  /// Whole numbers without nulls.
  init(name: String, integers: UnsafeMutableBufferPointer<Int32>) {
    (self.name, format, length, nullCount) = (name, "i", integers.count, 0)
    buffers = [nil, integers.baseAddress.map { UnsafeMutableRawPointer($0) }]
  }

  /// Doubles, of which NaN stands for null.
  init(name: String, doubles: UnsafeMutableBufferPointer<Double>) {
    (self.name, format, length) = (name, "g", doubles.count)
    let nulls = doubles.reduce(0) { $0 + ($1.isNaN ? 1 : 0) }
    nullCount = nulls
    buffers = [
      nulls == 0 ? nil : ExportedColumn.bitmap(doubles), doubles.baseAddress.map { UnsafeMutableRawPointer($0) },
    ]
  }

  /// Texts: `usual` everywhere but in the exceptions.
  /// - Returns: `nil` when the texts are longer than 32-bit offsets reach.
  init?(name: String, count: Int, usual: String, exceptions: [Int: String]) {
    let common = Array(usual.utf8)
    let texts = exceptions.mapValues { Array($0.utf8) }
    let total = texts.reduce(count * common.count) { $0 + $1.value.count - common.count }
    guard total <= Int(Int32.max) else { return nil }
    let offsets = ArrowMemory.buffer(Int32.self, count + 1)
    let bytes = ArrowMemory.buffer(UInt8.self, max(total, 1))
    var end = 0
    for index in 0..<count {
      offsets[index] = Int32(end)
      for byte in texts[index] ?? common {
        bytes[end] = byte
        end += 1
      }
    }
    offsets[count] = Int32(end)
    (self.name, format, length, nullCount) = (name, "u", count, 0)
    buffers = [
      nil, offsets.baseAddress.map { UnsafeMutableRawPointer($0) },
      bytes.baseAddress.map { UnsafeMutableRawPointer($0) },
    ]
  }

  private static func bitmap(_ doubles: UnsafeMutableBufferPointer<Double>) -> UnsafeMutableRawPointer? {
    let bits = ArrowMemory.buffer(UInt8.self, (doubles.count + 7) / 8)
    bits.initialize(repeating: 0)
    for (index, value) in doubles.enumerated() where !value.isNaN { bits[index >> 3] |= 1 << UInt8(index & 7) }
    return bits.baseAddress.map { UnsafeMutableRawPointer($0) }
  }
}

/// Memory as Arrow likes it.
enum ArrowMemory {
  /// Room for values, aligned to 64 bytes and never null.
  static func buffer<Value: BitwiseCopyable>(_ type: Value.Type, _ count: Int) -> UnsafeMutableBufferPointer<Value> {
    let bytes = max(count * MemoryLayout<Value>.stride, 1)
    let start = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    return UnsafeMutableBufferPointer(start: start.bindMemory(to: Value.self, capacity: count), count: count)
  }

  /// A text with its terminating zero.
  static func text(_ text: String) -> UnsafeMutablePointer<CChar> {
    let bytes = text.utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for index in bytes.indices { copy[index] = bytes[index] }
    return copy
  }
}

/// What an exported struct owns; given back when the receiver releases the struct.
private final class ArrowOwner {
  private let blocks: [UnsafeMutableRawPointer]
  init(_ blocks: [UnsafeMutableRawPointer?]) { self.blocks = blocks.compactMap { $0 } }
  deinit { for block in blocks { block.deallocate() } }

  /// A reference for `private_data`.
  var retained: UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }

  static func release(_ reference: UnsafeMutableRawPointer?) {
    if let reference { Unmanaged<ArrowOwner>.fromOpaque(reference).release() }
  }
}

extension ArrowArray {
  /// A column's data.
  fileprivate init(_ column: ExportedColumn) {
    let buffers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: column.buffers.count)
    for (index, buffer) in column.buffers.enumerated() { buffers[index] = buffer.map { UnsafeRawPointer($0) } }
    self.init()
    (length, null_count, n_buffers) = (Int64(column.length), Int64(column.nullCount), Int64(column.buffers.count))
    self.buffers = buffers
    private_data = ArrowOwner(column.buffers + [UnsafeMutableRawPointer(buffers)]).retained
    release = { ArrowArray.giveBack($0) }
  }

  /// A table's data.
  init(table columns: [ExportedColumn], rows: Int) {
    let children = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>.allocate(capacity: max(columns.count, 1))
    for (index, column) in columns.enumerated() {
      let child = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
      child.initialize(to: ArrowArray(column))
      children[index] = child
    }
    let buffers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: 1)
    buffers[0] = nil
    self.init()
    (length, n_buffers, n_children) = (Int64(rows), 1, Int64(columns.count))
    (self.buffers, self.children) = (buffers, children)
    let own = columns.indices.map { children[$0].map { UnsafeMutableRawPointer($0) } }
    private_data = ArrowOwner(own + [UnsafeMutableRawPointer(buffers), UnsafeMutableRawPointer(children)]).retained
    release = { ArrowArray.giveBack($0) }
  }

  /// Releases children that nobody took out, then what the struct owns.
  private static func giveBack(_ array: UnsafeMutablePointer<ArrowArray>?) {
    guard let array, array.pointee.release != nil else { return }
    for index in 0..<Int(array.pointee.n_children) {
      guard let child = array.pointee.children[index], child.pointee.release != nil else { continue }
      child.pointee.release(child)
    }
    array.pointee.release = nil
    ArrowOwner.release(array.pointee.private_data)
  }
}

extension ArrowSchema {
  /// A column's name and type.
  fileprivate init(_ column: ExportedColumn) {
    self.init(name: column.name, format: column.format, flags: Int64(ARROW_FLAG_NULLABLE), children: [])
  }

  /// A table's columns.
  init(table columns: [ExportedColumn]) {
    self.init(name: "", format: "+s", flags: 0, children: columns.map { ArrowSchema($0) })
  }

  private init(name: String, format: String, flags: Int64, children given: [ArrowSchema]) {
    let children = UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>.allocate(capacity: max(given.count, 1))
    var own = [UnsafeMutableRawPointer(children)]
    for (index, schema) in given.enumerated() {
      let child = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
      child.initialize(to: schema)
      children[index] = child
      own.append(UnsafeMutableRawPointer(child))
    }
    let (name, format) = (ArrowMemory.text(name), ArrowMemory.text(format))
    self.init()
    (self.name, self.format) = (UnsafePointer(name), UnsafePointer(format))
    (self.flags, n_children) = (flags, Int64(given.count))
    self.children = given.isEmpty ? nil : children
    private_data = ArrowOwner(own + [UnsafeMutableRawPointer(name), UnsafeMutableRawPointer(format)]).retained
    release = { ArrowSchema.giveBack($0) }
  }

  private static func giveBack(_ schema: UnsafeMutablePointer<ArrowSchema>?) {
    guard let schema, schema.pointee.release != nil else { return }
    for index in 0..<Int(schema.pointee.n_children) {
      guard let child = schema.pointee.children[index], child.pointee.release != nil else { continue }
      child.pointee.release(child)
    }
    schema.pointee.release = nil
    ArrowOwner.release(schema.pointee.private_data)
  }
}
