/// A JSON value; objects keep the order of their keys, so that the same result always prints as the same bytes.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// A number with a fraction or an exponent, or one too long for an integer; not finite means `null` on writing.
  case number(Double)
  /// A whole number, written without a fraction.
  case integer(Int)
  case string(String)
  case array([JSONValue])
  /// An array whose elements are made when they are asked for; reading never gives one.
  case list(JSONList)
  /// Members in order. Two members of one name are kept; `subscript(_:)` finds the last, as most readers do.
  case object([Member])

  /// A key and its value.
  public struct Member: Sendable, Equatable {
    /// The member's name.
    public var key: String
    /// What stands behind the colon.
    public var value: JSONValue

    /// A member of an object.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }
}

/// The elements of a long array, each made when it is asked for: a report on a million studies is never in memory as a whole.
public struct JSONList: Sendable, Equatable {
  /// Number of elements.
  public let count: Int
  private let element: @Sendable (Int) -> JSONValue

  /// A list; `element` gives the same value whenever it is asked.
  public init(count: Int, element: @escaping @Sendable (Int) -> JSONValue) {
    self.count = count
    self.element = element
  }

  /// The element at a place.
  public subscript(place: Int) -> JSONValue { element(place) }

  /// Whether all elements are the same.
  public static func == (a: JSONList, b: JSONList) -> Bool {
    a.count == b.count && (0..<a.count).allSatisfy { a[$0] == b[$0] }
  }
}

extension JSONValue {
  /// The value of a key of an object; nil for another kind of value or an absent key.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The element of an array; nil for another kind of value or a place outside.
  public subscript(index: Int) -> JSONValue? {
    switch self {
    case .array(let elements): elements.indices.contains(index) ? elements[index] : nil
    case .list(let list): (0..<list.count).contains(index) ? list[index] : nil
    default: nil
    }
  }

  /// The number, whole or not; nil for another kind of value.
  public var double: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The whole number; also of a number without a fraction that fits.
  public var int: Int? {
    switch self {
    case .number(let value): Int(exactly: value)
    case .integer(let value): value
    default: nil
    }
  }

  /// The text; nil for another kind of value.
  public var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The truth value; nil for another kind of value.
  public var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The elements; nil for another kind of value.
  public var array: [JSONValue]? {
    switch self {
    case .array(let elements): elements
    case .list(let list): (0..<list.count).map { list[$0] }
    default: nil
    }
  }

  /// The members in order; nil for another kind of value.
  public var object: [Member]? {
    if case .object(let value) = self { value } else { nil }
  }

  /// Whether this is `null`.
  public var isNull: Bool { self == .null }

  /// A number, or `null` where there is none or it is not finite.
  public static func number(orNull value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(value)
  }

  /// A text, or `null` where there is none.
  public static func string(orNull value: String?) -> JSONValue {
    value.map(JSONValue.string) ?? .null
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
}

extension JSONValue: ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object, its keys in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
