import EffectSizes

/// A step of a cumulative or of a leave-one-out analysis.
public struct ForestStep: Sendable {
  /// The study that was added or left out.
  public var study: String
  /// The pooled estimate of the step.
  public var effect: ForestEffect?
  /// p-value, I² (0–1) and τ² of the step, where they exist.
  public var pValue, iSquared, tauSquared: Double?

  /// A step.
  public init(study: String, effect: ForestEffect?) {
    self.study = study
    self.effect = effect
  }
}

extension ForestInput {
  /// What the steps of an analysis in steps do with a study.
  public enum Sequence: String, Sendable {
    /// Studies come in one after the other.
    case cumulative
    /// Each study is left out once.
    case leaveOneOut = "leave-one-out"
  }

  /// The input of a forest of pooled estimates: each row is a fit, without weights and without data of arms, and
  /// columns of its own give p, I² and τ².
  public func sequence(_ sequence: Sequence, steps: [ForestStep]) -> ForestInput {
    var input = self
    input.studies = steps.map { step in
      let label = sequence == .cumulative ? "+ \(step.study)" : "− \(step.study)"
      var study = ForestStudy(label: label, effect: step.effect)
      study.notEstimableReason = step.effect == nil ? "no estimate" : nil
      study.extra = [
        step.pValue.map { $0 < 0.001 ? "<0.001" : DecimalText(digits: 3).text($0) } ?? "",
        step.iSquared.map { DecimalText(digits: 1).text(100 * $0) + "%" } ?? "",
        step.tauSquared.map { DecimalText(digits: 3).text($0) } ?? "",
      ]
      return study
    }
    input.groups = []
    input.subgroupTest = nil
    input.provenance.append(KeyedText("sequence", sequence.rawValue))
    input.showsAnalysisScale = false
    input.labelHeading = sequence == .cumulative ? "Study added" : "Study left out"
    input.extraColumns = [
      ForestExtraColumn(name: "p_value", heading: "p", kind: .number),
      ForestExtraColumn(name: "i2", heading: "I²", kind: .number),
      ForestExtraColumn(name: "tau2_step", heading: "τ²", kind: .number),
    ]
    return input
  }

  /// The input of a figure of pooled results only, a row for each subgroup, with the number of studies and I²; drawn
  /// with ``ForestOptions/showStudies`` off.
  public func summary() -> ForestInput {
    var input = self
    input.showsAnalysisScale = false
    input.labelHeading = groups.contains(where: \.isWhole) ? "Outcome" : "Subgroup"
    input.extraColumns = [
      ForestExtraColumn(name: "studies", heading: "Studies", kind: .number, left: true),
      ForestExtraColumn(name: "i2_text", heading: "I²", kind: .number),
    ]
    return input
  }

  /// One input of several, each a whole of its own with its name: several outcomes on one axis.
  public static func outcomes(_ parts: [(name: String, input: ForestInput)]) -> ForestInput? {
    guard var input = parts.first?.input else { return nil }
    input.studies = parts.flatMap { part in
      part.input.studies.map { study in
        var study = study
        study.group = part.name
        return study
      }
    }
    input.groups = parts.map { ForestGroup(name: $0.name, pooled: $0.input.overall, isWhole: true) }
    input.overall = []
    input.subgroupTest = nil
    return input
  }
}
