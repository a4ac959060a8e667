/// One study's estimate and its sampling variance; `NaN` where undefined.
struct Effect: Sendable {
  var yi: Double
  var vi: Double

  /// No estimate.
  static let undefined = Effect(yi: .nan, vi: .nan)

  /// A finite estimate with a finite variance of at least 0.
  var isDefined: Bool { yi.isFinite && vi.isFinite && vi >= 0 }

  /// Fisher's z of a correlation with this variance: atanh y, v/(1 − y²)² by the delta method.
  var fisherZ: Effect { Effect(yi: atanh(yi), vi: vi / square((1 - yi) * (1 + yi))) }

  /// The effect times a constant.
  func scaled(by factor: Double) -> Effect { Effect(yi: yi * factor, vi: vi * factor * factor) }
}

/// Rows of one family, read and checked: the inputs that can be used and what is wrong with the others.
struct UsableRows<Input: Sendable> {
  /// Rows of the table.
  let count: Int
  /// For each input, the row it comes from.
  private(set) var index: [Int] = []
  /// The inputs, in row order.
  private(set) var inputs: [Input] = []
  private(set) var problems: [RowProblem] = []

  /// Reads every row; a thrown kind becomes the row's problem.
  init(count: Int, read: (Int) throws(RowProblem.Kind) -> Input) {
    self.count = count
    index.reserveCapacity(count)
    inputs.reserveCapacity(count)
    for row in 0..<count {
      do throws(RowProblem.Kind) {
        let input = try read(row)
        inputs.append(input)
        index.append(row)
      } catch {
        problems.append(RowProblem(index: row, kind: error))
      }
    }
  }

  /// Replaces every input.
  mutating func mapInputs(_ change: (Input) -> Input) {
    for position in inputs.indices { inputs[position] = change(inputs[position]) }
  }

  /// Puts the effects of the inputs back at their rows; an undefined one becomes a problem with `reason`.
  func columns(_ effects: [Effect], sizes: (Input) -> Double, reason: (Input) -> String) -> EffectColumns {
    var result = EffectColumns(
      yi: [Double](repeating: .nan, count: count), vi: [Double](repeating: .nan, count: count), problems: problems)
    result.sizes = [Double](repeating: .nan, count: count)
    for (position, effect) in effects.enumerated() {
      let row = index[position]
      result.sizes[row] = sizes(inputs[position])
      if effect.isDefined {
        result.yi[row] = effect.yi
        result.vi[row] = effect.vi
      } else {
        result.problems.append(RowProblem(index: row, kind: .notEstimable(reason(inputs[position]))))
      }
    }
    if result.problems.count > problems.count { result.problems.sort { $0.index < $1.index } }
    return result
  }
}
