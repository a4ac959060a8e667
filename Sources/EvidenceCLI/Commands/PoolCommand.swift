import ArgumentParser
import Engine

/// `evidence pool`: one analysis of one set of studies.
struct PoolCommand: PreparedCommand {
  static let configuration = CommandConfiguration(
    commandName: "pool", abstract: "Pool studies: one estimate, its interval, heterogeneity, prediction.",
    discussion: """
      Examples:
        evidence pool bcg --inference hartung-knapp
        evidence pool trials.csv --measure RR --map ai=e1,n1i=n1,ci=e2,n2i=n2 --method DL
        evidence pool estimates.csv --tau2-ci q-profile --format json
        evidence pool bcg --mods '~ ablat + year' --compare-to '~ ablat' --vif
        evidence pool bcg --mods '~ alloc' --contrast 'alloc[random] - alloc[systematic]' --adjust holm
        evidence pool bcg --mods '~ ablat + alloc' --btt alloc --at 'ablat=33,alloc=random'
        evidence pool bcg --mods '~ ns(ablat, 2)' --predict latitudes.csv --residuals --format json
        evidence pool bcg --mods '~ ablat' --scale '~ ablat' --scale-link log
        evidence pool bcg --tau2-ci bootstrap-parametric --prediction bootstrap --replicates 2000 --seed 7
        evidence pool bcg --subgroup alloc --common-tau2
        evidence pool mbt/suicide-attempts --method MH
        evidence pool mbt/suicide-attempts --measure OR --method GLMM --glmm CM.EL
        evidence pool bcg --as cochrane-2025
        evidence pool review.rm5 --analysis 1.2 --as revman5
        evidence pool means.csv --measure SMD --method DL --rounding
      """)

  @Argument(help: "CSV, JSON or NDJSON file, - for standard input, or a built-in data set.")
  var file: String

  @OptionGroup var analysis: AnalysisOptions
  @OptionGroup(title: "Questions to the model") var questions: QuestionOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func work() throws -> PoolWork {
    let format = try output.chosenFormat(among: ["text", "json", "csv"])
    var request = try analysis.request(file)
    try questions.apply(to: &request, seed: analysis.pooling.seed)
    try check(request, format: format)
    return PoolWork(request: request, output: output.chosen(format), digits: output.digits)
  }

  /// Refuses options that would have no effect.
  private func check(_ request: PoolRequest, format: String) throws(EvidenceError) {
    if format == "csv", let option = questions.option {
      throw EvidenceError(.usage, "\(option) is not available with --format csv", hint: "use --format json or text")
    }
    let pooling = analysis.pooling
    if pooling.chosenSeed != nil, !request.usesRandomNumbers {
      throw EvidenceError(
        .usage, "--seed is given, but nothing here is random", hint: "--permute N and the bootstraps draw numbers")
    }
    if pooling.mods != nil, let prediction = pooling.prediction, prediction != "none", questions.at.isEmpty,
      questions.predict == nil
    {
      throw EvidenceError(
        .usage, "--prediction with --mods needs settings to predict for",
        hint: "give --at 'column=value,…' or --predict FILE")
    }
  }
}

/// A pooling whose words are read.
struct PoolWork: CommandWork {
  let request: PoolRequest
  let output: ChosenOutput
  let digits: Int

  func run() throws {
    let analysis = try PoolAnalysis(request)
    output.explain(analysis.studies.explanation)
    output.warn(analysis.warnings)
    switch output.format {
    case "json": try output.write(analysis.json)
    case "csv": try output.write(analysis.csv())
    default: try output.write(analysis.text(digits: digits))
    }
  }
}
