import ArgumentParser
import Engine
import Plots

/// What a forest plot shows.
struct ForestOptions: ParsableArguments {
  @Option(help: "Layout: plain, revman, jama or bmj.")
  var style = "plain"

  @Option(help: "Order of the studies: entered, label, year, effect, weight or a column; -effect turns it round.")
  var sort = "entered"

  @Option(help: ArgumentHelp("Texts left and right of no effect.", valueName: "left,right"))
  var labels: String?

  @Option(help: ArgumentHelp("Names of the arms.", valueName: "experimental,control"))
  var arms: String?

  @Option(
    help: ArgumentHelp(
      "Columns of the table to show right of the figure's own, with a heading if wanted. Named together with the figure's own (label, arms, arms-combined, generic, weight, effect, plot) they stand as listed.",
      valueName: "column[=heading],…"))
  var columns: String?

  @Option(help: ArgumentHelp("Columns with judgements of the risk of bias, drawn as lights.", valueName: "column,…"))
  var rob: String?

  @Option(help: ArgumentHelp("Table of judgements: a column of study names, a column a domain.", valueName: "file"))
  var robTable: String?

  @Option(help: ArgumentHelp("Column of outcomes, each an analysis of its own on one axis.", valueName: "column"))
  var outcome: String?

  @Option(help: ArgumentHelp("Subgroups or outcomes in the order to draw them.", valueName: "level,…"))
  var groupOrder: String?

  @Flag(help: "Only the pooled result of each subgroup or outcome, a row each.")
  var onlyPooled = false

  @Option(help: "Draw the prediction interval as bar, line or density; as the style has it otherwise.")
  var predictionShape: String?

  @Flag(help: "Prediction intervals of subgroups too.")
  var subgroupPrediction = false

  @Option(help: "Pooled results step by step, in the order of --sort: cumulative or leave-one-out.")
  var sequence: String?

  @Option(help: "Title of the figure.")
  var title: String?

  @Option(help: "Name of the effect in headings, where the measure's own does not do.")
  var effectName: String?

  @Flag(help: "Draw the common-effect estimate beside the random-effects one.")
  var both = false

  @Option(help: ArgumentHelp("Ends of the axis, on the displayed scale.", valueName: "from,to"))
  var axis: String?

  @Option(help: ArgumentHelp("Ticks of the axis, on the displayed scale.", valueName: "number,…"))
  var ticks: String?

  @Flag(help: "Plain ASCII in the terminal.")
  var ascii = false

  @Option(
    help: ArgumentHelp(
      "Draw again from the data of an earlier plot (JSON); several stand under each other.", valueName: "file"))
  var data: [String] = []

  /// The first option that shapes the data, which an earlier plot has already.
  var firstGiven: String? {
    let given: [(name: String, isGiven: Bool)] = [
      ("--style", style != "plain"), ("--sort", sort != "entered"), ("--columns", columns != nil),
      ("--labels", labels != nil), ("--arms", arms != nil), ("--rob", rob != nil), ("--rob-table", robTable != nil),
      ("--outcome", outcome != nil), ("--group-order", groupOrder != nil), ("--only-pooled", onlyPooled),
      ("--subgroup-prediction", subgroupPrediction), ("--sequence", sequence != nil), ("--both", both),
      ("--axis", axis != nil), ("--ticks", ticks != nil), ("--effect-name", effectName != nil),
    ]
    return given.first(where: \.isGiven)?.name
  }

  /// How prediction intervals are drawn, when that was said.
  func shape() throws(EvidenceError) -> ForestMarks.PredictionShape? {
    try predictionShape.map { word throws(EvidenceError) in
      try Words.find(
        word, "--prediction-shape", ForestMarks.PredictionShape.init(rawValue:),
        ForestMarks.PredictionShape.allCases.map(\.rawValue))
    }
  }

  /// The request that the options make.
  func request(_ pool: PoolRequest) throws(EvidenceError) -> ForestRequest {
    var request = ForestRequest(pool: pool)
    do throws(PlotDataError) { request.style = try ForestStyle.named(style) } catch {
      throw EvidenceError(.usage, "--style: \(error.message)")
    }
    request.sort = sort
    request.title = title
    request.effectName = effectName
    request.predictionShape = try shape()
    request.sequence = try sequence.map { word throws(EvidenceError) in
      try Words.find(word, "--sequence", ForestInput.Sequence.init(rawValue:), ["cumulative", "leave-one-out"])
    }
    request.showsBothModels = both
    request.showsSubgroupPrediction = subgroupPrediction
    request.showsOnlyPooled = onlyPooled
    request.outcomeColumn = outcome
    request.groupOrder = Words.list(groupOrder)
    request.riskOfBias = Words.list(rob)
    request.riskOfBiasTable = robTable
    if let labels { (request.favoursLeft, request.favoursRight) = try Words.pair(labels, "--labels") }
    if let arms { (request.armExperimental, request.armControl) = try Words.pair(arms, "--arms") }
    request.columns = Words.list(columns).map { entry in
      let sides = entry.split(separator: "=", maxSplits: 1).map(String.init)
      return (sides[0], sides.count > 1 ? sides[1] : nil)
    }
    request.axisRange = try axisRange()
    request.ticks = try ticks.map { text throws(EvidenceError) in try Self.numbers(text, "--ticks") }
    return request
  }

  private func axisRange() throws(EvidenceError) -> (lower: Double, upper: Double)? {
    guard let axis else { return nil }
    let (from, to) = try Words.pair(axis, "--axis")
    guard let lower = Double(from), let upper = Double(to), lower < upper, lower.isFinite, upper.isFinite else {
      throw EvidenceError(.usage, "--axis expects two numbers, the smaller first, got \(axis)")
    }
    return (lower, upper)
  }

  private static func numbers(_ text: String, _ option: String) throws(EvidenceError) -> [Double] {
    let numbers = Words.list(text).map { Double($0) }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0?.isFinite == true }) else {
      throw EvidenceError(.usage, "\(option) expects numbers with commas, got \(text)")
    }
    return numbers.compactMap { $0 }.sorted()
  }
}
