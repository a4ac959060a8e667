import Engine

/// Doubles of a column: the column's own memory where that can be, else a copy.
final class ArrowNumbers {
  let values: UnsafeBufferPointer<Double>
  private let owned: UnsafeMutableBufferPointer<Double>?

  /// The values at some places of a column of numbers; nulls are NaN.
  ///
  /// - Parameters:
  ///   - blanks: places that are not to be seen.
  ///   - parent: the column of structs that the column is a field of; its nulls count too.
  init(
    _ column: ArrowColumn, _ places: Range<Int>, blanks: [Range<Int>], parent: ArrowColumn?
  ) throws(EvidenceError) {
    guard column.type.isNumeric else {
      throw EvidenceError(.usage, "Arrow: \(column.name) holds no numbers", hint: "cast it to doubles")
    }
    let shift = parent?.position(0) ?? 0
    let own = (places.lowerBound + shift)..<(places.upperBound + shift)
    guard own.upperBound <= column.length else {
      throw EvidenceError(
        .usage, "Arrow: \(column.name) has \(column.length) values, but its lists reach to \(own.upperBound)")
    }
    if column.type == .float64, blanks.isEmpty, column.isComplete, parent?.isComplete ?? true {
      owned = nil
      let start = column.values(of: Double.self).map { $0 + own.lowerBound }
      values = UnsafeBufferPointer(start: start, count: start == nil ? 0 : own.count)
      return
    }
    let copy = UnsafeMutableBufferPointer<Double>.allocate(capacity: own.count)
    column.convert(own, into: copy)
    for index in 0..<own.count
    where !column.isValid(own.lowerBound + index) || !(parent?.isValid(places.lowerBound + index) ?? true) {
      copy[index] = .nan
    }
    for place in blanks.joined() { copy[place - places.lowerBound] = .nan }
    (owned, values) = (copy, UnsafeBufferPointer(copy))
  }

  deinit { owned?.deallocate() }
}

extension ArrowColumn {
  /// Writes the numbers at some places as doubles, whether they are valid or not.
  fileprivate func convert(_ places: Range<Int>, into target: UnsafeMutableBufferPointer<Double>) {
    switch type {
    case .int8: copy(Int8.self, places, target) { Double($0) }
    case .uint8: copy(UInt8.self, places, target) { Double($0) }
    case .int16: copy(Int16.self, places, target) { Double($0) }
    case .uint16: copy(UInt16.self, places, target) { Double($0) }
    case .int32: copy(Int32.self, places, target) { Double($0) }
    case .uint32: copy(UInt32.self, places, target) { Double($0) }
    case .int64: copy(Int64.self, places, target) { Double($0) }
    case .uint64: copy(UInt64.self, places, target) { Double($0) }
    case .float32: copy(Float.self, places, target) { Double($0) }
    default: copy(Double.self, places, target) { $0 }
    }
  }

  private func copy<Value: BitwiseCopyable>(
    _ type: Value.Type, _ places: Range<Int>, _ target: UnsafeMutableBufferPointer<Double>,
    _ number: (Value) -> Double
  ) {
    guard let source = values(of: type) else { return target.initialize(repeating: .nan) }
    for (index, place) in places.enumerated() { target[index] = number(source[place]) }
  }
}
