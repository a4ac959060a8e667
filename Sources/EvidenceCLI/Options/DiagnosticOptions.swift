import ArgumentParser
import Engine

/// Which diagnostics to run.
struct DiagnosticOptions: ParsableArguments {
  @Flag(help: "Residuals, DFFITS, Cook's distance, covariance ratio, leverage, DFBETAS of each study.")
  var influence = false

  @Flag(help: "The pooled result without each study.")
  var leaveOneOut = false

  @Option(help: ArgumentHelp("The pooled result without N studies at a time.", valueName: "N"))
  var leaveOut: Int?

  @Flag(help: "The pooled result as studies accumulate.")
  var cumulative = false

  @Option(
    help: ArgumentHelp("Accumulate by increasing values; decreasing with --order=-column.", valueName: "column"))
  var order: String?

  @Flag(help: "Contribution to heterogeneity against influence on the estimate.")
  var baujat = false

  @Option(help: ArgumentHelp("Fit all subsets of the studies, or N random ones.", valueName: "all|N"))
  var gosh: String?

  @Flag(help: "Studies whose residual is large or whose interval lies apart from the pooled one.")
  var outliers = false

  @Flag(help: "Part of each study in Cochran's Q.")
  var heterogeneity = false

  @Flag(help: "Profile of the likelihood of tau².")
  var profile = false

  @Flag(name: .customLong("qq"), help: "Standardised residuals against normal quantiles, with an envelope.")
  var quantiles = false

  @Flag(help: "All that the model has, on a page.")
  var all = false

  /// The request that the options make.
  /// - Throws: 64 for numbers that cannot be, and for an order that nothing follows.
  func request(_ model: PoolRequest, seed: UInt64) throws(EvidenceError) -> DiagnoseRequest {
    var request = DiagnoseRequest(pool: model)
    let asked: [(Diagnostic, Bool)] = [
      (.influence, influence), (.leaveOneOut, leaveOneOut), (.cumulative, cumulative), (.baujat, baujat),
      (.gosh, gosh != nil), (.outliers, outliers), (.heterogeneity, heterogeneity), (.profile, profile),
      (.leaveOut, leaveOut != nil), (.quantiles, quantiles),
    ]
    request.diagnostics = Set(asked.filter(\.1).map(\.0))
    request.wantsAll = all || request.diagnostics.isEmpty
    request.order = order
    if let leaveOut {
      guard leaveOut > 0 else {
        throw EvidenceError(.usage, "--leave-out takes a number of studies, got \(leaveOut)")
      }
      request.leaveOut = leaveOut
    }
    request.subsets = try subsets()
    request.seed = seed
    if order != nil, !cumulative, !request.wantsAll {
      throw EvidenceError(.usage, "--order goes with --cumulative", hint: "add --cumulative")
    }
    return request
  }

  private func subsets() throws(EvidenceError) -> Int? {
    guard let gosh, gosh != "all" else { return nil }
    guard let count = Int(gosh), count > 0 else {
      throw EvidenceError(
        .usage, "--gosh takes all or a number of subsets, got \(gosh)", hint: "for example --gosh 10000")
    }
    return count
  }
}
