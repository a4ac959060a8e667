import EffectSizes
public import Synthesis
import TableIO

/// A pooled analysis as run: the studies, the fit, the subgroups.
public struct PoolAnalysis: Sendable {
  /// What was asked.
  public let request: PoolRequest
  /// The studies in the analysis.
  public let studies: StudySet
  /// The fit of all studies.
  public let fit: Fit
  /// The subgroups in order of their first study; empty without `--subgroup`.
  public internal(set) var subgroups: [Subgroup] = []
  /// Test of differences between subgroups.
  public internal(set) var subgroupTest: SubgroupTest?
  var subgroupNotes: [Note] = []
  /// Tests of stratified tables, for the Mantel–Haenszel method.
  public private(set) var countTests: CountTests?
  /// How permutation p-values were made, in words.
  public private(set) var permutationNote: String?
  /// How far the figures can move within the rounding of the inputs, when asked for.
  public private(set) var rounding: RoundingReport?
  /// Probabilities of effects beyond `--threshold`.
  let beyond: BeyondThreshold?
  /// The design, with moderators.
  let design: Design?
  /// The location-scale model behind `fit`, with `--scale`.
  let scale: ScaleModel?
  /// Answers to what was asked of the model.
  let answers: ModelAnswers
  let studyCriticalValue: Double

  /// Runs a request.
  /// - Throws: 64, 65, 66 or 69, as the interface says.
  public init(_ request: PoolRequest) throws(EvidenceError) {
    let pooler = try Pooler(request)
    try request.questions.check(request)
    let inputs = try Inputs(request)
    try TrialFamilies.check(inputs.studies)
    self.request = request
    studies = inputs.studies
    design = inputs.design
    studyCriticalValue = try NormalInterval.criticalValue(level: request.measure.level)
    scale = try request.scale.map { part throws(EvidenceError) in try ScaleModel(request, part, inputs) }
    let fit =
      if let scale { scale.location(studies) } else if let design {
        try pooler.fit(studies, design: design, weights: inputs.weights)
      } else {
        try pooler.fit(studies, weights: inputs.weights)
      }
    if let permutation = request.permutation {
      let result = try pooler.permute(permutation, studies, design, inputs.weights)
      self.fit = fit.replacingPValues(by: result)
      permutationNote = result.description(seed: permutation.seed)
    } else {
      self.fit = fit
    }
    answers = try ModelAnswers(request, fit: fit, studies: studies, design: design, weights: inputs.weights)
    if let value = request.threshold {
      beyond = try BeyondThreshold(value, fit: self.fit, display: Display(studies))
    } else {
      beyond = nil
    }
    if let groups = inputs.groups { try fitSubgroups(pooler, groups, inputs.weights) }
    if request.method == .mantelHaenszel { countTests = try pooler.countTests(studies.counts) }
    if let seed = request.roundingSeed { rounding = try RoundingReport(request, studies, self.fit, seed: seed) }
  }

  /// The fit alone of a request to a table that is not the one in its file.
  static func fit(_ request: PoolRequest, table: StudyTable) throws(EvidenceError) -> Fit {
    let inputs = try Inputs(request, table: table)
    return try Pooler(request).fit(inputs.studies, weights: inputs.weights)
  }

  /// The weight of a study in per cent; `NaN` for one that takes no part.
  func weight(_ i: Int) -> Double { fit.weights.indices.contains(i) ? fit.weights[i] : .nan }

  /// What a careful reader should know: remarks on the data, then on the fit.
  public var warnings: [String] {
    let notes = fit.notes + dominantStudy + doubleZeros + (design?.notes ?? []) + subgroupNotes
    return studies.warnings + notes.map(message) + answers.warnings
  }

  /// The note on tables without events (or non-events) in both groups that the method's default counts in Q, or leaves out.
  private var doubleZeros: [Note] {
    guard request.measure.dropDoubleZero == nil, [.mantelHaenszel, .peto].contains(request.method),
      let table = studies.twoByTwo
    else { return [] }
    let count = (0..<table.count).count { i in
      (table.a[i] == 0 && table.c[i] == 0) || (table.b[i] == 0 && table.d[i] == 0)
    }
    guard count > 0 else { return [] }
    return [
      Note(
        code: "double-zero",
        message:
          "\(count) of \(studies.count) tables have no events (or nothing but events) in both groups: the estimate does "
          + "not depend on them, "
          + (request.dropsDoubleZeros
            ? "and they are left out of Q, its degrees of freedom and I²; --no-drop00 keeps them."
            : "and they count in Q, its degrees of freedom and I²; --drop00 leaves them out, as metafor does."))
    ]
  }

