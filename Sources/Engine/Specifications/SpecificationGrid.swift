public import EffectSizes
public import Synthesis

/// The ways of analysing the same data that are run through: every effect size with every model that suits it, on all
/// studies and without some.
public struct SpecificationGrid: Sendable {
  /// Ways of making effect sizes.
  public var effects: [EffectChoice]
  /// Ways of pooling them.
  public var models: [ModelChoice]
  /// What is left out; the first is nothing.
  public var subsets: [StudySubset]

  /// A grid from its parts.
  public init(effects: [EffectChoice], models: [ModelChoice], subsets: [StudySubset] = [.all]) {
    self.effects = effects
    self.models = models
    self.subsets = subsets
  }
}

extension SpecificationGrid {
  /// Measures that answer the same question from the same data, the one asked for first.
  public static func measures(like measure: Measure) -> [String] {
    let groups = [
      ["RR", "OR", "RD"], ["SMD", "SMDH"], ["ZCOR", "COR"], ["PLO", "PFT", "PR"], ["IRR", "IRD"], ["IRLN", "IRFT"],
    ]
    let others = groups.first { $0.contains(measure.code) } ?? []
    return [measure.code] + others.filter { $0 != measure.code }
  }

  /// Rules for empty cells, the measure's own first; those that change nothing for the data at hand are folded when
  /// they are run.
  public static func corrections(of code: String) -> [EffectChoice] {
    let plain = EffectChoice(measure: code)
    switch Measure.named(code)?.family {
    case .twoByTwo?, .personTime?, .proportion?, .rate?:
      return [plain]
        + [CorrectionRule.all, .ifAnyZero, .none].map { rule in
          var choice = plain
          choice.to = rule
          return choice
        }
        + [true].map { drop in
          var choice = plain
          choice.dropDoubleZero = drop
          return choice
        }
    default: return [plain]
    }
  }

  /// Variance formulas that take nothing from the other studies, and estimates with and without their bias correction.
  public static func variances(of choice: EffectChoice) -> [EffectChoice] {
    guard let measure = Measure.named(choice.measure), [.means, .change, .correlation].contains(measure.family) else {
      return [choice]
    }
    let plain: [VarianceType] = [.LS, .LS2, .UB, .HO]
    let types = measure.varianceTypes.filter { plain.contains($0) }
    guard !types.isEmpty else { return [choice] }
    return types.flatMap { type in
      [true, false].map { correct in
        var one = choice
        one.varianceType = type.rawValue
        one.correct = correct
        return one
      }
    }
  }

  /// Every pair of a method and an inference that belongs together: the tests that allow for the estimation of τ² go with
  /// random effects only, methods for counts with normal inference.
  public static func models(methods: [PoolMethod], inferences: [Inference]) -> [ModelChoice] {
    methods.flatMap { method -> [ModelChoice] in
      guard case .inverseVariance(.random) = method else { return [ModelChoice(method: method)] }
      return inferences.filter { $0 != .kenwardRoger || method == .inverseVariance(.random(.reml)) }
        .map { ModelChoice(method: method, inference: $0) }
    }
  }

  /// Methods that a reader would accept for most data.
  public static let usualMethods: [PoolMethod] =
    [PoolingMethod.equalEffects].map { .inverseVariance($0) }
    + [
      TauSquaredEstimator.derSimonianLaird, .pauleMandel, .reml, .maximumLikelihood, .empiricalBayes, .hedges,
      .sidikJonkman,
    ].map { .inverseVariance(.random($0)) } + [.mantelHaenszel, .peto]

  /// Inferences that a reader would accept.
  public static let usualInferences: [Inference] = [.normal, .hartungKnapp, .hartungKnappAdHoc]
}
