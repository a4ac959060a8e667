/// The order of studies within their subgroups.
struct ForestOrder {
  /// Heading of studies that name no subgroup where others do.
  static let noGroup = "Other"

  private let input: ForestInput
  private let options: ForestOptions
  private let sorted: [Int]

  init(input: ForestInput, options: ForestOptions) {
    self.input = input
    self.options = options
    let keys = input.studies.indices.map { Self.value($0, input: input, options: options) }
    let flip = options.descending
    sorted = input.studies.indices.sorted { first, second in
      switch Self.compare(keys[first], keys[second]) {
      case 0: first < second
      case let order: keys[first] == .missing || keys[second] == .missing || !flip ? order < 0 : order > 0
      }
    }
  }

  /// Indices of the studies of a subgroup, or of all for `nil`, in drawing order.
  func indices(of group: String?) -> [Int] {
    guard let group else { return sorted }
    return sorted.filter { (input.studies[$0].group ?? Self.noGroup) == group }
  }

  /// What a study was sorted by, as text; `nil` in the order of entry.
  func key(_ index: Int) -> String? {
    switch Self.value(index, input: input, options: options) {
    case .number(let number):
      options.sort == .entered && options.sortKeys == nil ? nil : DecimalText(digits: 6, minus: "-").text(number)
    case .text(let text): text
    default: nil
    }
  }

  private static func value(_ index: Int, input: ForestInput, options: ForestOptions) -> PlotValue {
    let study = input.studies[index]
    if let keys = options.sortKeys { return keys.indices.contains(index) ? keys[index] : .missing }
    switch options.sort {
    case .entered: return .number(Double(index))
    case .label: return .text(study.label)
    case .year: return PlotValue(study.year)
    case .effect: return PlotValue(study.effect?.estimate)
    case .weight:
      let weight = study.weightRandom ?? study.weightCommon
      return PlotValue(weight.map { -$0 } ?? study.effect?.standardError)
    }
  }

  /// Negative, zero or positive as the first comes before, beside or after the second; missing values come last.
  private static func compare(_ first: PlotValue, _ second: PlotValue) -> Int {
    switch (first, second) {
    case (.number(let a), .number(let b)): a < b ? -1 : a > b ? 1 : 0
    case (.text(let a), .text(let b)): a < b ? -1 : a > b ? 1 : 0
    case (.missing, .missing): 0
    case (_, .missing): -1
    case (.missing, _): 1
    case (.number, _): -1
    case (_, .number): 1
    default: 0
    }
  }

  /// Sum of the values that exist, `nil` when none does.
  static func sum(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +)
  }
}
