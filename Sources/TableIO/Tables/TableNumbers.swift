/// What a cell says where a number belongs.
public enum NumberCell: Sendable, Equatable {
  /// A finite number.
  case value(Double)
  /// Nothing, or a code for a missing value.
  case missing
  /// Some other text.
  case notANumber

  /// What a range of a text says.
  @inline(__always)
  init(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, decimalMark: UInt8) {
    if let value = NumberParser.parse(text, range, decimalMark: decimalMark) {
      self = .value(value)
    } else {
      self = Self.afterTrimming(UnsafeRawBufferPointer(rebasing: text[range]), decimalMark)
    }
  }

  @inline(never)
  private static func afterTrimming(_ raw: UnsafeRawBufferPointer, _ decimalMark: UInt8) -> NumberCell {
    let text = raw.trimmed()
    if MissingCode.matches(text) { return .missing }
    if text.count < raw.count, let value = NumberParser.parse(text, decimalMark: decimalMark) { return .value(value) }
    return .notANumber
  }

  /// The number, if there is one.
  public var value: Double? {
    if case .value(let value) = self { value } else { nil }
  }
}

/// A column read as numbers.
public struct NumberColumn: Sendable {
  /// A number per row; NaN where it is missing or is none.
  public let values: [Double]
  /// The rows whose text is neither a number nor a code for a missing value, in order.
  public let notNumbers: [Int]
}

extension Table {
  /// The cell as a number, by the column's decimal mark. Thousands separators, hexadecimal, infinities are not numbers.
  public func number(row: Int, column: Int) -> NumberCell {
    let cell = cells[index(row, column)]
    return bytes.withUnsafeBytes { Self.number($0, cell, marks[column]) }
  }

  /// The whole column as numbers.
  public func numbers(column: Int) -> NumberColumn {
    precondition(columnNames.indices.contains(column), "no such column")
    var values = [Double](repeating: .nan, count: rowCount)
    var notNumbers: [Int] = []
    let (mark, stride) = (marks[column], columnNames.count)
    bytes.withUnsafeBytes { bytes in
      for row in 0..<rowCount {
        switch Self.number(bytes, cells[row * stride + column], mark) {
        case .value(let value): values[row] = value
        case .missing: break
        case .notANumber: notNumbers.append(row)
        }
      }
    }
    return NumberColumn(values: values, notNumbers: notNumbers)
  }

  @inline(__always)
  private static func number(_ bytes: UnsafeRawBufferPointer, _ cell: Cell, _ mark: UInt8) -> NumberCell {
    NumberCell(bytes, Int(cell.start)..<Int(cell.end), decimalMark: mark)
  }
}
