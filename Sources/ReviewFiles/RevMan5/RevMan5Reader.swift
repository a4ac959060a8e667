/// Reads the analyses of a RevMan 5 file (`.rm5`).
///
/// Attributes as RevMan 5.0 to 5.4 write them. Text, references, tables and figures of the review are passed over.
enum RevMan5Reader {
  static func read(_ bytes: [UInt8]) throws(ReviewFileError) -> ReviewFile {
    let builder = RevMan5Builder()
    try XMLReader.read(bytes, builder)
    return try builder.finished()
  }
}

/// Puts the analyses together while the document passes by.
final class RevMan5Builder: XMLHandler {
  private var review = ReviewFile()
  private var path: [String] = []
  private var text = ""
  /// How deep the element is whose text is gathered, with the texts of the elements of markup in it.
  private var gathering: Int?
  /// Name and year of each study by its identifier.
  private var studies: [String: (name: String, year: String)] = [:]
  private var comparison = (number: "", name: "")
  private var analysis: ReviewAnalysis?
  private var problem: ReviewFileError?
  private var sawRoot = false
  private var accuracyTests = 0

  private static let kinds: [String: ReviewAnalysis.DataKind] = [
    "DICH": .dichotomous, "CONT": .continuous, "IV": .inverseVariance, "IPD": .observedExpected,
    "OTHER": .other("other data"),
  ]

  func start(_ name: String, _ attributes: XMLAttributes, line: Int) {
    path.append(name)
    if gathering == nil, RevMan5Builder.texts.contains(name) {
      gathering = path.count
      text = ""
    }
    switch name {
    case "COCHRANE_REVIEW": startReview(attributes)
    case "STUDY":
      guard let id = attributes["ID"] else { break }
      studies[id] = (attributes["NAME"] ?? RevMan5Builder.decoded(id), attributes["YEAR"] ?? "")
    case "COMPARISON": comparison = (attributes["NO"] ?? "", "")
    case "TEST_DATA": accuracyTests += 1
    default: startPart(name, attributes, line)
    }
  }

  /// An outcome, a subgroup or a study's data: `DICH_OUTCOME`, `CONT_SUBGROUP`, `IV_DATA`, …
  private func startPart(_ name: String, _ attributes: XMLAttributes, _ line: Int) {
    guard let bar = name.lastIndex(of: "_"), let kind = RevMan5Builder.kinds[String(name[..<bar])] else { return }
    switch name[bar...] {
    case "_OUTCOME": startOutcome(kind, attributes, line)
    case "_SUBGROUP":
      guard var open = analysis else { return }
      var subgroup = ReviewSubgroup(number: Int(attributes["NO"] ?? "") ?? open.subgroups.count + 1, name: "")
      subgroup.stored = RevMan5Attributes.result(attributes, isRandom: open.settings.isRandom, comparesSubgroups: false)
      open.subgroups.append(subgroup)
      analysis = open
    case "_DATA":
      guard analysis != nil else { return }
      let study = row(kind, attributes, line)
      analysis?.rows.append(study)
    default: break
    }
  }

  private func startReview(_ attributes: XMLAttributes) {
    sawRoot = true
    let version = [attributes["REVMAN_VERSION"], attributes["REVMAN_SUB_VERSION"]].compactMap { $0 }
    review.software = "RevMan " + (version.last.map { String($0.filter { $0 != " " }) } ?? "5")
  }

  private func startOutcome(_ kind: ReviewAnalysis.DataKind, _ attributes: XMLAttributes, _ line: Int) {
    var made = ReviewAnalysis(
      number: "\(comparison.number).\(attributes["NO"] ?? "?")", comparison: comparison.name, name: "", data: kind,
      line: line)
    made.settings = RevMan5Attributes.settings(attributes, kind)
    made.overall = RevMan5Attributes.result(
      attributes, isRandom: made.settings.isRandom, comparesSubgroups: attributes["SUBGROUPS"] == "YES")
    analysis = made
  }

