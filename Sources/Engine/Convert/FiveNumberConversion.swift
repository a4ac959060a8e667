import EffectSizes

/// `--mean-sd`: means and standard deviations from medians, quartiles and ranges.
struct FiveNumberConversion: Conversion {
  let method: MeanDeviationMethod

  /// The conversion of a method's word.
  /// - Throws: 64 for an unknown word.
  init(_ word: String) throws(EvidenceError) {
    guard let method = MeanDeviationMethod.named(word) else {
      throw EvidenceError(
        .usage, "--mean-sd \(word) is not a method",
        hint: "choose from " + MeanDeviationMethod.all.map(\.word).joined(separator: ", "))
    }
    self.method = method
  }

  let word = "mean-sd"
  var title: String { "Means and standard deviations from order statistics: \(method.name)" }
  var facts: [(String, String)] { [("method", method.word), ("source", method.source)] }
  var words: [ReportedWord] { FiveNumberSummary.words + [ReportedWord(.ni)] }

  func convert(_ table: inout ConversionTable) throws(EvidenceError) -> ConversionOutcome {
    let needed: [ReportedWord] = [.median, ReportedWord(.ni)]
    guard table.bound(needed).count == needed.count else { throw table.needs("--mean-sd", needed) }
    var outcome = ConversionOutcome()
    for row in 0..<table.count {
      do throws(ConversionProblem) {
        try ReportedCheck.require(words, of: table.columns, row)
        let result = try method(table.columns, row)
        outcome.rows.append(
          ConvertedRow(
            position: row,
            words: [
              ("method", method.word), ("mean_method", result.meanMethod), ("sd_method", result.deviationMethod),
            ],
            numbers: [("mean", result.mean), ("sd", result.deviation)], assumptions: [method.assumption]))
        if let skewness = result.skewness {
          outcome.warnings.append("row \(table.number(row)) (\(table.label(row))): \(skewness); converted all the same")
        }
      } catch {
        outcome.excluded.append(table.excluded(row, try table.reason(error, row)))
      }
    }
    return outcome
  }
}
