import ArgumentParser
import EffectSizes
import Engine

/// Where an absolute effect comes from, and the risks it is applied to: shared by `nnt` and `sof`.
struct AbsoluteOptions: ParsableArguments {
  @OptionGroup(title: "An effect that is typed") var typed: TypedEffectOptions
  @OptionGroup(title: "Baseline risk") var baseline: BaselineOptions
  @OptionGroup var analysis: AnalysisOptions

  /// The request for the effect that is typed, else for what `studies` makes of a file.
  /// - Throws: 64 when neither is there, or both, or an option goes with the other.
  func request(
    _ file: String?, command: String, of studies: (String) throws -> NumberNeededRequest.Source
  ) throws -> NumberNeededRequest {
    let source = try typedEffect(beside: file) ?? studies(named(file, command))
    var request = NumberNeededRequest(source: source)
    request.command = Invocation.text
    try baseline.apply(to: &request, level: analysis.measure.level, seed: analysis.pooling.seed)
    return request
  }

  /// The pooled effect of a file's studies.
  func pooled(_ file: String) throws -> NumberNeededRequest.Source { .pool(try analysis.request(file)) }

  /// The tables of a file, each with an effect of its own.
  func tables(_ file: String) throws -> NumberNeededRequest.Source {
    let data = try analysis.data.request(file)
    if let option = analysis.pooling.firstGiven { throw EvidenceError(.usage, "\(option) needs --pool") }
    return .tables(data, analysis.measure.request)
  }

  private func named(_ file: String?, _ command: String) throws(EvidenceError) -> String {
    if typed.ci != nil { throw EvidenceError(.usage, "--ci goes with a typed effect such as --or 0.4") }
    guard let file else {
      throw EvidenceError(
        .usage, "name a file of studies, or type an effect",
        hint: "evidence \(command) --or 0.4 --ci 0.2,0.8 --baseline-risk 0.3")
    }
    return file
  }

  private func typedEffect(beside file: String?) throws(EvidenceError) -> NumberNeededRequest.Source? {
    let effects = typed.typed
    if effects.count > 1 {
      let names = effects.map { "--" + $0.code.lowercased() }.joined(separator: " and ")
      throw EvidenceError(.usage, "\(names): give one effect")
    }
    guard let effect = effects.first else { return nil }
    guard file == nil, analysis.firstGiven == nil, baseline.estimates == nil else {
      throw EvidenceError(.usage, "an effect is typed: a file and the options that read or pool one have no place")
    }
    let chosen = try RelativeMeasureChoice.measure(
      effect.code, conversion: baseline.conversion, standardDeviation: baseline.standardDeviation,
      hasBaseline: baseline.namesRisks)
    return .effect(
      try RelativeMeasureChoice.effect(chosen, effect.value, try typed.limits(), level: analysis.measure.level))
  }
}
