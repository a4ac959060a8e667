import Synthesis

/// The lines under a forest plot: what was fitted and how, and what is missing.
struct ForestFootnotes {
  let input: ForestInput

  /// The lines.
  var lines: [String] {
    var lines = input.overall.map(sentence)
    if input.overall.isEmpty, let group = input.groups.first(where: { !$0.pooled.isEmpty }) {
      lines = group.pooled.map(sentence)
    }
    lines += notEstimable + input.remarks
    return lines
  }

  private func sentence(_ pooled: ForestPooled) -> String {
    let fit = pooled.fit
    var parts: [String] = []
    let weighting = input.weighting == "IV" ? "inverse-variance weights" : "\(input.weighting) weights"
    if pooled.model == .random {
      parts.append("Random-effects model, \(weighting), τ² by \(fit.method)")
    } else {
      parts.append("Common-effect model, \(weighting)")
    }
    parts.append("\(Self.percent(fit.level))\u{A0}CI: \(Self.inference(fit.inference))")
    if let prediction = fit.prediction { parts.append("prediction interval: \(prediction.method)") }
    if fit.heterogeneity.iSquared != nil {
      parts.append(fit.heterogeneity.iSquaredMethod == "q" ? "I² from Q" : "I² from τ²")
    }
    return parts.joined(separator: "; ") + "."
  }

  private var notEstimable: [String] {
    var reasons: [(reason: String, studies: [String])] = []
    for study in input.studies where study.effect == nil {
      guard let reason = study.notEstimableReason else { continue }
      if let index = reasons.firstIndex(where: { $0.reason == reason }) {
        reasons[index].studies.append(study.label)
      } else {
        reasons.append((reason, [study.label]))
      }
    }
    return reasons.map { entry in
      let named = entry.studies.prefix(4).joined(separator: ", ")
      let more = entry.studies.count > 4 ? " and \(entry.studies.count - 4) more" : ""
      return "Not estimable: \(named)\(more) (\(entry.reason))."
    }
  }

  /// The inference in words.
  private static func inference(_ code: String) -> String {
    switch code {
    case "normal": "Wald (normal)"
    case "t": "Wald (t)"
    case "hartung-knapp": "Hartung–Knapp"
    case "hartung-knapp-adhoc": "Hartung–Knapp, never narrower than Wald"
    case "kenward-roger": "Kenward–Roger"
    case "henmi-copas": "Henmi–Copas"
    default: code
    }
  }

  /// A share as a percentage, such as 95% or 99.9%.
  static func percent(_ share: Double) -> String {
    let percent = 100 * share
    return DecimalText(digits: DecimalText.decimals(for: [percent], limit: 3)).text(percent) + "%"
  }
}
