/// Something that a forest plot shows from left to right.
public enum ForestCell: Sendable, Hashable {
  /// Names of studies and of pooled rows.
  case label
  /// What the arms reported, a column per quantity.
  case arms
  /// What the arms reported, one column per arm: `4 / 123`.
  case armsCombined
  /// Estimate and standard error on the analysis scale, for data that have nothing else.
  case generic
  /// Weights in per cent.
  case weight
  /// Estimate and interval in figures.
  case effect
  /// The plot itself.
  case plot
  /// A column of the user's own, by its name.
  case extra(String)

  /// The cells that every figure knows, with the words by which they are chosen.
  public static let words: [(word: String, cell: ForestCell)] = [
    ("label", .label), ("arms", .arms), ("arms-combined", .armsCombined), ("generic", .generic), ("weight", .weight),
    ("effect", .effect), ("plot", .plot),
  ]

  /// The cell that a word names; a word that is none of ``words`` is a column of the user's own.
  public init(word: String) {
    self = Self.words.first { $0.word == word }?.cell ?? .extra(word)
  }

  /// The word by which the cell is chosen.
  public var word: String {
    if case .extra(let name) = self { return name }
    return Self.words.first { $0.cell == self }?.word ?? ""
  }

  /// The cells without repetitions; names come first when they are not placed, and the plot last.
  public static func layout(_ chosen: [ForestCell]) -> [ForestCell] {
    var cells: [ForestCell] = []
    for cell in chosen where !cells.contains(cell) { cells.append(cell) }
    if !cells.contains(.label) { cells.insert(.label, at: 0) }
    if !cells.contains(.plot) { cells.append(.plot) }
    return cells
  }
}
