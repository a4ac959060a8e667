public import EffectSizes
public import Synthesis

/// What `evidence multiverse` runs through: the data, and the choices that are let vary.
public struct MultiverseRequest: Sendable {
  /// The data, and the measure that the question is asked on; a continuity rule or variance formula given there is fixed.
  public var pool: PoolRequest
  /// Codes of the measures; those that answer the same question when `nil`.
  public var measures: [String]?
  /// Methods and inferences; the usual ones when `nil`.
  public var methods: [PoolMethod]?
  /// Inferences of random-effects methods.
  public var inferences: [Inference]?
  /// Columns whose levels are left out in turn.
  public var excludeBy: [String] = []
  /// Conditions on rows that are left out.
  public var excluded: [String] = []
  /// Whether each study is left out in turn; up to `mostStudiesOneByOne` studies when `nil`.
  public var leaveOneOut: Bool?
  /// Number of threads; all cores when `nil`.
  public var jobs: Int?

  /// More studies than this are left out one by one only when that is asked for.
  static let mostStudiesOneByOne = 200

  /// Every defensible specification of a request.
  public init(pool: PoolRequest) { self.pool = pool }

  /// The grid for the studies of the base measure.
  /// - Throws: 64 for an unknown measure, 65 for a column that the file does not have.
  func grid(_ studies: StudySet) throws(EvidenceError) -> SpecificationGrid {
    let base = pool.measure
    let fixesCorrection = base.add != nil || base.to != nil || base.dropDoubleZero != nil
    let fixesVariance = base.varianceType != nil || base.correct != nil
    let codes = try measureCodes(studies)
    var effects = [EffectChoice]()
    for code in codes {
      var plain = EffectChoice(measure: code)
      if fixesCorrection {
        plain.add = base.add
        plain.to = studies.options.to
        plain.dropDoubleZero = base.dropDoubleZero
      }
      let isPlain = fixesCorrection || !studies.hasEmptyCells
      for corrected in isPlain ? [plain] : SpecificationGrid.corrections(of: code) {
        if fixesVariance {
          var one = corrected
          (one.varianceType, one.correct) = (base.varianceType, base.correct)
          effects.append(one)
        } else {
          effects += SpecificationGrid.variances(of: corrected)
        }
      }
    }
    return SpecificationGrid(
      effects: effects,
      models: SpecificationGrid.models(
        methods: methods ?? SpecificationGrid.usualMethods,
        inferences: inferences ?? SpecificationGrid.usualInferences),
      subsets: try subsets(studies))
  }

  private func measureCodes(_ studies: StudySet) throws(EvidenceError) -> [String] {
    guard let measures else {
      return SpecificationGrid.measures(like: studies.measure)
        .filter { code in Measure.named(code).map { m in m.forms.contains { studies.columns.has($0.roles) } } ?? false }
    }
    for code in measures where Measure.named(code) == nil {
      throw EvidenceError(
        .usage, "--measures \(code) is not a known measure", hint: "`evidence effects --list` names them all")
    }
    return measures.compactMap { Measure.named($0)?.code }
  }

  private func subsets(_ studies: StudySet) throws(EvidenceError) -> [StudySubset] {
    var subsets = [StudySubset.all]
    for name in excludeBy { subsets += try StudySubset.eachLevel(of: name, in: studies) }
    for condition in excluded { subsets.append(try StudySubset.matching(condition, in: studies)) }
    if leaveOneOut ?? (studies.count <= Self.mostStudiesOneByOne), studies.count > 1 {
      subsets += StudySubset.eachStudy(of: studies)
    }
    return subsets
  }
}

extension StudySet {
  /// Whether a count of events or of non-events is 0, so that continuity rules matter.
  var hasEmptyCells: Bool {
    if let table = twoByTwo { return (0..<table.count).contains { table.hasZero($0) } }
    let events = [columns[.x1i], columns[.x2i], columns[.xi], columns[.mi]].compactMap { $0 }
    if events.contains(where: { $0.contains(0) }) { return true }
    guard let xi = columns[.xi], let ni = columns[.ni] else { return false }
    return zip(xi, ni).contains { $0 == $1 }
  }
}
