import EffectSizes
import Synthesis

/// One of the choices that were let vary, and how much hangs on it.
public struct MultiverseChoice: Sendable {
  /// The choices.
  public enum Kind: Int, Sendable, CaseIterable {
    case measure, correction, variance, method, inference, exclusion

    /// The word in reports.
    public var word: String {
      switch self {
      case .measure: "measure"
      case .correction: "correction"
      case .variance: "variance"
      case .method: "method"
      case .inference: "inference"
      case .exclusion: "exclusion"
      }
    }
  }

  /// One way of choosing.
  public struct Level: Sendable {
    /// What it is called.
    public let name: String
    /// Number of analyses, and how many of them have an interval that excludes no effect.
    public let count, significant: Int
    /// Mean estimate; `nil` where measures of different scales are mixed.
    public let mean: Double?
  }

  /// Which choice.
  public let kind: Kind
  /// Its levels in the order in which they were run.
  public let levels: [Level]
  /// Share (0–1) of the variance of estimates between its levels; within measures where these have different scales.
  public let varianceShare: Double?
  /// Difference between the largest and the smallest mean of its levels.
  public let shift: Double?
  /// Share (0–1) of the pairs of analyses that differ in this choice alone whose intervals disagree on whether there is an effect, and
  /// whose estimates have opposite signs; `nil` without such pairs or without a value that means no effect.
  public let conclusionFlips, signFlips: Double?

  /// All choices with more than one level; first those that turn conclusions most, then those that move estimates most.
  static func all(
    _ rows: [Multiverse.Row], _ names: MultiverseLevels, hasOneScale: Bool, hasNull: Bool
  ) -> [MultiverseChoice] {
    let tally = MultiverseTally(rows, hasOneScale: hasOneScale)
    return Kind.allCases.compactMap { kind -> MultiverseChoice? in
      guard Set(rows.map { $0.levels[kind.rawValue] }).count > 1 else { return nil }
      let levels = names.names[kind.rawValue].indices.compactMap {
        tally.level(kind, $0, names.names[kind.rawValue][$0])
      }
      let comparable = hasOneScale || kind != .measure
      let means = levels.compactMap(\.mean)
      let flips = hasNull ? tally.flips(kind) : nil
      return MultiverseChoice(
        kind: kind, levels: levels, varianceShare: comparable ? tally.varianceShare(kind) : nil,
        shift: comparable && means.count == levels.count
          ? means.max().flatMap { top in means.min().map { top - $0 } } : nil,
        conclusionFlips: flips?.conclusion, signFlips: flips?.sign)
    }.sorted { a, b in
      (b.conclusionFlips ?? 0, b.varianceShare ?? 0, a.kind.rawValue)
        < (a.conclusionFlips ?? 0, a.varianceShare ?? 0, b.kind.rawValue)
    }
  }
}

/// Names of the levels of each choice, and the levels of an outcome.
struct MultiverseLevels {
  /// Names by choice and level.
  let names: [[String]]
  private let ofVariant: [[Int]]
  private let ofModel: [[Int]]

  init(_ evaluator: SpecificationEvaluator) {
    var names = [[String]](repeating: [], count: MultiverseChoice.Kind.allCases.count)
    func level(_ kind: MultiverseChoice.Kind, _ name: String) -> Int {
      if let known = names[kind.rawValue].firstIndex(of: name) { return known }
      names[kind.rawValue].append(name)
      return names[kind.rawValue].count - 1
    }
    ofVariant = evaluator.variants.map { variant in
      [
        level(.measure, variant.choice.measure), level(.correction, variant.choice.correctionWords),
        level(.variance, MultiverseLevels.varianceWords(variant.choice)),
      ]
    }
    ofModel = evaluator.grid.models.map { model in
      var request = evaluator.request
      model.apply(to: &request)
      return [level(.method, request.methodCode), level(.inference, model.inference.word)]
    }
    names[MultiverseChoice.Kind.exclusion.rawValue] = evaluator.grid.subsets.map(\.name)
    self.names = names
  }

  /// The level of each choice.
  func levels(_ outcome: SpecificationOutcome) -> [Int] {
    ofVariant[outcome.variant] + ofModel[outcome.model] + [outcome.subset]
  }

  private static func varianceWords(_ choice: EffectChoice) -> String {
    let words = [choice.varianceType, choice.correct.map { $0 ? "corrected" : "uncorrected" }].compactMap { $0 }
    return words.isEmpty ? "default" : words.joined(separator: ", ")
  }
}

/// Sums over the rows of a multiverse.
private struct MultiverseTally {
  private let rows: [Multiverse.Row]
  private let hasOneScale: Bool
  /// Estimates, less the mean of their measure where scales differ.
  private let values: [Double]

  init(_ rows: [Multiverse.Row], hasOneScale: Bool) {
    self.rows = rows
    self.hasOneScale = hasOneScale
    let groups = rows.map { hasOneScale ? 0 : $0.levels[MultiverseChoice.Kind.measure.rawValue] }
    var sums = [(total: Double, count: Double)](repeating: (0, 0), count: (groups.max() ?? 0) + 1)
    for (row, group) in zip(rows, groups) {
      sums[group].total += row.result.estimate
      sums[group].count += 1
    }
    values = zip(rows, groups).map { $0.result.estimate - sums[$1].total / sums[$1].count }
  }

  func level(_ kind: MultiverseChoice.Kind, _ level: Int, _ name: String) -> MultiverseChoice.Level? {
    var (count, significant, total) = (0, 0, 0.0)
    var measures = Set<Int>()
    for row in rows where row.levels[kind.rawValue] == level {
      count += 1
      significant += row.result.excludesNull ? 1 : 0
      total += row.result.estimate
      measures.insert(row.levels[MultiverseChoice.Kind.measure.rawValue])
    }
    guard count > 0 else { return nil }
    let mean = hasOneScale || measures.count == 1 && kind == .measure ? total / Double(count) : nil
    return MultiverseChoice.Level(name: name, count: count, significant: significant, mean: mean)
  }

  func varianceShare(_ kind: MultiverseChoice.Kind) -> Double? {
    let top = rows.map { $0.levels[kind.rawValue] }.max() ?? 0
    var sums = [(total: Double, count: Double)](repeating: (0, 0), count: top + 1)
    var squares = 0.0
    for (row, value) in zip(rows, values) {
      sums[row.levels[kind.rawValue]].total += value
      sums[row.levels[kind.rawValue]].count += 1
      squares += value * value
    }
    guard squares > 0 else { return nil }
    return sums.reduce(0) { $0 + ($1.count > 0 ? $1.total * $1.total / $1.count : 0) } / squares
  }

  /// Over the groups of rows that are alike in every other choice: s of m significant make s(m − s) unlike pairs.
  func flips(_ kind: MultiverseChoice.Kind) -> (conclusion: Double, sign: Double)? {
    var groups: [[Int]: (count: Int, significant: Int, positive: Int)] = [:]
    for row in rows {
      var key = row.levels
      key[kind.rawValue] = 0
      groups[key, default: (0, 0, 0)].count += 1
      if row.result.excludesNull { groups[key]?.significant += 1 }
      if row.result.estimate > 0 { groups[key]?.positive += 1 }
    }
    var (pairs, conclusions, signs) = (0, 0, 0)
    for group in groups.values {
      pairs += group.count * (group.count - 1) / 2
      conclusions += group.significant * (group.count - group.significant)
      signs += group.positive * (group.count - group.positive)
    }
    guard pairs > 0 else { return nil }
    return (Double(conclusions) / Double(pairs), Double(signs) / Double(pairs))
  }
}