  private func row(_ kind: ReviewAnalysis.DataKind, _ attributes: XMLAttributes, _ line: Int) -> ReviewRow {
    let id = attributes["STUDY_ID"] ?? ""
    var row = ReviewRow(study: studies[id]?.name ?? RevMan5Builder.decoded(id), line: line)
    row.year = studies[id]?.year ?? ""
    if path.dropLast().last?.hasSuffix("_SUBGROUP") == true { row.subgroup = (analysis?.subgroups.count ?? 1) - 1 }
    for (cell, name) in RevMan5Attributes.cells(kind) {
      guard let text = attributes[name], !text.isEmpty else { continue }
      guard let number = StoredNumber(text) else {
        problem =
          problem
          ?? ReviewFileError(
            "\"\(text)\" is not a number (study \"\(row.study)\")", line: line, column: name,
            hint: "correct the value in RevMan and export the review again")
        continue
      }
      row.cells[cell] = number
    }
    row.stored = RevMan5Attributes.result(attributes, isRandom: false, comparesSubgroups: false)
    return row
  }

  func text(_ piece: String) { if gathering != nil { text += piece } }

  func end(_ name: String) {
    if gathering == path.count {
      endText(name, parent: path.dropLast().last ?? "")
      gathering = nil
    }
    path.removeLast()
    guard name.hasSuffix("_OUTCOME"), let made = analysis else { return }
    review.analyses.append(made)
    analysis = nil
  }

  /// The elements whose text is wanted.
  private static let texts: Set<String> = ["TITLE", "NAME", "GROUP_LABEL_1", "GROUP_LABEL_2", "EFFECT_MEASURE"]

  private func endText(_ name: String, parent: String) {
    let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" }.joined(separator: " ")
    switch name {
    case "TITLE" where parent == "COVER_SHEET": review.title = words
    case "NAME" where parent == "COMPARISON": comparison.name = words
    case "NAME" where parent.hasSuffix("_OUTCOME"): analysis?.name = words
    case "NAME" where parent.hasSuffix("_SUBGROUP"):
      if let last = analysis?.subgroups.indices.last { analysis?.subgroups[last].name = words }
    case "GROUP_LABEL_1" where parent.hasSuffix("_OUTCOME"): analysis?.groups.experimental = words
    case "GROUP_LABEL_2" where parent.hasSuffix("_OUTCOME"): analysis?.groups.control = words
    case "EFFECT_MEASURE" where parent.hasSuffix("_OUTCOME"): analysis?.settings.measureName = words
    default: break
    }
  }

  /// The review, or what was wrong with it.
  func finished() throws(ReviewFileError) -> ReviewFile {
    if let problem { throw problem }
    guard sawRoot else {
      throw ReviewFileError(
        "the XML is not a RevMan file: it has no element COCHRANE_REVIEW", hint: "give an .rm5 file of RevMan 5")
    }
    if accuracyTests > 0 {
      review.leftOut.append("data of diagnostic test accuracy (\(accuracyTests) rows of TEST_DATA) are not read")
    }
    return review
  }

  /// An identifier such as `STD-MRC_x002d_1` as people read it.
  private static func decoded(_ id: String) -> String {
    var rest = Substring(id.hasPrefix("STD-") ? String(id.dropFirst(4)) : id)
    var result = ""
    while let at = rest.firstIndex(of: "_") {
      let tail = rest[at...]
      let code = tail.dropFirst(2).prefix(4)
      guard tail.hasPrefix("_x"), code.count == 4, tail.dropFirst(6).first == "_",
        let value = UInt32(code, radix: 16), let scalar = Unicode.Scalar(value)
      else {
        result += rest[...at]
        rest = rest[rest.index(after: at)...]
        continue
      }
      result += rest[..<at] + String(scalar)
      rest = tail.dropFirst(7)
    }
    return result + rest
  }
}
