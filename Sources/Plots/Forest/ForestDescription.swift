/// Says in words what a forest plot shows, for those who cannot see it.
enum ForestDescription {
  /// The title of the figure, or what it is.
  static func title(_ table: ForestTable) -> String {
    if !table.title.isEmpty { return table.title }
    let measure = table.analysis["measure_name"] ?? ""
    return measure.isEmpty ? "Forest plot" : "Forest plot: " + measure.prefix(1).lowercased() + measure.dropFirst()
  }

  /// Number of studies, pooled estimates and prediction interval.
  static func summary(_ table: ForestTable) -> String {
    let studies = table.rows.count { $0.rowType == .study || $0.rowType == .studyNotEstimable }
    var sentences = studies == 0 ? [] : ["\(studies) \(studies == 1 ? "study" : "studies")."]
    let plain = DecimalText(digits: table.digits)
    for row in table.rows
    where row.rowType == .overall || row.rowType == .prediction || row.studyID != nil && row.isPooled {
      guard let lower = row.ciLowerDisplay, let upper = row.ciUpperDisplay else { continue }
      let interval = "\(plain.text(lower)) to \(plain.text(upper))"
      if let estimate = row.estimateDisplay {
        let group = row.rowType == .overall ? row.subgroup.map { $0 + ", " } ?? "" : ""
        sentences.append("\(group)\(row.label ?? "Pooled"): \(plain.text(estimate)) (\(interval)).")
      } else {
        sentences.append("\(row.label ?? "Prediction interval"): \(interval).")
      }
    }
    return sentences.joined(separator: " ")
  }
}
