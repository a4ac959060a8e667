import ReviewFiles

extension ReviewFile {
  /// The review in a document.
  /// - Throws: 65 with the place in the file, or in the part of the archive.
  static func read(_ document: InputDocument) throws(EvidenceError) -> ReviewFile {
    do { return try ReviewReader.read(document.bytes) } catch {
      throw EvidenceError(
        .badData, error.message, file: error.part.map { "\(document.name): \($0)" } ?? document.name, line: error.line,
        column: error.column, hint: error.hint)
    }
  }

  /// The analysis that an option names, or the only one.
  /// - Throws: 64 that lists the analyses there are.
  func chosen(_ number: String?, file: String) throws(EvidenceError) -> ReviewAnalysis {
    guard let first = analyses.first else {
      throw EvidenceError(.badData, "the review has no analyses", file: file)
    }
    if let number {
      if let found = analysis(number) { return found }
    } else if analyses.count == 1 {
      return first
    }
    let known = analyses.prefix(12).map { "\($0.number) (\($0.name))" }.joined(separator: ", ")
    throw EvidenceError(
      .usage,
      number.map { "--analysis \($0) is not in the review" }
        ?? "the review has \(analyses.count) analyses: say which with --analysis NUMBER",
      hint: "it has \(known)\(analyses.count > 12 ? ", …; evidence datasets list FILE names them all" : "")")
  }
}

extension ReviewAnalysis {
  /// The measure that the analysis pools, by our code; `nil` for data that cannot be pooled.
  var measureCode: String? {
    switch (data, settings.effectMeasure) {
    case (.dichotomous, "RR"), (.dichotomous, "OR"), (.dichotomous, "RD"), (.continuous, "MD"), (.continuous, "SMD"):
      settings.effectMeasure
    case (.dichotomous, "PETO_OR"): "PETO"
    case (.inverseVariance, let word), (.observedExpected, let word): word == "HR" ? "HR" : "GEN"
    default: nil
    }
  }
}