  /// The note on a study with more than half of the weight, for methods that make none of their own.
  private var dominantStudy: [Note] {
    guard fit.k > 2, fit.weights.contains(where: { $0 > 50 }),
      !fit.notes.contains(where: { $0.code == "dominant-study" })
    else { return [] }
    return [Note(code: "dominant-study", message: "One study carries more than half of the weight.")]
  }

  /// A note's message, with a study's name in the place of its number.
  private func message(_ note: Note) -> String {
    guard note.code == "dominant-study", let index = fit.weights.firstIndex(where: { $0 > 50 }),
      studies.labels.indices.contains(index)
    else { return note.message }
    let percent = NumberText.plain.fixed(fit.weights[index], decimals: 1)
    return "\(studies.labels[index]) carries \(percent)% of the weight: the result is all but its own."
  }

  /// Where the numbers come from.
  var provenance: Provenance {
    var provenance = Provenance(command: request.command, studies: studies)
    provenance.seed = request.seed
    return provenance
  }
}

extension PoolAnalysis {
  /// The studies of a request with what pooling them needs beside yi and vi.
  struct Inputs {
    var studies: StudySet
    /// User weights, one a study.
    var weights: [Double]?
    /// Level of the grouping column, one a study.
    var groups: [String]?
    /// The design, with moderators.
    var design: Design?
    /// The design of the between-study variance, with `--scale`.
    var scaleDesign: Design?

    /// Reads the data and leaves out the rows that lack a weight, a level or a moderator.
    init(_ request: PoolRequest, table: StudyTable? = nil) throws(EvidenceError) {
      let source = if let table { table } else { try StudyTable(request.data) }
      studies = try StudySet(
        table: source, map: request.data.map, request.rowMeasure, keepingNotEstimable: request.method.worksOnCounts)
      if let name = request.weightsColumn {
        let column = try studies.column(name, option: "--weights")
        studies.exclude(Inputs.missing(studies.isMissing(inColumn: column), reason: "missing \(name)"))
      }
      if let name = request.subgroupColumn {
        let column = try studies.column(name, option: "--subgroup")
        studies.exclude(Inputs.missing(studies.isMissing(inColumn: column), reason: "missing \(name)"))
      }
      if let text = request.scale?.formula { scaleDesign = try Moderators.design(text, &studies, option: "--scale") }
      if let text = request.moderators {
        let before = studies.count
        design = try Moderators.design(text, &studies, option: "--mods")
        // Rows that lack a moderator of the mean are out of the scale's design, too.
        if studies.count < before, let text = request.scale?.formula {
          scaleDesign = try Moderators.design(text, &studies, option: "--scale")
        }
      }
      if let name = request.weightsColumn {
        weights = try studies.numbers(inColumn: studies.column(name, option: "--weights"))
      }
      if let name = request.subgroupColumn {
        groups = studies.texts(inColumn: try studies.column(name, option: "--subgroup"))
      }
    }

    private static func missing(_ flags: [Bool], reason: String) -> [Int: String] {
      Dictionary(uniqueKeysWithValues: flags.indices.filter { flags[$0] }.map { ($0, reason) })
    }
  }
}

extension StudySet {
  /// Index of a column that an option names.
  func column(_ name: String, option: String) throws(EvidenceError) -> Int {
    if let index = source.table.columnIndex(named: name) { return index }
    throw EvidenceError(
      .badData, "\(option) names a column \"\(name)\" that the file does not have", file: source.document.name,
      column: name, hint: "its columns are " + source.table.columnNames.joined(separator: ", "))
  }

  /// The numbers of a column of the table, one a study; `NaN` is missing.
  func numbers(inColumn column: Int) throws(EvidenceError) -> [Double] {
    try StudySet.numbers(source, column, rows: tableRows)
  }

  /// The texts of a column of the table, one a study.
  func texts(inColumn column: Int) -> [String] { tableRows.map { source.table.text(row: $0, column: column) } }

  /// Whether a cell is missing, one a study.
  func isMissing(inColumn column: Int) -> [Bool] {
    tableRows.map { source.table.isMissing(row: $0, column: column) }
  }
}
