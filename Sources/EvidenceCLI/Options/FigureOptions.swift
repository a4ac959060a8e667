import ArgumentParser
import Engine
import Synthesis

/// What a figure shows.
struct FigureOptions: ParsableArguments {
  @Option(help: "Vertical axis of a funnel: se, precision or n.")
  var vertical: String?

  @Option(help: "Middle of a funnel: pooled or null.")
  var reference: String?

  @Flag(help: "Shade the regions of significance in a funnel.")
  var contours = false

  @Flag(name: .customLong("add-tau2"), help: "Widen the region of a funnel by tau².")
  var addTauSquared = false

  @Option(help: "Show the studies that trim and fill adds to a funnel: L0, R0 or Q0.")
  var trimAndFill: String?

  @Flag(help: "Name the points.")
  var names = false

  @Flag(help: "Show the common-effect model beside the random-effects one (drapery).")
  var both = false

  @Option(help: ArgumentHelp("Names of the arms (labbe).", valueName: "experimental,control"))
  var arms: String?

  @Option(help: ArgumentHelp("Colour the subsets with a study (gosh).", valueName: "study"))
  var highlight: String?

  @Option(help: ArgumentHelp("Look at N random subsets where there are more (gosh).", valueName: "N"))
  var subsets: Int?

  @Option(help: "Title of the figure.")
  var title: String?

  @Option(
    help: ArgumentHelp(
      "Order in which studies come in, -year turned round (cumulative, leave-one-out).", valueName: "column"))
  var order: String?

  @Option(help: ArgumentHelp("Draw again from the data of an earlier figure (JSON).", valueName: "file"))
  var data: String?

  /// The request that the options make.
  func request(_ pool: PoolRequest, seed: UInt64) throws(EvidenceError) -> FigureRequest {
    var request = FigureRequest(pool: pool)
    request.title = title
    (request.vertical, request.reference) = (vertical, reference)
    (request.contours, request.addsTauSquared) = (contours, addTauSquared)
    request.trimAndFill = try trimAndFill.map { word throws(EvidenceError) in
      try Words.find(
        word, "--trim-and-fill", TrimAndFill.Estimator.init(rawValue:), TrimAndFill.Estimator.allCases.map(\.rawValue))
    }
    (request.names, request.both) = (names, both)
    if let arms {
      let (experimental, control) = try Words.pair(arms, "--arms")
      request.arms = (experimental, control)
    }
    request.highlight = highlight
    if let subsets, subsets < 1 {
      throw EvidenceError(.usage, "--subsets must be 1 or more, got \(subsets)", hint: "for example --subsets 10000")
    }
    request.subsets = subsets
    request.order = order
    request.seed = seed
    return request
  }
}
