/// Writing an expression back as R writes it: spaces around `+ - *` and comparisons, none around `/` and `^`.
extension Expression {
  /// The expression as text, with the parentheses that its structure needs.
  var label: String { label(within: 0) }

  /// Tightness of the outermost operator; larger binds tighter.
  private var precedence: Int {
    switch self {
    case .number(let value): value < 0 ? 4 : 6
    case .column, .call, .standardized, .affine: 6
    case .equals: 1
    case .negated: 4
    case .binary(let sign, _, _):
      switch sign {
      case .add, .subtract: 2
      case .multiply, .divide: 3
      case .power: 5
      default: 1
      }
    }
  }

  private func label(within outer: Int) -> String {
    precedence < outer ? "(\(bareLabel))" : bareLabel
  }

  private var bareLabel: String {
    switch self {
    case .number(let value): return NumberLabel.text(value)
    case .column(let name): return name
    case .negated(let inner): return "-" + inner.label(within: 4)
    case .call(let function, let inner): return "\(function.rawValue)(\(inner.label))"
    case .standardized(let inner, let centered, let scaled):
      return "scale(\(inner.label)\(centered ? "" : ", center = FALSE")\(scaled ? "" : ", scale = FALSE"))"
    case .affine(let inner, let shift, let divisor):
      return "(\(inner.label) - \(NumberLabel.text(shift)))/\(NumberLabel.text(divisor))"
    case .equals(let name, let text, let negated): return "\(name) \(negated ? "!=" : "==") \"\(text)\""
    case .binary(let sign, let left, let right):
      let gap = sign == .divide || sign == .power ? "" : " "
      let tight = precedence
      let leftLabel = left.label(within: sign == .power ? tight + 1 : tight)
      let rightLabel = right.label(within: sign == .power ? 4 : tight + 1)
      return leftLabel + gap + sign.rawValue + gap + rightLabel
    }
  }
}
