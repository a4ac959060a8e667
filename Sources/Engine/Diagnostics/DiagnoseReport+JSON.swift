import Synthesis
import TableIO

extension DiagnoseReport {
  /// The report as JSON (`evidence.diagnose/1`), a study (or subset) a line. What does not exist is null or absent.
  public var json: [UInt8] {
    var text = JSONLines()
    text.member("schema", .string("evidence.diagnose/1"))
    text.member("measure", .string(studies.measureCode))
    text.member("k", .integer(fit.k))
    if let influence { text.list("influence", influence.count) { influence[$0].json(studies.labels[$0]) } }
    if let leaveOneOut {
      text.list("leave_one_out", leaveOneOut.count) { leaveOneOut[$0].json(studies.labels[$0], withCount: false) }
    }
    if let leaveOut { leaveOut.write(to: &text) }
    if let cumulative {
      text.list("cumulative", cumulative.count) { cumulative[$0].json(studies.labels[order[$0]], withCount: true) }
    }
    if let baujat { text.list("baujat", baujat.count) { baujat[$0].json(studies.labels[$0]) } }
    if let gosh { gosh.write(to: &text) }
    if let clusters { text.member("gosh_clusters", clusters.json(studies.labels)) }
    if let quantiles { text.member("qq", quantiles.json(studies.labels)) }
    if let outliers { text.list("outliers", outliers.count) { outliers[$0].json(studies.labels[$0]) } }
    if let contributions {
      text.list("heterogeneity", contributions.count) { i in
        .fields([
          ("study", .string(studies.labels[i])), ("q", .orNull(contributions[i]?.q)),
          ("percent", .orNull((contributions[i]?.share).map { 100 * $0 })),
        ])
      }
    }
    if let profile { text.member("profile", profile.json) }
    text.member("excluded", .array(studies.excluded.map(\.json)))
    text.member("warnings", .texts(warnings))
    text.member("provenance", provenance.json)
    return text.finished
  }
}

/// JSON of long lists: an element a line, written as it is made and never held as a tree.
struct JSONLines {
  private var bytes: [UInt8] = Array("{".utf8)
  private let writer = JSONWriter(.compact)
  private var isFirst = true
  private var indent = "\n  "

  private mutating func key(_ name: String) {
    bytes += Array(((isFirst ? "" : ",") + indent).utf8)
    isFirst = false
    JSONWriter.append(quoted: name, to: &bytes)
    bytes += Array(": ".utf8)
  }

  /// A member on a line of its own.
  mutating func member(_ name: String, _ value: JSONValue) {
    key(name)
    writer.append(value, to: &bytes)
  }

  /// A list, an element a line.
  mutating func list(_ name: String, _ count: Int, _ element: (Int) -> JSONValue) {
    key(name)
    bytes.append(UInt8(ascii: "["))
    for i in 0..<count {
      bytes += Array(((i == 0 ? "" : ",") + indent + "  ").utf8)
      writer.append(element(i), to: &bytes)
    }
    bytes += Array(((count == 0 ? "" : indent) + "]").utf8)
  }

  /// An object whose members follow, until `close`.
  mutating func open(_ name: String) {
    key(name)
    bytes.append(UInt8(ascii: "{"))
    isFirst = true
    indent += "  "
  }

  /// Ends the object.
  mutating func close() {
    indent.removeLast(2)
    bytes += Array((indent + "}").utf8)
    isFirst = false
  }

  /// The whole text, with a newline at its end.
  var finished: [UInt8] { bytes + Array("\n}\n".utf8) }
}

extension InfluenceRow {
  func json(_ study: String) -> JSONValue {
    .fields([
      ("study", .string(study)), ("rstudent", .orNull(rstudent)), ("dffits", .orNull(dffits)),
      ("cook_d", .orNull(cooksDistance)), ("cov_ratio", .orNull(covarianceRatio)),
      ("tau2_deleted", .orNull(tauSquaredDeleted)), ("q_deleted", .orNull(qDeleted)), ("hat", .orNull(leverage)),
      ("weight", .orNull(weight)), ("dfbetas", .array(dfbetas.map { .orNull($0) })),
      ("influential", .bool(isInfluential)),
    ])
  }
}

extension RefitRow {
  func json(_ study: String, withCount: Bool) -> JSONValue {
    let percent = iSquared.map { 100 * $0 }
    let count: [(String, JSONValue)] = withCount ? [("k", .integer(k))] : []
    return .fields(
      [("study", .string(study))] + count + [
        ("estimate", .orNull(estimate)), ("se", .orNull(standardError)), ("statistic", .orNull(statistic)),
        ("p", .orNull(pValue)), ("ci_lower", .orNull(lower)), ("ci_upper", .orNull(upper)), ("q", .orNull(q)),
        ("q_p", .orNull(qPValue)), ("tau2", .orNull(tauSquared)), ("i2", .orNull(percent)), ("h2", .orNull(hSquared)),
      ])
  }
}

