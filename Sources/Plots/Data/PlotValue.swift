/// A value of a plot's data: what the CSV and JSON writers and readers exchange with the plots.
///
/// Plots know nothing of files. A writer walks this tree; a reader builds it.
public indirect enum PlotValue: Sendable, Equatable {
  /// Nothing: an empty CSV field, JSON `null` or an absent key.
  case missing
  /// A finite number; what is not finite becomes `missing`.
  case number(Double)
  /// A text.
  case text(String)
  /// A truth value.
  case flag(Bool)
  /// An ordered list.
  case list([PlotValue])
  /// Named values in a fixed order.
  case record([Field])

  /// One named value of a record.
  public struct Field: Sendable, Equatable {
    /// Name of the field.
    public let name: String
    /// Its value.
    public let value: PlotValue

    /// A named value.
    public init(_ name: String, _ value: PlotValue) {
      self.name = name
      self.value = value
    }
  }

  /// A number, or `missing` when there is none or it is not finite.
  public init(_ number: Double?) {
    if let number, number.isFinite { self = .number(number) } else { self = .missing }
  }

  /// A text, or `missing` when there is none.
  public init(_ text: String?) {
    self = text.map { .text($0) } ?? .missing
  }

  /// The number held, `nil` for anything else.
  public var number: Double? { if case .number(let value) = self { value } else { nil } }

  /// The text held, `nil` for anything else.
  public var text: String? { if case .text(let value) = self { value } else { nil } }

  /// The truth value held, `nil` for anything else.
  public var flag: Bool? { if case .flag(let value) = self { value } else { nil } }

  /// The elements held, empty for anything but a list.
  public var elements: [PlotValue] { if case .list(let value) = self { value } else { [] } }

  /// The fields held, empty for anything but a record.
  public var fields: [Field] { if case .record(let value) = self { value } else { [] } }

  /// The value of the first field with a name; `missing` when there is none.
  public subscript(name: String) -> PlotValue {
    fields.first { $0.name == name }?.value ?? .missing
  }

  /// A record without its missing fields, or any other value as it is.
  public var withoutMissingFields: PlotValue {
    if case .record(let fields) = self { .record(fields.filter { $0.value != .missing }) } else { self }
  }
}

/// Why data cannot be read back as a plot.
public enum PlotDataError: Error, Sendable, Equatable {
  /// A field that must be there is absent or of the wrong kind.
  case field(name: String, row: Int?, expected: String)
  /// Values that contradict each other, such as an axis whose minimum is above its maximum.
  case inconsistent(String)
  /// A name that is not in the list of those known.
  case unknown(what: String, name: String, known: [String])

  /// A sentence for people, with the remedy.
  public var message: String {
    switch self {
    case .field(let name, let row, let expected):
      "plot data: `\(name)`\(row.map { " in row \($0)" } ?? "") must be \(expected); "
        + "write the data anew with --format json and edit that"
    case .inconsistent(let reason): "plot data: \(reason)"
    case .unknown(let what, let name, let known):
      "no \(what) is called \"\(name)\"; there are \(known.joined(separator: ", "))"
    }
  }
}

/// A text with a key: an entry of an analysis description or of the headings of a figure.
public struct KeyedText: Sendable, Equatable {
  /// Stable word for programs.
  public var key: String
  /// Text for people.
  public var text: String

  /// An entry.
  public init(_ key: String, _ text: String) {
    self.key = key
    self.text = text
  }
}

extension [KeyedText] {
  /// The text of the first entry with a key; setting `nil` removes it, setting a new key appends it.
  public subscript(key: String) -> String? {
    get { first { $0.key == key }?.text }
    set {
      let index = firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let text?): self[index].text = text
      case (let index?, nil): remove(at: index)
      case (nil, let text?): append(KeyedText(key, text))
      case (nil, nil): break
      }
    }
  }

  /// The entries as a record of texts.
  var record: PlotValue { .record(map { .init($0.key, .text($0.text)) }) }
}
