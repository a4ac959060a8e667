/// The pooled result of the first study, the first two, the first three, …
///
/// Source: Lau, Antman, Jimenez-Silva, Kupelnick, Mosteller and Chalmers 1992, NEJM 327, 248.
public struct CumulativeAnalysis: Sendable {
  private let model: PoolingModel
  private let studies: DiagnosticStudies

  /// The analysis of a model and its studies, which stand in the order of accumulation.
  /// - Throws: `noStudies`; `invalidSpecification` with moderators.
  public init(model: PoolingModel, studies: DiagnosticStudies) throws(FitError) {
    guard studies.design == nil else {
      throw .invalidSpecification("cumulative results are for models without moderators")
    }
    guard studies.count > 0 else { throw .noStudies }
    self.model = model.withoutIntervals
    self.studies = studies
  }

  /// The rows of some numbers of studies, less one: row i pools the first i + 1.
  public func rows(_ range: Range<Int>) -> [RefitRow] {
    guard studies.weights == nil, var kernel = try? PoolingKernel(model: model) else {
      return range.map { last in
        (try? model.fit(studies.selecting(Array(0...last)))).map { RefitRow($0) } ?? RefitRow(notEstimable: last + 1)
      }
    }
    return range.map { last in
      let count = last + 1
      let row = try? kernel.fit(
        yi: studies.yi.span.extracting(first: count), vi: studies.vi.span.extracting(first: count))
      return row.map { RefitRow($0) } ?? RefitRow(notEstimable: count)
    }
  }
}
