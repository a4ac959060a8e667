import EffectSizes
import Synthesis
import TableIO

extension DiagnoseReport {
  /// The report as text for people: a page of the whole under `--all`, else a table for each diagnostic.
  public func text(digits: Int) -> String {
    let writer = DiagnoseText(report: self, format: TextFormat(digits: digits), back: Display(studies))
    let sections = request.wantsAll ? writer.overview : writer.sections
    var lines = [title]
    for section in sections where !section.isEmpty { lines += [""] + section }
    if !warnings.isEmpty { lines += ["", "Notes"] + warnings.map { "  - " + $0 } }
    return lines.joined(separator: "\n") + "\n"
  }

  private var title: String {
    "Diagnostics of \(fit.k) \(fit.k == 1 ? "study" : "studies"): \(studies.measure.displayName), "
      + "\(fit.method), \(fit.inference) inference"
  }
}

/// The tables of a diagnostic report.
struct DiagnoseText {
  let report: DiagnoseReport
  let format: TextFormat
  let back: Display

  var labels: StudyLabels { report.studies.labels }
  var level: String { NumberText.plain.fixed(100 * report.fit.level, decimals: 0) }

  /// A table for each diagnostic that was run.
  var sections: [[String]] {
    [influence, leaveOneOut, leaveOut, cumulative, baujat, gosh, quantiles, outliers, heterogeneity, profile]
  }

  /// Rows of a table: all of up to 60 studies, else the first 50 and a remark.
  func table(_ head: [String], _ count: Int, _ cells: (Int) -> [String]) -> [String] {
    var table = TextTable(head, head.indices.map { $0 == 0 ? .left : .right })
    let shown = count <= 60 ? count : 50
    for i in 0..<shown { table.row(cells(i)) }
    return table.lines + (count > shown ? ["  … and \(count - shown) more (--format json has them all)"] : [])
  }

  private var influence: [String] {
    guard let rows = report.influence else { return [] }
    let lines = table(
      [
        "Influence", "rstudent", "DFFITS", "Cook", "cov. ratio", "tau² without", "Q without", "hat", "weight",
        "DFBETAS", "",
      ],
      rows.count
    ) { i in
      let row = rows[i]
      return [
        labels[i], format.number(row.rstudent), format.number(row.dffits), format.number(row.cooksDistance),
        format.number(row.covarianceRatio), format.number(row.tauSquaredDeleted), format.number(row.qDeleted),
        format.number(row.leverage), format.percent(row.weight),
        row.dfbetas.map { format.number($0) }.joined(separator: " "), row.isInfluential ? "*" : "",
      ]
    }
    return lines + [
      "  * influential: |DFFITS| > \(format.number(report.limits.dffits)), or Cook's distance beyond the median of chi²"
        + "(\(report.fit.p)), or hat > \(format.number(report.limits.leverage)), or |DFBETAS| > 1"
    ]
  }

  private func refits(_ name: String, _ rows: [RefitRow], _ label: (Int) -> String) -> [String] {
    table([name, "k", report.studies.measure.code, "\(level)% CI", "P", "tau²", "I²", "Q"], rows.count) { i in
      let row = rows[i]
      return [
        label(i), "\(row.k)", format.number(back.function(row.estimate)),
        format.interval(back.function(row.lower), back.function(row.upper)),
        row.pValue.map { NumberText.plain.pValue($0) } ?? "—", format.number(row.tauSquared),
        format.percent(row.iSquared.map { 100 * $0 }), format.number(row.q),
      ]
    }
  }

  private var leaveOneOut: [String] {
    report.leaveOneOut.map { rows in refits("Without", rows) { labels[$0] } } ?? []
  }

  private var cumulative: [String] {
    report.cumulative.map { rows in refits("Adding", rows) { "+ " + labels[report.order[$0]] } } ?? []
  }

  private var baujat: [String] {
    guard let points = report.baujat else { return [] }
    return table(["Baujat", "heterogeneity", "influence"], points.count) { i in
      [labels[i], format.number(points[i].contribution), format.number(points[i].influence)]
    }
  }

  private var outliers: [String] {
    guard let rows = report.outliers else { return [] }
    return table(["Outliers", "rstudent", "P", "P (Holm)", "residual", "interval"], rows.count) { i in
      let row = rows[i]
      return [
        labels[i], format.number(row.rstudent), NumberText.plain.pValue(row.pValue),
        NumberText.plain.pValue(row.adjustedPValue), row.hasLargeResidual ? "large" : "",
        row.isApart == true ? "apart" : "",
      ]
    }
  }

  private var heterogeneity: [String] {
    guard let parts = report.contributions else { return [] }
    return table(["Heterogeneity", "part of Q", "share"], parts.count) { i in
      [labels[i], format.number(parts[i]?.q), format.percent((parts[i]?.share).map { 100 * $0 })]
    }
  }

  private var profile: [String] {
    guard let profile = report.profile else { return [] }
    return [profileLine]
      + table(["tau²", "log-likelihood"], (profile.points.count + 9) / 10) { i in
        let point = profile.points[10 * i]
        return [format.number(point.tauSquared), format.number(point.logLikelihood)]
      }
  }

  /// Maximum and interval of the likelihood in a line.
  var profileLine: String {
    guard let profile = report.profile else { return "" }
    let kind = profile.isRestricted ? "Restricted likelihood" : "Likelihood"
    return "\(kind) of tau²: highest at \(format.number(profile.maximum.tauSquared)), \(level)% interval "
      + format.interval(profile.interval.lower, profile.interval.upper)
  }

  /// Distribution of the subsets' results, and the studies that move it.
  var gosh: [String] {
    guard let result = report.gosh else { return [] }
    let which =
      result.subsets.scheme == .all ? "all \(result.rows.count) subsets" : "\(result.rows.count) random subsets"
    var lines = ["GOSH: the model fitted to \(which)"]
    lines += quantiles("estimate", result.rows.map { back.function($0.estimate) }) { format.number($0) }
    lines += quantiles("I²", result.rows.map { 100 * $0.iSquared }) { format.percent($0) }
    let means = result.meansByStudy
    let order = means.indices.sorted { (-shift(means[$0]), $0) < (-shift(means[$1]), $1) }
    for i in order.prefix(3) where means[i].without.isFinite {
      lines.append(
        "  mean estimate with \(labels[i]) \(format.number(back.function(means[i].with))), "
          + "without \(format.number(back.function(means[i].without)))")
    }
    return lines + clusters
  }

  private func shift(_ means: (with: Double, without: Double)) -> Double {
    let difference = abs(means.with - means.without)
    return difference.isNaN ? -1 : difference
  }

  private func quantiles(_ name: String, _ values: [Double], _ print: (Double) -> String) -> [String] {
    let sorted = values.filter(\.isFinite).sorted()
    guard !sorted.isEmpty else { return [] }
    let texts = [0, 0.25, 0.5, 0.75, 1].map { print(sorted[Int((Double(sorted.count - 1) * $0).rounded())]) }
    return ["  \(name): \(texts[0]) to \(texts[4]); middle half \(texts[1]) to \(texts[3]), median \(texts[2])"]
  }
}
