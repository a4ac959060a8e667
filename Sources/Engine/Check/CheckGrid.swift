import EffectSizes
import Synthesis

/// The ways of analysing a table that a search tries.
enum CheckGrid {
  /// Measures that the table's columns allow, the stated ones first.
  static func measures(
    _ table: StudyTable, _ request: CheckRequest, _ published: PublishedResult
  ) throws(EvidenceError) -> [String] {
    if let code = request.measure.code { return [code.uppercased()] }
    let known = [
      "RR", "OR", "RD", "PETO", "AS", "IRR", "IRD", "SMD", "MD", "SMDH", "SMD1", "SMD1H", "ROM", "PLO", "PR", "PFT",
      "PAS", "IRLN", "ZCOR", "COR", "MN", "GEN", "HR",
    ]
    let order = published.measures + known.filter { !published.measures.contains($0) }
    var problem: EvidenceError?
    var found = [String]()
    for code in order {
      var measure = request.measure
      measure.code = code
      do throws(EvidenceError) {
        _ = try StudySet(table: table, map: request.data.map, measure, keepingNotEstimable: true)
        found.append(code)
      } catch {
        // A measure without its columns is no trouble; data that cannot be are.
        if error.line != nil { problem = problem ?? error }
      }
    }
    // The same numbers under two names.
    if found.contains("GEN"), found.contains("HR") {
      found.removeAll { $0 == (published.label == "HR" ? "GEN" : "HR") }
    }
    if let problem, found.isEmpty { throw problem }
    guard !found.isEmpty else {
      throw EvidenceError(
        .badData, "no effect size can be made from the columns", file: table.document.name,
        hint: "name the columns with --map, such as --map ai=events,n1i=n")
    }
    return found
  }

  /// Ways of making the effect sizes of a measure: continuity rules, variance formulas, bias correction.
  static func effects(_ code: String) -> [EffectChoice] {
    guard let measure = Measure.named(code) else { return [] }
    var choices = [EffectChoice(measure: code)]
    if measure.defaultAdd > 0 || [.twoByTwo, .personTime, .proportion, .rate].contains(measure.family) {
      var others = [EffectChoice]()
      for amount in [0.5, 1, 0.25, 0.1, 0.05, 0.01, 0.001] {
        for rule in [CorrectionRule.onlyZero, .all, .ifAnyZero] {
          var choice = EffectChoice(measure: code)
          (choice.add, choice.to) = (amount, rule)
          others.append(choice)
        }
      }
      var none = EffectChoice(measure: code)
      none.to = CorrectionRule.none
      choices += others + [none]
      choices += choices.map { choice in
        var dropped = choice
        dropped.dropDoubleZero = true
        return dropped
      }
    }
    choices += measure.varianceTypes.dropFirst().flatMap { type in
      choices.map { choice in
        var other = choice
        other.varianceType = type.rawValue
        return other
      }
    }
    guard [.means, .change, .correlation, .mean].contains(measure.family) else { return choices }
    return choices
      + choices.map { choice in
        var other = choice
        other.correct = false
        return other
      }
  }

  /// Every model: estimators of τ² with every inference that goes with them, equal effects, the methods for counts.
  static let models: [ModelChoice] = {
    let estimators = TauSquaredEstimator.all.filter { !$0.needsWeights }
    var models = estimators.flatMap { estimator in
      [Inference.normal, .hartungKnapp, .hartungKnappAdHoc, .t].map {
        ModelChoice(method: .inverseVariance(.random(estimator)), inference: $0)
      }
    }
    let equal = PoolMethod.inverseVariance(.equalEffects)
    models += [
      ModelChoice(method: equal), ModelChoice(method: equal, inference: .t),
      ModelChoice(method: equal, inference: .hartungKnapp),
      ModelChoice(method: .inverseVariance(.random(.reml)), inference: .kenwardRoger),
      ModelChoice(method: .inverseVariance(.random(.maximumLikelihood)), inference: .profileLikelihood),
      ModelChoice(method: .inverseVariance(.random(.derSimonianLaird)), inference: .henmiCopas),
      ModelChoice(method: .mantelHaenszel), ModelChoice(method: .peto),
    ]
    return models
  }()
}

/// What a search is asked for.
public struct CheckRequest: Sendable {
  /// What to read.
  public var data: DataRequest
  /// The measure, if only one is meant; the level.
  public var measure = MeasureRequest()
  /// The published text.
  public var published: String
  /// Whether the rounding of the inputs is tried too, and the seed of its points.
  public var roundingSeed: UInt64?
  /// The command line.
  public var command = ""

  /// A search for a text in some data.
  public init(data: DataRequest, published: String) {
    self.data = data
    self.published = published
  }
}
