import EffectSizes
public import Synthesis

/// Which outcomes are missing, and what is assumed of them.
public struct MissingQuestion: Sendable {
  /// Columns with the numbers of missing outcomes in group 1 and group 2.
  public var columns: (first: String, second: String)
  /// The assumptions to run; the complete cases come first.
  public var assumptions: [MissingOutcomes.Assumption]
  /// Whether an event is bad, which decides what the best and the worst case are.
  public var eventIsBad: Bool

  /// A question.
  public init(
    columns: (first: String, second: String),
    assumptions: [MissingOutcomes.Assumption] = MissingOutcomes.Assumption.named,
    eventIsBad: Bool = true
  ) {
    self.columns = columns
    self.assumptions = assumptions
    self.eventIsBad = eventIsBad
  }

  /// The pool under each assumption.
  /// - Throws: 64 without tables or for another measure, 65 for a column or a count that cannot be, 69 when a pool cannot be made.
  func fits(
    _ data: BiasStudies, _ studies: StudySet
  ) throws(EvidenceError) -> [(assumption: MissingOutcomes.Assumption, fit: Fit)] {
    let first = try counts(columns.first, studies)
    let second = try counts(columns.second, studies)
    var fits = [(assumption: MissingOutcomes.Assumption, fit: Fit)]()
    do throws(FitError) {
      guard let table = data.table else {
        throw .invalidSpecification("--missing needs the counts of 2×2 tables, which the data do not have")
      }
      let turned = studies.options.flip
      let outcomes = try MissingOutcomes(
        table: table, missing1: turned ? second : first, missing2: turned ? first : second)
      for assumption in assumptions {
        let effects = try outcomes.effects(measure: studies.measure.code, assumption, eventIsBad: eventIsBad)
        fits.append((assumption, try data.model.fit(yi: effects.yi, vi: effects.vi)))
      }
    } catch { throw EvidenceError(error) }
    return fits
  }

  private func counts(_ name: String, _ studies: StudySet) throws(EvidenceError) -> [Double] {
    let values = try studies.numbers(inColumn: studies.column(name, option: "--missing"))
    // An empty cell says that nobody is missing.
    return values.map { $0.isNaN ? 0 : $0 }
  }
}