extension BaujatPoint {
  func json(_ study: String) -> JSONValue {
    .fields([("study", .string(study)), ("x", .orNull(contribution)), ("y", .orNull(influence))])
  }
}

extension Outlier {
  func json(_ study: String) -> JSONValue {
    .fields([
      ("study", .string(study)), ("rstudent", .orNull(rstudent)), ("p", .orNull(pValue)),
      ("p_holm", .orNull(adjustedPValue)), ("large_residual", .bool(hasLargeResidual)),
      ("interval_apart", isApart.map { .bool($0) } ?? .null),
    ])
  }
}

extension TauSquaredProfile {
  var json: JSONValue {
    .fields([
      ("restricted", .bool(isRestricted)), ("tau2", .orNull(maximum.tauSquared)),
      ("loglik", .orNull(maximum.logLikelihood)), ("ci_lower", .orNull(interval.lower)),
      ("ci_upper", .orNull(interval.upper)), ("cutoff", .orNull(cutoff)),
      (
        "rows",
        .array(
          points.map { .fields([("tau2", .orNull($0.tauSquared)), ("loglik", .orNull($0.logLikelihood))]) })
      ),
    ])
  }
}

extension LeaveOutResult {
  /// The numbers of the studies left out, from 1, with the result without them.
  func write(to text: inout JSONLines) {
    text.open("leave_out")
    text.member("studies", .integer(combinations.taken))
    text.member("combinations", .integer(rows.count))
    text.member("all", .bool(combinations.isAll))
    text.member("significant", .integer(significantCount))
    text.list("rows", rows.count) { i in
      let row = rows[i]
      return .fields([
        ("left_out", .array(combinations.at(i).map { .integer($0 + 1) })), ("estimate", .orNull(row.estimate)),
        ("se", .orNull(row.standardError)), ("p", .orNull(row.pValue)), ("ci_lower", .orNull(row.lower)),
        ("ci_upper", .orNull(row.upper)), ("tau2", .orNull(row.tauSquared)),
        ("i2", .orNull(row.iSquared.map { 100 * $0 })),
      ])
    }
    text.close()
  }
}

extension SubsetClusters {
  func json(_ labels: StudyLabels) -> JSONValue {
    let list = clusters.map { cluster -> JSONValue in
      .fields([
        ("subsets", .integer(cluster.count)), ("estimate", .orNull(cluster.estimate)),
        ("i2", .orNull(100 * cluster.iSquared)), ("excess", .array(cluster.excess.map { .orNull($0) })),
        (
          "marked_by",
          .array(
            labels.indices.filter { abs(cluster.excess[$0]) > SubsetClusters.notableExcess }.map { .string(labels[$0]) }
          )
        ),
      ])
    }
    return .fields([("silhouette", .orNull(silhouette)), ("clusters", .array(list))])
  }
}

extension ResidualQuantiles {
  func json(_ labels: StudyLabels) -> JSONValue {
    let list = rows.map { row -> JSONValue in
      .fields([
        ("study", .string(labels[row.study])), ("x", .orNull(row.quantile)), ("y", .orNull(row.residual)),
        ("lower", .orNull(row.lower)), ("upper", .orNull(row.upper)),
      ])
    }
    return .fields([("simulations", .integer(simulations)), ("rows", .array(list))])
  }
}

extension SubsetResult {
  /// The subsets' results, then the members of each as numbers of studies, from 1.
  func write(to text: inout JSONLines) {
    text.open("gosh")
    text.member("subsets", .integer(rows.count))
    text.member("all", .bool(subsets.scheme == .all))
    text.list("rows", rows.count) { i in
      let row = rows[i]
      return .fields([
        ("k", .integer(row.k)), ("estimate", .orNull(row.estimate)), ("q", .orNull(row.q)),
        ("i2", .orNull(100 * row.iSquared)), ("h2", .orNull(row.hSquared)), ("tau2", .orNull(row.tauSquared)),
      ])
    }
    var members = [JSONValue]()
    members.reserveCapacity(rows.count)
    subsets.forEach(in: 0..<rows.count) { _, studies in members.append(.array(studies.map { .integer($0 + 1) })) }
    text.list("include", members.count) { members[$0] }
    text.close()
  }
}
