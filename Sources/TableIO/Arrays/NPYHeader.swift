/// The header of a NumPy array file (`.npy`, versions 1 to 3): what its numbers are, in which order, and where they begin.
///
/// The form is that of NumPy's `numpy.lib.format`: six bytes, two of the version, the length of the text that follows
/// (two bytes in version 1, four in 2 and 3), and a Python dictionary with `descr`, `fortran_order` and `shape`.
public struct NPYHeader: Sendable, Equatable {
  /// The first bytes of every file.
  public static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// Bytes that are enough to read any header of numbers.
  public static let longest = 1 << 16

  /// What an element is.
  public struct Element: Sendable, Equatable {
    /// Bytes of a number: 4 or 8.
    public let size: Int
    /// Whether the high byte comes first.
    public let isBigEndian: Bool
  }

  /// What an element is.
  public let element: Element
  /// Whether the first index varies fastest (Fortran order), and not the last (C order).
  public let isFortranOrder: Bool
  /// Length of each axis.
  public let shape: [Int]
  /// Where the numbers begin.
  public let dataStart: Int

  /// Bytes that the numbers take.
  public var dataSize: Int { shape.reduce(element.size, *) }

  /// Reads a header from the beginning of a file.
  ///
  /// Throws for what is no `.npy` file, and for elements other than float64 and float32.
  public init(_ bytes: ArraySlice<UInt8>) throws(TableError) {
    guard bytes.starts(with: Self.magic), bytes.count >= 10 else {
      throw TableError("this is not a NumPy array", expected: "an .npy file, as numpy.save writes it")
    }
    let at = bytes.startIndex
    let version = bytes[at + 6]
    guard (1...3).contains(version) else {
      throw TableError("version \(version) of the .npy form is not known", expected: "version 1, 2 or 3")
    }
    let lengthSize = version == 1 ? 2 : 4
    let length = (0..<lengthSize).reversed().reduce(0) { $0 << 8 | Int(bytes[at + 8 + $1]) }
    dataStart = 8 + lengthSize + length
    guard length <= Self.longest, bytes.count >= dataStart else {
      throw TableError("the header of the array is cut", expected: "\(dataStart) bytes before the numbers")
    }
    var text = PythonLiteral(bytes[(at + 8 + lengthSize)..<(at + dataStart)])
    guard let members = text.dictionary(), let descr = members["descr"], case .tuple(let axes)? = members["shape"],
      case .bool(let order)? = members["fortran_order"]
    else { throw TableError("the header of the array cannot be read", expected: "descr, fortran_order and shape") }
    element = try Self.element(descr)
    isFortranOrder = order
    shape = axes
    var size = element.size
    for axis in axes {
      let (product, overflow) = size.multipliedReportingOverflow(by: axis)
      guard axis >= 0, !overflow else { throw TableError("the array's shape is impossible: \(Self.text(axes))") }
      size = product
    }
  }

  private static func element(_ descr: PythonLiteral.Value) throws(TableError) -> Element {
    let expected = "float64 or float32; convert with array.astype(float)"
    guard case .text(let code) = descr else {
      throw TableError("the array's elements are records", expected: expected)
    }
    let order = code.first ?? " "
    let size = ["f8": 8, "d": 8, "f4": 4, "f": 4][String("<>=|".contains(order) ? code.dropFirst() : code[...])]
    guard let size else { throw TableError("the array's elements are \(code)", expected: expected) }
    return Element(size: size, isBigEndian: order == ">")
  }

  /// A shape as Python writes it.
  public static func text(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
  }
}

/// The little of Python's literals that headers have: a dictionary of strings, truth values and tuples of whole numbers.
private struct PythonLiteral {
  enum Value {
    case text(String), bool(Bool), tuple([Int])
    /// A list or anything else that is skipped.
    case other
  }

  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

  mutating func dictionary() -> [String: Value]? {
    guard take("{") else { return nil }
    var members: [String: Value] = [:]
    while !take("}") {
      guard let key = string(), take(":"), let value = value() else { return nil }
      members[key] = value
      guard take(",") || peek() == UInt8(ascii: "}") else { return nil }
    }
    return members
  }

  private mutating func peek() -> UInt8? {
    while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
    return at < bytes.count ? bytes[at] : nil
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func string() -> String? {
    guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
    guard let end = bytes[(at + 1)...].firstIndex(of: quote) else { return nil }
    defer { at = end + 1 }
    return String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
  }

  private mutating func value() -> Value? {
    switch peek() {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return string().map { .text($0) }
    case UInt8(ascii: "("): return tuple().map { .tuple($0) }
    case UInt8(ascii: "["): return list() ? .other : nil
    default:
      let word = takeWord()
      return word == "True" ? .bool(true) : word == "False" ? .bool(false) : nil
    }
  }

  private mutating func takeWord() -> String {
    let start = at
    while at < bytes.count, isWordByte(bytes[at]) { at += 1 }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
  }

  private mutating func tuple() -> [Int]? {
    guard take("(") else { return nil }
    var numbers: [Int] = []
    while !take(")") {
      guard peek() != nil else { return nil }
      // Python 2 wrote long numbers as 10L.
      let word = takeWord()
      guard let number = Int(word.hasSuffix("L") ? String(word.dropLast()) : word) else { return nil }
      numbers.append(number)
      guard take(",") || peek() == UInt8(ascii: ")") else { return nil }
    }
    return numbers
  }

  /// Skips a list, of the fields of records.
  private mutating func list() -> Bool {
    var depth = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "[") { depth += 1 }
      if bytes[at] == UInt8(ascii: "]") { depth -= 1 }
      at += 1
      if depth == 0 { return true }
    }
    return false
  }
}
