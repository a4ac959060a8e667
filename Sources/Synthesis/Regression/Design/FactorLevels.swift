/// The levels of a factor and the level of each row.
enum FactorLevels {
  /// The levels of a column without missing values, the reference first, the others in `LevelOrder`.
  static func of(
    _ column: ModeratorColumn, variable: String, given: [String]?, reference: String?
  ) throws(DesignError) -> [String] {
    var levels: [String]
    switch column {
    case .numbers(let values): levels = Set(values).sorted().map(NumberLabel.text)
    case .text(let values): levels = Set(values.compactMap { $0 }).sorted(by: LevelOrder.precedes)
    }
    if let given {
      if let strange = levels.first(where: { !given.contains($0) }) {
        throw .unknownLevel(variable: variable, level: strange, known: given)
      }
      levels = given.filter(levels.contains)
    }
    if let reference {
      guard let place = levels.firstIndex(of: reference) else {
        throw .unknownLevel(variable: variable, level: reference, known: levels)
      }
      levels.insert(levels.remove(at: place), at: 0)
    }
    return levels
  }

  /// The number of each row's level, from 0.
  static func codes(
    of column: ModeratorColumn, levels: [String], variable: String
  ) throws(DesignError) -> [Int32] {
    var numbers: [String: Int32] = [:]
    for (number, level) in levels.enumerated() { numbers[level] = Int32(number) }
    var codes = [Int32](repeating: 0, count: column.count)
    switch column {
    case .numbers(let values):
      var known: [Double: Int32] = [:]
      for (row, value) in values.enumerated() {
        if let code = known[value] {
          codes[row] = code
          continue
        }
        let label = NumberLabel.text(value)
        guard let code = numbers[label] else { throw .unknownLevel(variable: variable, level: label, known: levels) }
        known[value] = code
        codes[row] = code
      }
    case .text(let values):
      for (row, value) in values.enumerated() {
        let label = value ?? ""
        guard let code = numbers[label] else { throw .unknownLevel(variable: variable, level: label, known: levels) }
        codes[row] = code
      }
    }
    return codes
  }
}
