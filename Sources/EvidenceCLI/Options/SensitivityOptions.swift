import ArgumentParser
import Engine
import Synthesis

/// Sensitivity analyses of `evidence bias`.
struct SensitivityOptions: ParsableArguments {
  @Flag(help: "Copas's selection model: selection by size and effect.")
  var copas = false

  @Flag(name: .customLong("e-value"), help: "E-value: confounding that would explain the effect away.")
  var eValue = false

  @Flag(help: "Worst-case publication bias of results that are not affirmative.")
  var worstCase = false

  @Flag(help: "Fragility index: fewest outcomes that turn the conclusion (2×2 tables).")
  var fragility = false

  @Flag(name: .customLong("p-uniform"), help: "The p-uniform* method.")
  var pUniform = false

  @Flag(name: .customLong("p-curve"), help: "The p-curve of significant results.")
  var pCurve = false

  @Flag(name: .customLong("zcurve"), help: "The z-curve: expected replication and discovery rates (--seed).")
  var zCurve = false

  @Option(help: ArgumentHelp("Bound of bias for numbers of unreported studies, such as 1,2,5.", valueName: "list"))
  var unreported: String?

  @Option(
    help: ArgumentHelp("Columns with the numbers of missing outcomes of group 1 and 2.", valueName: "column,column"))
  var missing: String?

  @Option(
    help: ArgumentHelp(
      "Assumptions about them: aca (observed only), 0, 1, pc, pe, p, b, w; all otherwise.", valueName: "list"))
  var assume: String?

  @Option(
    help: ArgumentHelp("Odds ratios of an event, missing against observed, of group 1 and 2.", valueName: "x,y"))
  var imor: String?

  @Option(help: "Whether an event is bad or good, for the best and worst case of --missing.")
  var event = "bad"

  /// Adds what the options ask for.
  func apply(to request: inout BiasRequest) throws(EvidenceError) {
    let asked: [(SensitivityMethod, Bool)] = [
      (.copas, copas), (.eValue, eValue), (.worstCase, worstCase), (.fragility, fragility), (.pUniform, pUniform),
      (.pCurve, pCurve), (.zCurve, zCurve),
    ]
    request.sensitivity = Set(asked.filter(\.1).map(\.0))
    for word in Words.list(unreported) {
      guard let count = Int(word), count > 0 else {
        throw EvidenceError(.usage, "--unreported takes numbers of studies, got \(word)")
      }
      request.unreported.append(count)
    }
    request.missing = try question()
  }

  private func question() throws(EvidenceError) -> MissingQuestion? {
    guard let missing else {
      if assume != nil || imor != nil { throw EvidenceError(.usage, "--assume and --imor go with --missing") }
      return nil
    }
    var question = MissingQuestion(columns: try Words.pair(missing, "--missing"))
    guard ["bad", "good"].contains(event) else {
      throw EvidenceError(.usage, "--event is bad or good, got \(event)")
    }
    question.eventIsBad = event == "bad"
    let known = MissingOutcomes.Assumption.named
    if let assume {
      question.assumptions = []
      for word in Words.list(assume) {
        question.assumptions.append(
          try Words.find(word, "--assume", { word in known.first { $0.word == word.lowercased() } }, known.map(\.word)))
      }
    }
    if let imor {
      let (first, second) = try Words.pair(imor, "--imor")
      guard let x = Double(first), let y = Double(second), x >= 0, y >= 0, x.isFinite, y.isFinite else {
        throw EvidenceError(.usage, "--imor takes two odds ratios of 0 or more, got \(imor)")
      }
      if assume == nil { question.assumptions = [.completeCases] }
      question.assumptions.append(.imor(x, y))
    }
    return question
  }
}
