/// What a text says in numbers: one quantity or several, each with what stands in brackets behind it, and what is said of
/// the whole (numbers of studies and people, heterogeneity).
///
/// Reads "RR 0.10 [0.04, 0.30]", "90 (126)", "90 [SD 126]", "-0.58 (-1.22 to 0.05), 4 trials, 333 people", "-62.4; P = .0037",
/// "between 0.7 and 1.7", "t(38) = 2.05*", "45% versus 10%", with true minus signs, en dashes, middle dots or commas as
/// decimal marks. What it does not understand it leaves out; a text without numbers has no quantities.
public struct PrintedStatement: Sendable, Equatable {
  /// How several quantities hang together.
  public enum Join: Sendable {
    /// One quantity, or one after another: "45% versus 10%", "0.54 and 46%".
    case list
    /// Two ends: "between 0.7 and 1.7", "0% to 43%", "2–4".
    case span
  }

  /// The text read.
  public let text: String
  /// The quantities in the text's order.
  public internal(set) var quantities: [PrintedQuantity] = []
  /// How they hang together.
  public internal(set) var join = Join.list
  /// What is said besides: `studies`, `people`, `I2`, `tau2`, `Q`, `n`, `k` and the like, in the text's order.
  public internal(set) var facts: [PrintedFact] = []

  /// Reads a text.
  public init(_ text: String) {
    self.text = text
    var parser = PrintedStatementParser(PrintedScanner.tokens(text))
    parser.read()
    quantities = parser.quantities
    facts = parser.facts
    join = quantities.count == 2 && parser.isSpan ? .span : .list
  }

  /// The first fact of a name.
  public func fact(_ name: String) -> PrintedNumber? { facts.first { $0.name == name }?.number }
}

/// One quantity of a statement: the number, what it is called, and what is printed with it.
public struct PrintedQuantity: Sendable, Equatable {
  /// What the text calls it, in the field's short form: `RR`, `OR`, `t`, `chi2`, `P`, `d`; `nil` when it does not.
  public var label: String?
  /// Degrees of freedom in brackets behind the label: "t(38)", "F(1, 23)".
  public var degreesOfFreedom: [PrintedNumber] = []
  /// The number.
  public var estimate: PrintedNumber
  /// The word behind the number: "years", "fewer".
  public var unit: String?
  /// A confidence interval.
  public var interval: PrintedInterval?
  /// A single number in brackets: an SD, a standard error, or one that is not named.
  public var spread: PrintedSpread?
  /// A percentage in brackets: "98 (73%)".
  public var percent: PrintedNumber?
  /// A p-value printed with it.
  public var p: PrintedNumber?

  /// A number alone.
  public init(_ estimate: PrintedNumber) { self.estimate = estimate }

  /// Whether the number stands alone, without a label or anything in brackets.
  var isBare: Bool {
    label == nil && unit == nil && interval == nil && spread == nil && percent == nil && p == nil
  }
}

/// An interval as printed.
public struct PrintedInterval: Sendable, Equatable {
  /// Lower limit.
  public let lower: PrintedNumber
  /// Upper limit.
  public let upper: PrintedNumber
  /// Coverage, such as 0.95, when the text names it.
  public let level: Double?
}

/// A number in brackets behind another.
public struct PrintedSpread: Sendable, Equatable {
  /// What it is.
  public enum Kind: Sendable {
    case standardDeviation, standardError, unnamed
  }

  /// What the text says it is.
  public let kind: Kind
  /// The number.
  public let number: PrintedNumber
}

/// A number with a name that belongs to the whole statement.
public struct PrintedFact: Sendable, Equatable {
  /// `studies`, `people`, `I2`, `tau2`, `Q`, `n`, `k`, `df`.
  public let name: String
  /// The number.
  public let number: PrintedNumber
}
