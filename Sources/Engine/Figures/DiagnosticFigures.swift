import Plots
import Synthesis

extension FigureRecipe {
  private static func report(
    _ request: FigureRequest, _ diagnostic: Diagnostic
  ) throws(EvidenceError) -> DiagnoseReport {
    var diagnose = DiagnoseRequest(pool: request.pool)
    diagnose.diagnostics = [diagnostic]
    diagnose.seed = request.seed
    if diagnostic == .gosh { diagnose.subsets = request.subsets ?? usualSubsets }
    return try DiagnoseReport(diagnose)
  }

  /// Subsets of a picture: all of them up to 16 studies; more would show nothing that these do not.
  private static let usualSubsets = 100_000

  /// Contributions to heterogeneity against influence.
  static let baujat = FigureRecipe(
    BaujatPlot.self, "contribution to heterogeneity against influence", allowsModerators: true
  ) { request throws(EvidenceError) in
    let report = try report(request, .baujat)
    let rows = zip(report.studies.labels, report.baujat ?? []).map {
      BaujatPlot.Row(study: $0, x: $1.contribution, y: $1.influence)
    }
    return FigureRun(BaujatPlot(about: FigureAbout(request, report.studies, report.fit), rows: rows), report)
  }

  /// Case diagnostics, a panel each.
  static let influence = FigureRecipe(
    InfluencePlot.self, "case diagnostics, a small chart each", allowsModerators: true
  ) { request throws(EvidenceError) in
    let report = try report(request, .influence)
    var settings = InfluencePlot.Settings()
    settings.coefficients = Double(report.fit.p)
    settings.tau2 = report.fit.heterogeneity.tauSquared
    settings.q = report.fit.heterogeneity.q
    let rows = zip(report.studies.labels, report.influence ?? []).map { label, values in
      var row = InfluencePlot.Row()
      row.study = label
      (row.rstudent, row.dffits) = (values.rstudent, values.dffits)
      (row.cookD, row.covRatio) = (values.cooksDistance, values.covarianceRatio)
      (row.tau2Deleted, row.qDeleted) = (values.tauSquaredDeleted, values.qDeleted)
      (row.hat, row.weight) = (values.leverage, values.weight)
      row.influential = values.isInfluential
      return row
    }
    let about = FigureAbout(request, report.studies, report.fit)
    return FigureRun(InfluencePlot(about: about, settings: settings, rows: rows), report)
  }

  /// Estimates and heterogeneity of subsets.
  static let gosh = FigureRecipe(
    GOSHPlot.self, "estimates and heterogeneity of subsets of the studies", options: [.highlight, .subsets]
  ) { request throws(EvidenceError) in
    let report = try report(request, .gosh)
    var settings = GOSHPlot.Settings()
    settings.study = request.highlight
    let labels = report.studies.labels
    let chosen = request.highlight.flatMap { labels.firstIndex(of: $0) }
    if let name = request.highlight, chosen == nil {
      throw EvidenceError(
        .usage, "--highlight names a study \"\(name)\" that is not in the analysis",
        hint: "studies are " + labels.prefix(8).joined(separator: ", ") + (labels.count > 8 ? ", …" : ""))
    }
    var rows: [GOSHPlot.Row] = []
    if let gosh = report.gosh {
      rows.reserveCapacity(gosh.rows.count)
      gosh.subsets.forEach(in: 0..<gosh.rows.count) { place, members in
        let row = gosh.rows[place]
        guard row.estimate.isFinite, row.iSquared.isFinite else { return }
        rows.append(
          .init(
            k: row.k, estimate: row.estimate, y: 100 * row.iSquared,
            included: chosen.map { members.contains($0) } ?? false))
      }
    }
    let about = FigureAbout(request, report.studies, report.fit)
    return FigureRun(GOSHPlot(about: about, settings: settings, rows: rows), report)
  }

  /// Internally standardised residuals against normal quantiles, with an envelope.
  static let normalQQ = FigureRecipe(
    NormalQQPlot.self, "standardised residuals against normal quantiles", allowsModerators: true
  ) { request throws(EvidenceError) in
    let report = try report(request, .quantiles)
    let rows = (report.quantiles?.rows ?? []).map { row in
      // Adding 0 makes the middle of an odd number 0 rather than −0.
      NormalQQPlot.Row(
        study: report.studies.labels[row.study], x: row.quantile + 0, y: row.residual, lower: row.lower,
        upper: row.upper)
    }
    return FigureRun(NormalQQPlot(about: FigureAbout(request, report.studies, report.fit), rows: rows), report)
  }

  /// Profile of the likelihood of τ².
  static let profile = FigureRecipe(
    ProfilePlot.self, "profile of the likelihood of τ²", allowsModerators: true
  ) { request throws(EvidenceError) in
    let report = try report(request, .profile)
    var settings = ProfilePlot.Settings()
    var about = FigureAbout(request, report.studies, report.fit)
    if let profile = report.profile {
      settings.estimate = profile.maximum.tauSquared
      (settings.ciLower, settings.ciUpper) = (profile.interval.lower, profile.interval.upper)
      if let upper = settings.ciUpper, !upper.isFinite { settings.ciUpper = nil }
      settings.cutoff = profile.cutoff
      about.note = (profile.isRestricted ? "Restricted likelihood; " : "Likelihood; ") + "\(report.fit.k) studies."
    }
    let rows = (report.profile?.points ?? []).map { ProfilePlot.Row(x: $0.tauSquared, logLikelihood: $0.logLikelihood) }
    return FigureRun(ProfilePlot(about: about, settings: settings, rows: rows), report)
  }
}
