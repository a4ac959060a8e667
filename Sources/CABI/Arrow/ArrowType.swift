import Engine

/// The kinds of Arrow columns that are read, by their format strings.
enum ArrowType: Equatable {
  case boolean
  case int8, uint8, int16, uint16, int32, uint32, int64, uint64
  case float32, float64
  case utf8, largeUTF8
  case list, largeList
  case fixedSizeList(Int)
  case structure

  /// The type that a format string names.
  init?(format: String) {
    switch format {
    case "b": self = .boolean
    case "c": self = .int8
    case "C": self = .uint8
    case "s": self = .int16
    case "S": self = .uint16
    case "i": self = .int32
    case "I": self = .uint32
    case "l": self = .int64
    case "L": self = .uint64
    case "f": self = .float32
    case "g": self = .float64
    case "u": self = .utf8
    case "U": self = .largeUTF8
    case "+l": self = .list
    case "+L": self = .largeList
    case "+s": self = .structure
    default:
      guard format.hasPrefix("+w:"), let size = Int(format.dropFirst(3)), (0...Int(Int32.max)).contains(size) else {
        return nil
      }
      self = .fixedSizeList(size)
    }
  }

  /// Number of buffers, the validity bitmap first.
  var bufferCount: Int {
    switch self {
    case .structure, .fixedSizeList: 1
    case .utf8, .largeUTF8: 3
    default: 2
    }
  }

  /// Number of children; `nil` for any.
  var childCount: Int? {
    switch self {
    case .structure: nil
    case .list, .largeList, .fixedSizeList: 1
    default: 0
    }
  }

  /// Whether values are numbers, truth values not among them.
  var isNumeric: Bool {
    switch self {
    case .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64, .float32, .float64: true
    default: false
    }
  }
}
