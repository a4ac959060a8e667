import CEvidence
import Engine

/// A column that somebody else owns, looked at before it is used.
///
/// What can be checked is: types, counts, null pointers, negative lengths. How much memory stands behind a pointer cannot.
struct ArrowColumn {
  let name: String
  let type: ArrowType
  /// Number of values.
  let length: Int
  private let schema: ArrowSchema
  private let array: ArrowArray
  private let offset: Int
  private let validity: UnsafePointer<UInt8>?

  init(_ schema: ArrowSchema, _ array: ArrowArray, name: String) throws(EvidenceError) {
    guard schema.release != nil, array.release != nil else {
      throw EvidenceError(.usage, "Arrow: \(name) has been released already")
    }
    guard let format = schema.format.map({ String(cString: $0) }), let type = ArrowType(format: format),
      schema.dictionary == nil, array.dictionary == nil
    else {
      let found = schema.dictionary != nil ? "a dictionary" : schema.format.map { String(cString: $0) } ?? "no format"
      throw EvidenceError(
        .usage, "Arrow: \(name) has the type \(found), which is not read",
        hint: "cast it to numbers, booleans, utf8, a list of numbers or a list of structs")
    }
    let limit = Int64(CallerBytes.countLimit)
    guard (0...limit).contains(array.length), (0...limit).contains(array.offset) else {
      throw EvidenceError(.usage, "Arrow: \(name) has the length \(array.length) and the offset \(array.offset)")
    }
    (self.name, self.type, self.schema, self.array) = (name, type, schema, array)
    (length, offset) = (Int(array.length), Int(array.offset))
    try ArrowColumn.checkCounts(schema, array, type, name)
    validity = array.null_count == 0 ? nil : array.buffers[0]?.assumingMemoryBound(to: UInt8.self)
    for index in 1..<max(type.bufferCount, 1) where length > 0 && array.buffers[index] == nil {
      // The bytes of texts may be missing where all are empty.
      guard index == 2 else { throw EvidenceError(.usage, "Arrow: buffer \(index) of \(name) is null") }
    }
  }

  private static func checkCounts(
    _ schema: ArrowSchema, _ array: ArrowArray, _ type: ArrowType, _ name: String
  ) throws(EvidenceError) {
    guard array.n_buffers == Int64(type.bufferCount), array.buffers != nil else {
      throw EvidenceError(
        .usage, "Arrow: \(name) has \(array.n_buffers) buffers, its type has \(type.bufferCount)")
    }
    let wanted = type.childCount.map(Int64.init) ?? schema.n_children
    guard schema.n_children == wanted, array.n_children == wanted, (0...Int64(1 << 20)).contains(wanted),
      wanted == 0 || (schema.children != nil && array.children != nil)
    else {
      throw EvidenceError(
        .usage, "Arrow: \(name) has \(schema.n_children) children in its schema and \(array.n_children) in its data")
    }
  }

  /// The children.
  func children() throws(EvidenceError) -> [ArrowColumn] {
    var columns = [ArrowColumn]()
    for index in 0..<Int(schema.n_children) {
      guard let childSchema = schema.children[index], let child = array.children[index] else {
        throw EvidenceError(.usage, "Arrow: child \(index) of \(name) is null")
      }
      let own = childSchema.pointee.name.map { String(cString: $0) } ?? ""
      columns.append(try ArrowColumn(childSchema.pointee, child.pointee, name: own))
    }
    return columns
  }

  /// Where the value at a place stands in the buffers and, for structs, in the children.
  func position(_ index: Int) -> Int { offset + index }

  /// Whether there is a value at a place.
  func isValid(_ index: Int) -> Bool {
    guard let validity else { return true }
    let place = offset + index
    return validity[place >> 3] & (1 << UInt8(place & 7)) != 0
  }

  /// Whether every value is there.
  var isComplete: Bool {
    guard validity != nil else { return true }
    return (0..<length).allSatisfy(isValid)
  }

  /// A buffer as values of a type, beginning with the column's first value.
  func values<Value: BitwiseCopyable>(_ buffer: Int = 1, of type: Value.Type) -> UnsafePointer<Value>? {
    array.buffers[buffer].map { $0.assumingMemoryBound(to: Value.self) + (buffer == 1 ? offset : 0) }
  }

  /// A truth value of a column of booleans.
  func bit(_ index: Int) -> Bool {
    guard let bits = array.buffers[1]?.assumingMemoryBound(to: UInt8.self) else { return false }
    let place = offset + index
    return bits[place >> 3] & (1 << UInt8(place & 7)) != 0
  }
}

/// A table that was handed over: it is released when nobody refers to it any more.
final class ArrowTable {
  private var schema: ArrowSchema
  private var array: ArrowArray

  /// Takes both over; what they were in is left released, as the interface asks of a move.
  init(moving schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?) {
    self.schema = schema?.pointee ?? ArrowSchema()
    self.array = array?.pointee ?? ArrowArray()
    schema?.pointee.release = nil
    array?.pointee.release = nil
  }

  deinit {
    if schema.release != nil { schema.release(&schema) }
    if array.release != nil { array.release(&array) }
  }

  /// The table as a column of structs, its children the columns.
  /// - Throws: 64 for anything else than a table.
  func root() throws(EvidenceError) -> ArrowColumn {
    let root = try ArrowColumn(schema, array, name: "the table")
    guard root.type == .structure else {
      throw EvidenceError(.usage, "Arrow: a table is a struct of columns", hint: "hand over a record batch")
    }
    guard root.isComplete else { throw EvidenceError(.usage, "Arrow: whole rows of the table are null") }
    for child in try root.children() where child.length < root.position(root.length) {
      throw EvidenceError(
        .usage, "Arrow: column \(child.name) has \(child.length) values, the table \(root.position(root.length)) rows")
    }
    return root
  }
}
